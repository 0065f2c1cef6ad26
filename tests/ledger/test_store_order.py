"""The same articles make the same ledger in any order, few or many at a time, and however often it is rebuilt."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_entries import STATES, corpus, derived, drones, entry, handover, state

from conftest import new_database
from materiel.ledger import blocks, cluster
from materiel.ledger.decisions import Decision
from materiel.ledger.ledger import Ledger
from materiel.ledger.likeness import Likeness
from materiel.ledger.records import Entry
from materiel.model.claim import Item

RIFLES = Item(text="rifles", item_class="smallarms.rifle")
WORDS = " ".join(f"word{n} of a report that many papers print" for n in range(30))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An article of one or two handovers, few of which differ in all cells, so that many tell of one thing."""
    country = st.sampled_from(sorted(STATES)[:3])
    item = st.one_of(st.builds(drones, st.sampled_from([1, 2, 3, 4, 5, 6, None])), st.just(RIFLES))
    day = st.sampled_from(["2023-09-17", "2023-09-18", "2023-10", None])
    claim = st.builds(
        handover, country, country, date=day, items=st.tuples(item), status=st.sampled_from(["agreed", "delivered"])
    )
    claims = draw(st.lists(claim, min_size=1, max_size=2))
    name, published = draw(st.uuids()), draw(st.sampled_from(["2023-09-18", "2023-09-20", ""]))
    text = draw(st.sampled_from(["short", f"{WORDS} {name}"]))
    return entry(name.hex, *claims, text=text, published=published)


@st.composite
def alike(draw: st.DrawFn) -> Entry:
    """An article that differs from others of its kind in nothing but a number and a day."""
    day = draw(st.sampled_from(["2023-09-17", "2023-09-18", "2023-10-30"]))
    return entry(draw(st.uuids()).hex, handover(items=(drones(draw(st.integers(1, 9))),), date=day))


@st.composite
def shuffled(draw: st.DrawFn, kind: st.SearchStrategy[Entry], most: int = 10) -> tuple[list[Entry], list[list[Entry]]]:
    """Entries, and the same ones in another order and parted into batches."""
    made = draw(st.lists(kind, min_size=2, max_size=most))
    mixed, cuts = draw(st.permutations(made)), draw(st.sets(st.integers(1, len(made))))
    return made, _parted(mixed, cuts)


def _parted(made: Sequence[Entry], cuts: Iterable[int]) -> list[list[Entry]]:
    ends = sorted({0, *cuts, len(made)})
    return [list(made[a:b]) for a, b in pairwise(ends)]


def _same(one: Ledger, other: Ledger, at_once: Sequence[Entry], in_parts: Iterable[Sequence[Entry]]) -> None:
    one.load(at_once)
    for part in in_parts:
        other.add(part)
    assert state(other) == state(one)
    before = derived(other)
    other.rebuild()
    assert state(other) == state(one)
    assert derived(other) == before


@contextmanager
def _two(likeness: Likeness | None = None) -> Iterator[tuple[Ledger, Ledger]]:
    with tempfile.TemporaryDirectory() as name:
        one, other = (Ledger(str(Path(name) / f"{which}.db"), likeness=likeness) for which in ("one", "other"))
        with one, other:
            yield one, other


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So few claims are near each other, and so few make a knot, that links break and knots fall apart."""
    monkeypatch.setattr(blocks, "NEAR", 1)
    monkeypatch.setattr(cluster, "LARGEST", 3)
    yield


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(shuffled(entries()))
def test_order_and_number_do_not_matter(made: tuple[list[Entry], list[list[Entry]]]) -> None:
    with _two() as (one, other):
        _same(one, other, *made)


@pytest.mark.usefixtures("crowded")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(shuffled(alike(), 25), st.sampled_from(["bias", "batch=within|same|same", "when=days", "told=same"]))
def test_nor_do_they_where_claims_are_crowded(made: tuple[list[Entry], list[list[Entry]]], closer: str) -> None:
    with _two(Likeness({"bias": 0.5, closer: 2.0})) as (one, other):  # all that are compared are alike, some more so
        _same(one, other, *made)


@pytest.mark.usefixtures("crowded")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(shuffled(alike(), 20), st.data())
def test_what_leaves_is_as_if_it_had_never_come(
    made: tuple[list[Entry], list[list[Entry]]], data: st.DataObject
) -> None:
    """Articles are coded again, with no claim or another one, and claims are rejected, and some of these come back."""
    with _two(Likeness({"bias": 0.5, "when=days": 2.0})) as (_, ledger):
        for part in made[1]:
            ledger.add(part)
        again = data.draw(st.lists(st.sampled_from(made[0]), unique_by=lambda e: e.article.id))
        ledger.add([msgspec.structs.replace(e, claims=data.draw(st.sampled_from([(), (handover(),)]))) for e in again])
        claims = [r.id for s in ledger.screened() for r in s.event.reports]
        for claim in data.draw(st.lists(st.sampled_from(claims), unique=True, max_size=4)) if claims else []:
            rejected = ledger.decide(Decision(action="reject", who="ana", at="", claims=(claim,)))
            if data.draw(st.booleans()):
                ledger.decide(Decision(action="undo", who="ana", at="", undoes=rejected.id))
        before, seen = derived(ledger), state(ledger)
        ledger.rebuild()
        assert derived(ledger) == before
        assert state(ledger) == seen


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(shuffled(entries()))
def test_nor_do_they_in_postgresql(postgres: str, made: tuple[list[Entry], list[list[Entry]]]) -> None:
    with Ledger(new_database(postgres)) as one, Ledger(new_database(postgres)) as other:
        _same(one, other, *made)


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations(corpus()), st.lists(st.integers(1, len(corpus())), min_size=5, max_size=12))
def test_nor_do_they_for_the_annotated_articles(mixed: list[Entry], cuts: list[int]) -> None:
    with _two() as (one, other):
        _same(one, other, corpus(), _parted(mixed, cuts))
