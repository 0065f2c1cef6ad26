"""Decisions: what annotated articles say of each choice of the reader, as features and right answers."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from materiel.learning.align import Aligned, label_of, right_mentions, right_party, right_voices
from materiel.learning.fit import Decision, yes_or_no
from materiel.learning.lessons import TYPICAL, Cell, Drafted, Lesson
from materiel.learning.score import date_credit, name_credit
from materiel.reading.choice import Features
from materiel.reading.details import (
    date_features,
    find_places,
    in_reach,
    no_date_features,
    no_value_features,
    place_features,
    value_features,
)
from materiel.reading.drafts import CHOSEN_ROLES, LABELS, SHARED_ROLES, Draft, label_cells, may_share
from materiel.reading.features import TITLE, article_features, context_features
from materiel.reading.merging import likeness
from materiel.reading.pairs import pair_candidates, pair_features, side_totals
from materiel.reading.roles import candidates, nobody_features, party_features
from materiel.reading.voices import find_voices, in_earshot, source_features

SHORT = 0.1  # what it counts for choices that weigh a whole article (pairs, merging), which a few sentences mislead
DETAIL = 0.3  # and for sources, dates, values and places, which a report names further off than an example
EXAMPLE = 0.5  # what a marked-up example counts beside an article: sentences are easier than reports
Weighed = Callable[[Features], list[str]]


def frame_decisions(one: Lesson, aligned: Aligned, decisions: dict[str, list[Decision]], weighed: Weighed) -> None:
    """Add to `decisions` what is decided of one frame: whether it reports anything and, if so, its roles and labels."""
    frame, scene = aligned.frame, one.scene
    if one.example:
        aligned = replace(aligned, weight=aligned.weight * EXAMPLE)
    context = weighed(context_features(scene, frame))
    decisions[f"claim.{frame.kind}"].append(yes_or_no(context, aligned.claim is not None, aligned.weight))
    if aligned.claim is None:
        return
    claim = one.claims[aligned.claim]
    parties = candidates(scene, frame)
    features = [weighed(party_features(scene, frame, p)) for p in parties]
    for role in CHOSEN_ROLES.get(frame.kind, ()):
        cells = [c for n in aligned.claims for c in one.claims[n][role]]
        right = right_mentions(parties, cells) if cells else frozenset((len(parties),))
        if right:
            decisions[f"role.{role}"].append(
                Decision([*features, weighed(nobody_features(scene, frame))], right, aligned.weight)
            )
    for role in SHARED_ROLES.get(frame.kind, ()):
        for party, f in zip(parties, features, strict=True):
            if not may_share(scene, frame, party):
                continue
            decisions[f"role.{role}"].append(
                yes_or_no(f, any(right_party(party, c) for c in claim[role]), aligned.weight)
            )
    whole = weighed([article_features(scene)])
    for cell in label_cells(frame.kind):
        # The manner of one transfer says little of another's state: an article of gifts may tell of things sought.
        bearing = [f for f in whole if cell != "status" or f.startswith(TITLE)]
        options = [[f"{value}:{f}" for f in context + bearing] for value in LABELS[cell]]
        decisions[cell].append(Decision(options, frozenset((label_of(cell, claim),)), aligned.weight))


def _entities(cells: list[Cell]) -> set[str | None]:
    return {c["country"] or c["name"] for c in cells} or {None}


def pair_decisions(drafted: Drafted) -> list[Decision]:
    """Which supplier goes with which recipient, of each transfer."""
    found = []
    for one, drafts, by_draft in drafted:
        transfers = [d for d in drafts if d.frame.kind == "transfer"]
        totals = side_totals(transfers)
        previous = None
        for made in transfers:
            aligned = by_draft[id(made)]
            pairs = pair_candidates(made)
            p, q = made.entities("supplier"), made.entities("recipient")
            made.pair = max(pairs, key=lambda sr: (p.get(sr[0], 0) * q.get(sr[1], 0), sr[0] or "", sr[1] or ""))
            if aligned.claim is not None:
                sides = [
                    (_entities(c["supplier"]), _entities(c["recipient"]))
                    for c in (one.claims[n] for n in aligned.claims)
                ]
                right = frozenset(k for k, (s, r) in enumerate(pairs) if any(s in a and r in b for a, b in sides))
                if right:
                    found.append(
                        Decision(
                            pair_features(made, pairs, totals, previous),
                            right,
                            aligned.weight * (SHORT if one.example else 1.0),
                        )
                    )
            previous = made
    return found


def merge_decisions(drafted: Drafted) -> list[Decision]:
    """Whether each two drafts of one kind tell of one claim."""
    found = []
    for one, drafts, by_draft in drafted:
        real = [d for d in drafts if by_draft[id(d)].claims]
        for k, a in enumerate(real):
            for b in real[k + 1 :]:
                x, y = by_draft[id(a)], by_draft[id(b)]
                if a.frame.kind == b.frame.kind and not (x.claim is None and y.claim is None):
                    together = (
                        x.claim == y.claim if None not in (x.claim, y.claim) else bool(set(x.claims) & set(y.claims))
                    )
                    weight = min(x.weight, y.weight) / max(1.0, len(real) / 6) * (SHORT if one.example else 1.0)
                    found.append(yes_or_no(likeness(one.scene, a, b), together, weight))
    return found


def _groups(drafts: list[Draft], by_draft: dict[int, Aligned]) -> dict[int, list[Draft]]:
    groups: dict[int, list[Draft]] = defaultdict(list)
    for made in drafts:
        claim = by_draft[id(made)].claim
        if claim is not None:
            groups[claim].append(made)
    return groups


def detail_decisions(drafted: Drafted) -> dict[str, list[Decision]]:
    """Which voices, date, sum and places belong to each claim that drafts report."""
    found: dict[str, list[Decision]] = {"source": [], "date": [], "value": [], "place": []}
    for one, drafts, by_draft in drafted:
        for number, group in _groups(drafts, by_draft).items():
            claim = one.claims[number]
            found["source"] += _source_decisions(one, group, claim)
            found["date"].append(_date_decision(one, group, claim))
            if claim["kind"] == "transfer":
                found["value"].append(_value_decision(one, group, claim))
            found["place"] += _place_decisions(one, group, claim)
    return found


def _weight(one: Lesson) -> float:
    return DETAIL if one.example else TYPICAL if one.typical else 1.0


def _source_decisions(one: Lesson, group: list[Draft], claim: Cell) -> list[Decision]:
    voices = find_voices(one.scene)
    right = right_voices(one.scene, voices, claim["sources"])
    return [
        yes_or_no(source_features(one.scene, group, voice, voices), voice in right, _weight(one))
        for voice in in_earshot(group, voices)
    ]


def _date_decision(one: Lesson, group: list[Draft], claim: Cell) -> Decision:
    scene, date = one.scene, claim["date"]
    dates = in_reach(scene, group, scene.dates)
    options = [*(date_features(scene, group, w) for w in dates), no_date_features(scene, group)]
    credits = [date_credit(date, w.value) if date else 0 for w in dates]
    right = {k for k, credit in enumerate(credits) if credit == 1} or {k for k, credit in enumerate(credits) if credit}
    return Decision(options, frozenset(right or {len(dates)}), _weight(one))


def _value_decision(one: Lesson, group: list[Draft], claim: Cell) -> Decision:
    scene, value = one.scene, claim["value"]
    sums = [n for n in scene.numbers if n.currency and n.amount]
    options = [*(value_features(scene, group, n) for n in sums), no_value_features(scene, group)]
    right = {k for k, n in enumerate(sums) if value and n.amount == value["amount"] and n.currency == value["currency"]}
    return Decision(options, frozenset(right or {len(sums)}), _weight(one))


def _place_decisions(one: Lesson, group: list[Draft], claim: Cell) -> list[Decision]:
    found = []
    for place in in_reach(one.scene, group, find_places(one.scene)):
        cell = {"text": one.scene.text.quote(place.first, place.last), "name": place.name}
        right = any(name_credit(g, cell) for g in claim["places"])
        found.append(yes_or_no(place_features(one.scene, group, place), right, _weight(one)))
    return found
