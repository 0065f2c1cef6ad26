"""Pairs: who gave and who got, chosen together for each transfer in the light of the whole article."""

from collections import defaultdict
from dataclasses import dataclass, replace
from math import log

from materiel.reading.choice import bundled
from materiel.reading.drafts import Draft, Entity, Model
from materiel.reading.mention import PartyMention
from materiel.reading.scene import Scene

SPREAD = 0.15  # how likely a second recipient must be beside the first (`to Morocco and Ethiopia`)
LIKELY_SIDE = 0.08  # sides less likely than this make no pair
PAIRED = 3  # suppliers and recipients that are tried together


def _level(p: float) -> int:
    return min(10, round(-2 * log(max(p, 1e-6))))


@dataclass(slots=True)
class Sides:
    """How much a whole article speaks for each supplier, each recipient and each pair of them."""

    given: dict[Entity, float]
    got: dict[Entity, float]
    pairs: dict[tuple[Entity, Entity], float]
    all_given: float
    all_got: float
    all_pairs: float


def side_totals(drafts: list[Draft]) -> Sides:
    """The sides that an article's transfers take together."""
    given: dict[Entity, float] = defaultdict(float)
    got: dict[Entity, float] = defaultdict(float)
    pairs: dict[tuple[Entity, Entity], float] = defaultdict(float)
    for made in drafts:
        suppliers, recipients = made.entities("supplier"), made.entities("recipient")
        for r, q in recipients.items():
            got[r] += made.worth * q
        likely = [(r, q) for r, q in recipients.items() if q > LIKELY_SIDE]
        for s, p in suppliers.items():
            given[s] += made.worth * p
            if p > LIKELY_SIDE:
                for r, q in likely:
                    if s != r:
                        pairs[s, r] += made.worth * p * q
    return Sides(given, got, pairs, sum(given.values()) or 1.0, sum(got.values()) or 1.0, sum(pairs.values()) or 1.0)


def pair_candidates(made: Draft) -> list[tuple[Entity, Entity]]:
    """The likeliest (supplier, recipient) pairs of a draft, sides never the same."""

    def top(role: str) -> list[Entity]:
        found = made.entities(role)
        return sorted(found, key=lambda e: (-found[e], e or ""))[:PAIRED]

    return [(s, r) for s in top("supplier") for r in top("recipient") if s is None or s != r]


def pair_features(
    made: Draft, pairs: list[tuple[Entity, Entity]], sides: Sides, previous: Draft | None
) -> list[list[str]]:
    """What speaks for each pair: each side's own chance, what the rest of the article says, the draft before."""
    givers, takers = made.entities("supplier"), made.entities("recipient")
    given, got = sides.given, sides.got
    of_s = {
        s: _by_giver(_level(givers.get(s, 0.0)), min(5, round(6 * got.get(s, 0.0) / sides.all_got)))
        for s in {s for s, _ in pairs}
    }
    of_r = {
        r: _by_taker(_level(takers.get(r, 0.0)), min(5, round(6 * given.get(r, 0.0) / sides.all_given)))
        for r in {r for _, r in pairs}
    }
    return [
        [of_s[s], of_r[r], _together(made.worth * givers.get(s, 0.0) * takers.get(r, 0.0), (s, r), sides, previous)]
        for s, r in pairs
    ]


def _together(own: float, pair: tuple[Entity, Entity], sides: Sides, previous: Draft | None) -> str:
    """What the rest of the article, of which a draft's `own` part is no part, and the draft before say of a pair."""
    s, r = pair
    share = (sides.pairs.get(pair, 0.0) - own) / sides.all_pairs
    against = sides.pairs.get((r, s), 0.0) / sides.all_pairs
    half = f"half|{s is None}|{r is None}|{min(3, round(4 * share))}" if s is None or r is None else ""
    before = previous.pair if previous is not None else None
    again = (before[0] == s) + (before[1] == r) if before else -1
    return _by_article(min(8, round(10 * share)), min(6, round(10 * against)), half, again, before == (r, s))


@bundled
def _by_giver(p: int, got: int) -> tuple[str, ...]:
    return (f"p={p}", f"s.got={got}")


@bundled
def _by_taker(q: int, given: int) -> tuple[str, ...]:
    return (f"q={q}", f"r.given={given}")


@bundled
def _by_article(share: int, against: int, half: str, again: int, turned: bool) -> list[str]:
    found = [f"share={share}", f"against={against}"]
    if half:
        found.append(half)
    if again >= 0:
        found += [f"as-before={again}", f"turned={turned}"]
    return found


def settle_pairs(drafts: list[Draft], model: Model) -> None:
    """Choose supplier and recipient of every transfer together, in the light of the whole article."""
    transfers = [d for d in drafts if d.frame.kind == "transfer"]
    sides = side_totals(transfers)
    previous = None
    for made in transfers:
        pairs = pair_candidates(made)
        scores = [model.score("pair", f) for f in pair_features(made, pairs, sides, previous)]
        made.pair = pairs[max(range(len(pairs)), key=lambda k: (scores[k], -k))]
        previous = made


def spread(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Drafts whose item goes to several recipients named side by side become one draft a recipient."""
    found = []
    for made in drafts:
        found.append(made)
        if made.frame.kind == "transfer" and made.pair is not None and made.pair[1] is not None:
            for other in _beside(scene, made, made.pair[1]):
                found.append(replace(made, pair=(made.pair[0], other)))
    return found


def _beside(scene: Scene, made: Draft, recipient: Entity) -> list[Entity]:
    """Other likely recipients that are named next to the chosen one, only commas and `and` between."""
    supplier = made.pair[0] if made.pair else None
    chances_of = made.entities("recipient")
    parties = [p for p in scene.parties_in[made.frame.sentence] if p.country]
    runs: list[list[PartyMention]] = []
    for party in parties:
        if runs and _only_joined(scene, runs[-1][-1].last, party.first):
            runs[-1].append(party)
        else:
            runs.append([party])
    for run in runs:
        named = {p.country for p in run}
        if recipient in named:
            least = SPREAD * chances_of.get(recipient, 0.0)
            others: list[Entity] = [
                c for c in named if c not in (recipient, supplier) and chances_of.get(c, 0.0) > least
            ]
            return sorted(others, key=str)
    return []


def _only_joined(scene: Scene, last: int, first: int) -> bool:
    joined = {at for at, cue in scene.cues[scene.sentence(first)] if cue in ("and", "or")}
    between = range(last, first)
    idle = (",", *scene.lexicon.language.articles)
    return 0 < len(between) <= 3 and all(i in joined or scene.text.words[i] in idle for i in between)
