"""Made-up claims for measuring: events of which several reports tell, each leaving out or mistelling some of it.

Who deals with whom, in what and how often follows Zipf's law, as in the news: a few pairs and types have most of it.
The n-th event is the same whatever is made before and after it.
"""

from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from materiel.model.claim import Claim, Item, Meeting, Party, Place, Reaction, Status, Tone, Transfer, Value, Visit
from materiel.world.countries import english_names
from materiel.world.load import load_world

FIRST, DAYS = date(2000, 1, 1), 9_000  # when events happen: some 25 years
STATUSES: tuple[Status, ...] = ("considered", "agreed", "under_way", "delivered")
KINDS, SHARES = ("transfer", "visit", "meeting", "reaction"), (0.7, 0.1, 0.1, 0.1)
STEADY = 0.25  # after each report, the chance that it was the last
UNTOLD, ROUGH, WRONG = 0.25, 0.15, 0.05  # how often a cell is left out, told roughly, told wrongly
TONES: tuple[Tone, ...] = ("concern", "condemnation", "support", "denial", "demand")
SUBJECTS = ("sanctions", "drills", "border clashes", "missile tests", "a visit", "a summit", "the embargo", "the war")


class Told(NamedTuple):
    """One claim as `sketch` takes it, and the number of the event that it tells of."""

    event: int
    article: str
    number: int
    published: str
    claim: Claim


def made_claims(size: int) -> Iterator[Told]:
    """`size` claims, event by event."""
    event = made = 0
    while made < size:
        for n, (published, claim) in enumerate(_reports(event)):
            if made < size:
                yield Told(event, f"{event}-{n}", 0, published, claim)
                made += 1
        event += 1


class Zipf:
    """Draws places of a list, the k-th in proportion to 1/k."""

    def __init__(self, size: int) -> None:
        self.sums = list(accumulate(1 / k for k in range(1, size + 1)))

    def draw(self, chance: Random) -> int:
        """A place from 0."""
        return min(bisect(self.sums, chance.random() * self.sums[-1]), len(self.sums) - 1)


@cache
def _states() -> tuple[list[tuple[str, str]], Zipf]:
    states = sorted((code, name) for code, name in english_names().items() if len(code) == 2)
    Random(1).shuffle(states)
    return states, Zipf(len(states))


@cache
def _types() -> tuple[list[tuple[str, str]], Zipf]:
    types = [(d.name, d.item_class) for d in load_world().designations]
    Random(2).shuffle(types)
    return types, Zipf(len(types))


def _reports(event: int) -> Iterator[tuple[str, Claim]]:
    """The reports of an event: when each was published, and its claim."""
    chance = Random(event)
    kind = chance.choices(KINDS, SHARES)[0]
    states, frequent = _states()
    giver, taker = states[frequent.draw(chance)], states[frequent.draw(chance)]
    begun = FIRST + timedelta(days=chance.randrange(DAYS))
    if kind == "transfer":
        return _transfer(chance, giver, taker, begun)
    return _other(kind, chance, giver, taker, begun)


def _later(chance: Random) -> Iterator[int]:
    """Days from the happening to each report of it."""
    while True:
        yield chance.choice((0, 0, 1, 1, 2, 3, 5, 12, 40, 300))
        if chance.random() < STEADY:
            return


def _transfer(
    chance: Random, giver: tuple[str, str], taker: tuple[str, str], begun: date
) -> Iterator[tuple[str, Claim]]:
    types, frequent = _types()
    ordered = [types[frequent.draw(chance)] for _ in range(1 + (chance.random() < 0.15))]
    quantity = [int(chance.paretovariate(0.8)) + chance.randrange(4) for _ in ordered]
    worth = round(chance.paretovariate(0.7)) * 10_000_000
    reached = [begun + timedelta(days=d) for d in accumulate(chance.choice((0, 20, 90, 300, 700)) for _ in STATUSES)]
    place = Place(text="", name=f"Port {chance.randrange(50)}", country=taker[0])
    firm, force = f"{giver[1]} Works {chance.randrange(3)}", f"Forces of {taker[1]}"
    for later in _later(chance):
        stage = chance.randrange(len(STATUSES))
        items = tuple(
            _item(chance, name, item_class, number)
            for (name, item_class), number in zip(ordered, quantity, strict=True)
        )
        cells: dict[str, Any] = {}
        if chance.random() > UNTOLD:
            cells["value"] = Value(amount=worth, currency="USD")
        if stage == len(STATUSES) - 1 and chance.random() > UNTOLD:
            cells["places"] = (place,)
        claim = Transfer(
            status=STATUSES[stage],
            stance="stated",
            supplier=_party(chance, giver, firm),
            recipient=_party(chance, taker, force),
            items=items if len(items) == 1 or chance.random() > UNTOLD else items[:1],
            date=_day(chance, reached[stage]),
            mode="sale" if chance.random() > UNTOLD else None,
            **cells,
        )
        yield (reached[stage] + timedelta(days=later)).isoformat(), claim


def _other(
    kind: str, chance: Random, giver: tuple[str, str], taker: tuple[str, str], begun: date
) -> Iterator[tuple[str, Claim]]:
    people = [f"Person {chance.randrange(40)} of {state[1]}" for state in (giver, taker)]
    place = Place(text="", name=f"City {chance.randrange(5)}", country=taker[0])
    subject = f"{chance.choice(SUBJECTS)} in {_states()[0][_states()[1].draw(chance)][1]}"
    tone = chance.choice(TONES)
    for later in _later(chance):
        common: dict[str, Any] = {"status": "delivered", "stance": "stated", "date": _day(chance, begun)}
        if chance.random() > UNTOLD:
            common["places"] = (place,)
        one, other = _party(chance, giver, people[0], ""), _party(chance, taker, people[1], "")
        claim: Claim
        if kind == "visit":
            claim = Visit(visitor=one or _named(giver, people[0]), host=other, **common)
        elif kind == "meeting":
            claim = Meeting(participants=(*_named(giver, people[0]), *other), **common)
        else:
            claim = Reaction(who=one or _named(giver, people[0]), tone=tone, about=subject, **common)
        yield (begun + timedelta(days=later)).isoformat(), claim


def _named(state: tuple[str, str], name: str) -> tuple[Party, ...]:
    return (Party(text=name, name=name, country=state[0]),)


def _party(chance: Random, state: tuple[str, str], whose: str, plain: str | None = None) -> tuple[Party, ...]:
    """The state, or who acts for it, or now and then nobody, or another state."""
    told = chance.random()
    if told < UNTOLD / 2:
        return ()
    if told < UNTOLD / 2 + WRONG:
        other = _states()[0][_states()[1].draw(chance)]
        return _named(other, other[1])
    return _named(state, whose if plain is not None or chance.random() < 0.4 else state[1])


def _item(chance: Random, name: str, item_class: str, number: int) -> Item:
    """The type and number, or the class alone, a number roughly or wrongly."""
    told = chance.random()
    wrong = chance.random() < WRONG
    return Item(
        text="",
        item_class=item_class if chance.random() > ROUGH else item_class.partition(".")[0],
        designation=name if chance.random() > UNTOLD else None,
        quantity=None if told < UNTOLD else number + (chance.randrange(1, 9) if wrong else 0),
        qualifier=None if told < UNTOLD else "about" if told < UNTOLD + ROUGH else "exact",
    )


def _day(chance: Random, day: date) -> str | None:
    """The day, its month, its year or none."""
    told = chance.random()
    if told < UNTOLD:
        return None
    return day.isoformat()[: 10 if told > 2 * UNTOLD else 7 if told > UNTOLD + WRONG else 4]
