"""A ledger keeps what it is given, once, and gives it back whole."""

import msgspec
import pytest
from made_entries import corpus, drones, entry, handover, party, state

from materiel.ledger.ledger import Ledger
from materiel.ledger.likeness import GROUPS
from materiel.ledger.records import Added, Query, Refused
from materiel.model.errors import LedgerError
from materiel.model.event import Event
from materiel.pipeline import screened


def only(ledger: Ledger) -> Event:
    """The one event of a ledger."""
    (summary,) = ledger.events()
    return ledger.event(summary.id).event


def test_reports_of_one_thing_are_one_event(address: str) -> None:
    with Ledger(address) as ledger:
        added = ledger.add([entry("a", handover()), entry("b", handover()), entry("c", handover("US", "FR"))])
        assert (added.articles, added.claims, added.known, len(added.events)) == (3, 3, 0, 2)
        summary = ledger.events(Query(recipient="KP"))[0]
        assert (summary.articles, summary.roots, summary.supplier, summary.items) == (
            2,
            2,
            "Russia",
            "5 × Geran-25 (uav.loitering)",
        )
        assert [r.article for r in ledger.event(summary.id).event.reports] == ["a", "b"]


def test_what_is_added_is_there_when_it_is_opened_again(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        before = state(ledger)
    with Ledger(address, create=False) as ledger:
        assert state(ledger) == before


def test_adding_twice_changes_nothing(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add(corpus()[:20])
        before = state(ledger)
        assert ledger.add([*corpus()[:20], *corpus()[:20]]) == Added(known=40)
        assert state(ledger) == before


def test_the_same_article_twice_at_once_is_one(address: str) -> None:
    with Ledger(address) as ledger:
        added = ledger.add([entry("a", handover()), entry("a", handover())])
        assert (added.articles, added.claims, added.known) == (1, 1, 1)


def test_what_joined_and_what_contradicts_is_told(address: str) -> None:
    governor = msgspec.structs.replace(handover(), supplier=(party("RU", "Oleg Kozhemyako"),), mode="gift")
    president = msgspec.structs.replace(handover(), supplier=(party("RU", "Vladimir Putin"),), mode="gift")
    with Ledger(address) as ledger:
        ledger.add([entry("a", governor)])
        added = ledger.add([entry("b", president)])
        assert added.events == ()
        assert [(j.event, len(j.claims)) for j in added.joined] == [(only(ledger).id, 1)]
        assert [d.contradiction.cell for d in added.contradictions] == ["supplier"]
        again = ledger.add([entry("c", president)])
        assert (len(again.joined), again.contradictions) == (1, ())


def test_the_id_of_an_event_still_finds_it_when_an_earlier_report_came(address: str) -> None:
    with Ledger(address) as ledger:
        (old,) = ledger.add([entry("a", handover())]).events
        ledger.add([entry("b", handover(), published="2023-09-17")])
        event = only(ledger)
        assert event.id != old
        assert ledger.event(old).event == ledger.event(old[:9]).event == ledger.event(event.id[:9]).event == event


def test_ids_do_not_depend_on_the_ledger(address: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Ledger(address) as one, Ledger(str(tmp_path_factory.mktemp("other") / "other.db")) as other:
        one.add(corpus()[:10])
        other.add(corpus()[9::-1])
        assert state(one) == state(other)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("0123456789abcdef", "no one event"),
        ("8", "no one event"),
        ("abc", "no one event"),
        ("xyz", "is no id"),
        ("", "is no id"),
        ("f" * 20, "is no id"),
    ],
)
def test_an_id_that_is_none_is_told(address: str, name: str, why: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        with pytest.raises(LedgerError, match=why):
            ledger.event(name)


def test_an_article_is_given_back_as_it_came(address: str) -> None:
    odd = entry("a\0b", handover(), text="Привет\0 \u202e “quoted” \U0001f600", title="x\0", address="https://x.org/a")
    with Ledger(address) as ledger:
        assert ledger.add([odd, entry("b", handover())]).refused == ()
        report = next(r for r in only(ledger).reports if r.outlet != "b")
        assert ledger.article_of(report.id) == odd.article
        assert ledger.article("b").id == "b"
        with pytest.raises(LedgerError, match="no article c"):
            ledger.article("c")


def test_an_article_that_came_in_two_forms_is_asked_for_by_the_ledgers_id(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover(), text="first"), entry("a", handover(), text="mended")])
        with pytest.raises(LedgerError, match="2 articles came as a") as told:
            ledger.article("a")
        ids = str(told.value).rpartition(": ")[2].split(", ")
        assert {ledger.article(i).text for i in ids} == {"first", "mended"}


