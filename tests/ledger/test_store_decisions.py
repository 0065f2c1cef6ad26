"""What people decide goes before every likeness, is kept for good, and can be undone."""

from collections.abc import Iterator
from typing import Any

import pytest
from made_entries import drones, entry, handover, state

from materiel.ledger.decisions import Decision
from materiel.ledger.ledger import Ledger
from materiel.ledger.records import Query
from materiel.model.errors import LedgerError
from materiel.model.event import Event


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """Two reports of one handover, and one of another."""
    with Ledger(address) as opened:
        opened.add(
            [entry("a", handover()), entry("b", handover()), entry("c", handover("US", "FR", date="2021-01-01"))]
        )
        yield opened


def events(ledger: Ledger) -> list[list[str]]:
    """The articles of each event."""
    return sorted([r.article for r in s.event.reports] for s in ledger.screened())


def with_article(ledger: Ledger, article: str) -> Event:
    return next(s.event for s in ledger.screened() if article in [r.article for r in s.event.reports])


def claims(ledger: Ledger, *articles: str) -> tuple[str, ...]:
    return tuple(r.id for s in ledger.screened() for r in s.event.reports if r.article in articles)


def decide(ledger: Ledger, action: Any, **more: Any) -> Decision:
    """A decision, after which a rebuilt ledger is the same."""
    made = ledger.decide(Decision(action=action, who="Ada", at="", why="I asked them", **more))
    before = state(ledger)
    ledger.rebuild()
    assert state(ledger) == before
    assert made in ledger.decisions()
    return made


def test_events_are_merged_and_parted_again(ledger: Ledger) -> None:
    merge = decide(ledger, "merge", claims=claims(ledger, "a", "b"), others=claims(ledger, "c"))
    assert events(ledger) == [["a", "b", "c"]]
    assert [t.decided for t in ledger.explain(with_article(ledger, "c").id)] == [merge, merge]
    decide(ledger, "split", claims=claims(ledger, "c"))
    assert events(ledger) == [["a", "b"], ["c"]]


def test_claims_are_split_from_their_event(ledger: Ledger) -> None:
    split = decide(ledger, "split", claims=claims(ledger, "b"))
    assert split.others == claims(ledger, "a")
    assert events(ledger) == [["a"], ["b"], ["c"]]
    ledger.add([entry("d", handover(items=(drones(7),)))])
    assert ["a"] in events(ledger) or ["b"] in events(ledger)


def test_an_undo_can_be_undone(ledger: Ledger) -> None:
    split = decide(ledger, "split", claims=claims(ledger, "b"))
    undo = decide(ledger, "undo", undoes=split.id[:6])
    assert undo.undoes == split.id
    assert events(ledger) == [["a", "b"], ["c"]]
    decide(ledger, "undo", undoes=undo.id)
    assert events(ledger) == [["a"], ["b"], ["c"]]
    assert len(ledger.decisions()) == 3


def test_a_cell_is_corrected_and_the_newest_wins(ledger: Ledger) -> None:
    first = decide(ledger, "correct", claims=claims(ledger, "a", "b"), cell="mode", value="gift")
    assert with_article(ledger, "a").told.mode == "gift"  # type: ignore[union-attr]
    corrected = {"amount": 5, "currency": "USD"}
    decide(ledger, "correct", claims=claims(ledger, "a", "b"), cell="value", value=corrected)
    decide(ledger, "correct", claims=claims(ledger, "a", "b"), cell="mode", value="sale")
    assert with_article(ledger, "a").told.mode == "sale"  # type: ignore[union-attr]
    assert with_article(ledger, "a").told.value.amount == 5  # type: ignore[union-attr]
    assert with_article(ledger, "c").told.mode is None  # type: ignore[union-attr]
    decide(ledger, "undo", undoes=ledger.decisions()[-1].id)
    assert with_article(ledger, "a").told.mode == "gift"  # type: ignore[union-attr]
    assert ledger.decisions(with_article(ledger, "a").id)[0] == first
    assert ledger.decisions(with_article(ledger, "c").id) == []


def test_a_correction_shows_in_the_list(ledger: Ledger) -> None:
    decide(ledger, "correct", claims=claims(ledger, "a", "b"), cell="status", value="halted")
    assert [s.articles for s in ledger.events(Query(status="halted"))] == [2]


def test_a_corrected_date_is_found_in_the_list(ledger: Ledger) -> None:
    decide(ledger, "correct", claims=claims(ledger, "a", "b"), cell="date", value="2001-02-03")
    assert [(s.first, s.last) for s in ledger.events(Query(until="2001-12-31"))] == [("2001-02-03", "2001-02-03")]


