"""Drafts: frames with the chances of what they report: whether anything, who has which role, in what state."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from materiel.reading.choice import Features, Sums, Weights, chance, chances, logistic, score, summed
from materiel.reading.features import article_features, context_features
from materiel.reading.frames import Frame
from materiel.reading.mention import PartyMention
from materiel.reading.roles import candidates, close_ties, nobody_features, party_features, ties
from materiel.reading.scene import Scene

LABELS: dict[str, tuple[str, ...]] = {
    "status": ("sought", "offered", "considered", "agreed", "under_way", "delivered", "refused", "halted"),
    "stance": ("stated", "alleged", "denied"),
    "mode": ("none", "gift", "sale", "aid", "loan", "exchange", "return", "licence"),
    "tone": ("concern", "condemnation", "support", "denial", "demand"),
}
CHOSEN_ROLES = {
    "transfer": ("supplier", "recipient"),
    "visit": ("visitor", "host"),
    "inspection": ("viewer",),
    "reaction": ("who",),
}
SHARED_ROLES = {
    "meeting": ("participants",),
    "agreement": ("parties",),
    "transfer": ("intermediary", "end_use"),
}
FLOOR = 0.5  # frames less likely than this to report anything are not looked at further
LISTED = 0.9  # a thing in a list is nearly as likely to pass as the one before it
LIST_GAP = 8  # pieces between two things of a list
Entity = str | None
Row = list[float]
Known = dict[tuple[str, int, str | None, PartyMention], Row]
KINDS = frozenset((*CHOSEN_ROLES, *SHARED_ROLES))


def entity_of(party: PartyMention | None) -> Entity:
    """Whom a mention stands for where only the side matters: its country, else its name."""
    return None if party is None else party.country or party.name


class Model(dict[str, Weights]):
    """The weights of every choice, by its name."""

    @cached_property
    def _sums(self) -> dict[str, Sums[float]]:
        return {}

    def sums(self, name: str) -> Sums[float]:
        """The weights of one choice, which sum up bundles."""
        known = self._sums.get(name)
        if known is None:
            known = self._sums[name] = summed(self[name])
        return known

    def score(self, name: str, features: Features) -> float:
        """What features weigh for a choice."""
        return score(features, self.sums(name))

    def chance(self, name: str, features: Features) -> float:
        """The chance of yes that features give a yes-or-no choice."""
        return chance(features, self.sums(name))

    @cached_property
    def label_rows(self) -> dict[str, Sums[Row]]:
        """By kind, what each feature weighs for every label of its cells in turn: one look-up for all of them."""
        return {
            kind: self._rows([f"{cell}.{label}" for cell in label_cells(kind) for label in LABELS[cell]])
            for kind in KINDS
        }

    @cached_property
    def role_rows(self) -> dict[str, Sums[Row]]:
        """By kind, what each feature weighs for every role in turn, first those that one party fills."""
        return {kind: self._rows([f"role.{role}" for role in roles_of(kind)]) for kind in KINDS}

    def _rows(self, names: list[str]) -> Sums[Row]:
        rows: dict[str, Row] = {}
        for n, name in enumerate(names):
            for feature, weight in self[name].items():
                rows.setdefault(feature, [0.0] * len(names))[n] = weight
        return Sums(rows, add_rows, [0.0] * len(names))


def add_rows(rows: Iterable[Row]) -> Row:
    """The sums of rows by column."""
    return list(map(sum, zip(*rows, strict=True)))


@dataclass(slots=True)
class Draft:
    """A frame and what it likely reports.

    `roles[role]` are (mention or None, chance) and `labels[cell]` the chances of its values in LABELS order.
    """

    frame: Frame
    context: list[str]
    worth: float
    roles: dict[str, list[tuple[PartyMention | None, float]]] = field(default_factory=dict)
    labels: dict[str, list[float]] = field(default_factory=dict)
    pair: tuple[Entity, Entity] | None = None
    _entities: dict[str, dict[Entity, float]] = field(default_factory=dict)
    _best: dict[str, Entity] = field(default_factory=dict, init=False)
    _chosen: dict[str, str] = field(default_factory=dict, init=False)
    near: dict[str, PartyMention | None] = field(default_factory=dict, init=False)  # who stands by its words, by role

    def entities(self, role: str) -> dict[Entity, float]:
        """The chance of each entity in a role."""
        known = self._entities.get(role)
        if known is None:
            known = {}
            for party, p in self.roles.get(role, ()):
                entity = entity_of(party)
                known[entity] = known.get(entity, 0.0) + p
            self._entities[role] = known
        return known

    def best(self, role: str) -> Entity:
        """The likeliest entity in a role; of a transfer's sides, the one chosen together with the other."""
        if self.pair is not None and role in ("supplier", "recipient"):
            return self.pair[role == "recipient"]
        if role not in self._best:
            found = self.entities(role)
            self._best[role] = max(found, key=lambda e: (found[e], e or "")) if found else None
        return self._best[role]

    def somebody(self, role: str) -> str:
        """The name of the person or office that likeliest fills a role; empty where it is a mere country."""
        known = self._chosen.get(role)
        if known is None:
            entity = self.best(role)
            named = [(p, m.name) for m, p in self.roles[role] if m is not None and m.person and entity_of(m) == entity]
            known = self._chosen[role] = max(named)[1] if named else ""
        return known

    def label(self, cell: str) -> str:
        """The likeliest value of a cell."""
        known = self._chosen.get(cell)
        if known is None:
            p = self.labels[cell]
            known = self._chosen[cell] = LABELS[cell][max(range(len(p)), key=lambda k: (p[k], -k))]
        return known