def test_what_a_better_reading_tells_again_is_not_new(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        added = ledger.add([entry("a", handover(), handover("US", "FR"))])
        assert (added.articles, added.claims, len(added.events), added.joined) == (0, 1, 1, ())


def test_nobody_speaks_for_another_report_by_taking_its_id(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        claim = only(ledger).reports[0].id
        ledger.add([entry(claim, text="hostile")])
        assert ledger.article_of(claim).id == "a"
        assert ledger.article(claim).text == "hostile"


def test_a_date_that_stands_for_none_stops_nothing(address: str) -> None:
    far = entry("a", handover(date="9999-12-31"), handover(date="9999-12"), published="9999")
    with Ledger(address, screen=screened) as ledger:
        assert ledger.add([far, entry("b", handover())]).articles == 2
        refused = ledger.add([entry("c", handover(), published="9999999999")]).refused
        assert [r.article for r in refused] == ["c"]


def test_what_cannot_be_kept_is_refused_and_the_rest_goes_on(address: str) -> None:
    bad = [
        entry("a", handover(date="soon")),
        entry("b", handover(), published="yesterday"),
        entry("c", handover(), text="half \ud800 a character"),
    ]
    with Ledger(address) as ledger:
        added = ledger.add([bad[0], entry("d", handover()), *bad[1:]])
        assert added.articles == 1
        assert [r.article for r in added.refused] == ["a", "b", "c"]
        assert added.refused[0] == Refused(
            article="a", why="$.claims[0].date: 'soon' is no date; write it as 2025-04-08, 2025-04 or 2025"
        )


def test_what_was_coded_last_counts_before_what_was_read(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover(items=(drones(7),)), origin="read")])
        ledger.add([entry("a", handover(items=(drones(6),)))])
        ledger.add([entry("a", handover(items=(drones(8),)), origin="read")])
        assert [r.claim.items[0].quantity for r in only(ledger).reports] == [6]  # type: ignore[union-attr]
        ledger.add([entry("a", handover(items=(drones(5),)))])
        before = state(ledger)
        assert [r.claim.items[0].quantity for r in only(ledger).reports] == [5]  # type: ignore[union-attr]
        ledger.rebuild()
        assert state(ledger) == before


def test_an_article_without_claims_is_known(address: str) -> None:
    with Ledger(address) as ledger:
        assert ledger.add([entry("a")]).articles == 1
        assert ledger.add([entry("a")]) == Added(known=1)
        assert ledger.events() == []


def test_progress_is_told(address: str) -> None:
    told: list[tuple[str, int, int | None]] = []
    with Ledger(address) as ledger:
        ledger.add((entry(str(n), handover()) for n in range(3)), lambda *said: told.append(said))
        assert told[-1] == ("add", 3, None)
        told.clear()
        ledger.rebuild(lambda *said: told.append(said))
        assert told == [("read", 3, 3), ("fold", 0, 3), ("fold", 3, 3), ("tell", 1, 1)]


def test_ten_papers_that_print_one_text_are_one_root(address: str) -> None:
    text = " ".join(f"word{n} and then it is told by the agency" for n in range(40))
    copies = [entry(f"paper{n}", handover(), text=f"{text} {n}", published=f"2023-09-{28 - n}") for n in range(10)]
    with Ledger(address) as ledger:
        ledger.add(copies[:4])
        ledger.add(copies[4:])
        assert only(ledger).roots == ("paper9",)
        before = state(ledger)
        ledger.rebuild()
        assert state(ledger) == before


def test_reports_that_name_one_agency_are_one_root(address: str) -> None:
    one, other = (handover(sources=("an official", source)) for source in ("kantor berita TASS", "Tass"))
    with Ledger(address) as ledger:
        ledger.add(
            [entry("a", one), entry("b", other), entry("c", handover(), outlet="", address="https://tass.com/x")]
        )
        assert only(ledger).roots == ("TASS",)
        assert only(ledger).outlets == ("a", "b", "TASS")


def test_ties_add_up_to_their_score(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry(name, handover()) for name in "abc"])
        ties = ledger.explain(only(ledger).id)
        assert len(ties) == 2
        for tie in ties:
            assert sum(f.weight for f in tie.features) == pytest.approx(tie.score, abs=0.001 * len(GROUPS))
            assert tie.score > 0
            assert tie.decided is None


def test_loading_comes_to_the_same_as_adding(address: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Ledger(address) as one, Ledger(str(tmp_path_factory.mktemp("other") / "other.db")) as other:
        one.add(corpus()[:30])
        assert other.load(corpus()[:30]).articles == 30
        assert state(one) == state(other)


def test_a_load_that_was_broken_off_is_told_and_mended(address: str) -> None:
    def broken_off(step: str, _done: int, _of: int | None) -> None:
        if step != "load":
            raise KeyboardInterrupt

    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        with pytest.raises(KeyboardInterrupt):
            ledger.load([entry("b", handover())], broken_off)
        with pytest.raises(LedgerError, match="run materiel rebuild"):
            ledger.events()
        ledger.add([entry("c", handover())])
        assert only(ledger).outlets == ("a", "b", "c")