@pytest.mark.parametrize(
    ("at", "reason", "why"), [("tomorrow", "", "`at` cannot be"), ("", "\udcff", "half a character")]
)
def test_what_could_not_be_read_again_is_refused(ledger: Ledger, at: str, reason: str, why: str) -> None:
    with pytest.raises(LedgerError, match=why):
        ledger.decide(Decision(action="confirm", who="Ada", at=at, why=reason, claims=claims(ledger, "c")))
    decide(ledger, "confirm", claims=claims(ledger, "c"))


def test_a_decision_that_was_not_kept_counts_nowhere(
    ledger: Ledger, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LedgerError("the disk is full")

    before = with_article(ledger, "a").told
    with monkeypatch.context() as patched:
        patched.setattr("materiel.ledger.ledger.derive", broken)
        with pytest.raises(LedgerError, match="the disk is full"):
            decide(ledger, "correct", claims=claims(ledger, "a", "b"), cell="mode", value="gift")
    with Ledger(address) as other:
        decide(other, "confirm", claims=claims(other, "c"))
    assert with_article(ledger, "a").told == before


def test_a_rejected_claim_counts_no_more_until_it_is_confirmed(ledger: Ledger) -> None:
    (claim,) = claims(ledger, "b")
    decide(ledger, "reject", claims=(claim,))
    assert events(ledger) == [["a"], ["c"]]
    assert ledger.article_of(claim).id == "b"
    decide(ledger, "confirm", claims=(claim,))
    assert events(ledger) == [["a", "b"], ["c"]]


def test_an_event_whose_claims_are_all_rejected_is_gone(ledger: Ledger) -> None:
    reject = decide(ledger, "reject", claims=claims(ledger, "c"))
    assert events(ledger) == [["a", "b"]]
    decide(ledger, "undo", undoes=reject.id)
    assert events(ledger) == [["a", "b"], ["c"]]


def test_a_confirmed_event_is_marked(ledger: Ledger) -> None:
    confirm = decide(ledger, "confirm", claims=claims(ledger, "c"))
    assert [s.confirmed for s in ledger.events(Query(party="FR"))] == [True]
    assert [s.confirmed for s in ledger.events(Query(party="KP"))] == [False]
    decide(ledger, "undo", undoes=confirm.id)
    assert not any(s.confirmed for s in ledger.events())


def test_decisions_hold_for_what_is_added_later(ledger: Ledger) -> None:
    decide(ledger, "merge", claims=claims(ledger, "a", "b"), others=claims(ledger, "c"))
    ledger.add([entry("d", handover())])
    assert events(ledger) == [["a", "b", "c", "d"]]


def test_decisions_are_in_the_order_in_which_they_were_taken(ledger: Ledger) -> None:
    ahead = ledger.decide(
        Decision(action="confirm", who="Ada", at="2999-01-01T00:00:00.000000+00:00", claims=claims(ledger, "a"))
    )
    after = decide(ledger, "reject", claims=claims(ledger, "a"))
    assert ahead.at < after.at
    assert events(ledger) == [["b"], ["c"]]


def test_the_same_decision_twice_is_one(ledger: Ledger) -> None:
    made = decide(ledger, "confirm", claims=claims(ledger, "a"))
    assert ledger.decide(made) == made
    assert ledger.decisions() == [made]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"action": "merge", "who": " "}, "say who decides"),
        ({"action": "merge"}, "one must know `others`"),
        ({"action": "reject", "claims": ()}, "one must know `claims`"),
        ({"action": "reject", "claims": ("0123456789abcdef",)}, "no claim 0123456789abcdef"),
        ({"action": "correct"}, "one must know `cell`"),
        ({"action": "correct", "cell": "colour"}, "has no cell `colour`"),
        ({"action": "correct", "cell": "confidence", "value": 1.0}, "has no cell `confidence`"),
        ({"action": "correct", "cell": "status", "value": "soon"}, "`status` cannot be so"),
        ({"action": "split"}, "all claims of the event would leave it"),
        ({"action": "undo", "undoes": "abc"}, "no one decision abc"),
    ],
)
def test_what_cannot_be_decided_is_told_and_changes_nothing(ledger: Ledger, more: dict[str, Any], why: str) -> None:
    before = state(ledger)
    with pytest.raises(LedgerError, match=why):
        ledger.decide(Decision(**{"who": "Ada", "at": "", "claims": claims(ledger, "a", "b"), **more}))
    assert state(ledger) == before