def draft_all(scene: Scene, frames: list[Frame], model: Model) -> list[Draft]:
    """What frames report, those left out that hardly report anything; things listed side by side pass together."""
    rated = [_rated(scene, frame, model) for frame in frames]
    transfers = [made for made in rated if made.frame.item is not None]
    for a, b in pairwise(transfers):
        if b.worth > a.worth and _side_by_side(scene, a.frame, b.frame):
            a.worth = (a.worth + b.worth) / 2
    for a, b in pairwise(transfers):
        if a.worth > b.worth and _side_by_side(scene, a.frame, b.frame):
            b.worth = max(b.worth, LISTED * a.worth)
    known: Known = {}
    return [_with_roles(scene, made, model, known) for made in rated if made.worth >= FLOOR]


def _side_by_side(scene: Scene, a: Frame, b: Frame) -> bool:
    """Whether two items stand in one list: in one sentence, a comma or `and` but no trigger between them."""
    if a.sentence != b.sentence:
        return False
    gap = range(a.last, b.first)
    joined = {at for at, cue in scene.cues[a.sentence] if cue in ("and", "or")}
    return (
        0 < len(gap) <= LIST_GAP
        and any(i in joined or scene.text.words[i] == "," for i in gap)
        and not any(t.first in gap for t in scene.triggers_in[a.sentence])
    )


def _rated(scene: Scene, frame: Frame, model: Model) -> Draft:
    context = context_features(scene, frame)
    worth = model.chance(f"claim.{frame.kind}", context)
    if scene.insight and frame.item:  # what words alone find likely is looked at too, lest a plain sentence be lost
        worth = max(worth, scene.insight.unaided(frame))
    return Draft(frame, [*context, article_features(scene)], worth)


def _with_roles(scene: Scene, made: Draft, model: Model, known: Known) -> Draft:
    frame = made.frame
    parties = candidates(scene, frame)
    rows, roles = model.role_rows[frame.kind], roles_of(frame.kind)
    scores = [_totals_of(scene, frame, p, rows, known) for p in parties]
    nobody = _totals(nobody_features(scene, frame), rows)
    chosen = CHOSEN_ROLES.get(frame.kind, ())
    for n, role in enumerate(roles):
        if role in chosen:
            made.roles[role] = list(zip([*parties, None], chances([s[n] for s in (*scores, nobody)]), strict=True))
        else:
            made.roles[role] = [
                (p, logistic(s[n])) for p, s in zip(parties, scores, strict=True) if may_share(scene, frame, p)
            ]
    return made


def _totals_of(scene: Scene, frame: Frame, party: PartyMention, rows: Sums[Row], known: Known) -> Row:
    """The totals of a party's features; what holds for all frames of another sentence is `known` from the first."""
    if scene.sentence(party.first) == frame.sentence:
        return _totals(party_features(scene, frame, party), rows)
    key = (frame.kind, frame.sentence, frame.subject, party)
    found = known.get(key)
    if found is None:
        found = known[key] = _totals(ties(scene, frame, party), rows)
    close = close_ties(scene, frame, party)
    return add_rows((found, *map(rows.__getitem__, close))) if close else found


def _totals(features: Features, rows: Sums[Row]) -> Row:
    """The sums of the weights of features for each choice."""
    return add_rows(map(rows.__getitem__, features))


def roles_of(kind: str) -> tuple[str, ...]:
    """The roles of a kind, first those that one party fills."""
    return (*CHOSEN_ROLES.get(kind, ()), *SHARED_ROLES.get(kind, ()))


def may_share(scene: Scene, frame: Frame, party: PartyMention) -> bool:
    """Whether a party could share a role that many can have: a way or an end use is named where the item is."""
    return frame.kind != "transfer" or scene.sentence(party.first) == frame.sentence


def label(made: Draft, model: Model) -> None:
    """Give a draft the chances of its status, stance, mode or tone."""
    rows = model.label_rows[made.frame.kind]
    cells = label_cells(made.frame.kind)
    totals = _totals(made.context, rows)
    start = 0
    for cell in cells:
        end = start + len(LABELS[cell])
        made.labels[cell] = chances(totals[start:end])
        start = end


def label_cells(kind: str) -> tuple[str, ...]:
    """The cells of a kind that take one value of a list."""
    if kind == "transfer":
        return ("status", "stance", "mode")
    return ("stance", "tone") if kind == "reaction" else ("stance",) if kind == "inspection" else ("status", "stance")
