"""`materiel decide` and its effect: what a person decided holds, is shown, and can be undone."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ledger_runs import OnLedger, article, gift, written

GOVERNOR = "Governor of Primorsky Krai (RU)"


@pytest.fixture
def ledger(tmp_path: Path) -> OnLedger:
    """Drones twice told, and a rifle."""
    rifle = gift(items=[{"text": "a rifle", "class": "smallarms.rifle", "quantity": 1, "qualifier": "exact"}])
    articles = [article("a", gift(sources=["TASS"]), rifle), article("b", gift(sources=["KCNA"]))]
    made = OnLedger(tmp_path / "l.db")
    made("add", "--claims", written(tmp_path / "a.jsonl", *articles))
    return made


def events(ledger: OnLedger) -> dict[str, Any]:
    """The events by the claims that they have."""
    lines = map(json.loads, ledger("export", "--format", "jsonl").out.splitlines())
    return {" ".join(f"{c['article']}#{c['claim']}" for c in line["claims"]): line for line in lines}


def ids(ledger: OnLedger) -> tuple[str, str]:
    found = events(ledger)
    return found["a#0 b#0"]["id"], found["a#1"]["id"]


def test_merged_events_are_one(ledger: OnLedger) -> None:
    drones, rifle = ids(ledger)
    said = ledger("decide", "merge", drones, rifle, "--who", "ana", "--why", "one handover").out
    assert said.startswith("merged 2 claims with claim ")
    assert "by ana on 20" in said
    assert "because one handover (decision " in said
    assert list(events(ledger)) == ["a#0 a#1 b#0"]


def test_reports_are_split_from_an_event(ledger: OnLedger) -> None:
    drones, _ = ids(ledger)
    ledger("decide", "split", drones, "b#0")
    assert set(events(ledger)) == {"a#0", "a#1", "b#0"}


def test_a_corrected_cell_is_told_and_the_reports_stay(ledger: OnLedger) -> None:
    drones, _ = ids(ledger)
    ledger("decide", "correct", drones, "supplier", GOVERNOR, "--why", "TASS")
    found = events(ledger)["a#0 b#0"]
    assert [p["name"] for p in found["supplier"]] == ["Governor of Primorsky Krai"]
    assert [said["value"] for said in found["values"]["supplier"]] == ["Vladimir Putin (RU)"]
    page = ledger.text("show", drones)
    assert f"\nDECISIONS\n  corrected supplier to {GOVERNOR} by " in page
    assert re.search(r"^  supplier +Governor of Primorsky Krai \(RU\) +as corrected$", page, re.MULTILINE)
    assert page.splitlines()[1].startswith(GOVERNOR)


def test_a_number_put_right_is_not_laid_to_the_reports(ledger: OnLedger) -> None:
    drones, _ = ids(ledger)
    ledger("decide", "correct", drones, "items", "18 uav.loitering")
    assert re.search(r"18 × .* as corrected$", ledger.text("show", drones), re.MULTILINE)


def test_a_rejected_report_is_left_out(ledger: OnLedger) -> None:
    drones, _ = ids(ledger)
    ledger("decide", "reject", drones, "b#0")
    assert set(events(ledger)) == {"a#0", "a#1"}
    ledger("decide", "reject", drones)
    assert set(events(ledger)) == {"a#1"}


def test_a_confirmed_event_is_marked(ledger: OnLedger) -> None:
    drones, _ = ids(ledger)
    ledger("decide", "confirm", drones)
    assert {e["id"]: e["confirmed"] for e in ledger.json("events")}[drones]
    assert f"{drones}  2023-09-17   transfer    delivered       2  ✓" in ledger.text("events")


def test_a_decision_is_undone_and_all_are_kept(ledger: OnLedger) -> None:
    drones, rifle = ids(ledger)
    before = events(ledger)
    ledger("decide", "merge", drones, rifle)
    (merged,) = ledger.json("decide", "list")
    ledger("decide", "undo", merged["id"][:6])
    assert events(ledger) == before
    first, second = ledger.json("decide", "list")
    assert (first["action"], first["holds"], second["action"], second["undoes"]) == (
        "merge",
        False,
        "undo",
        first["id"],
    )
    assert "(undone)" in ledger.text("decide", "list")
    assert len(ledger.json("decide", "list", drones)) == 2


def test_who_decides_is_the_user_unless_told(ledger: OnLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    drones, _ = ids(ledger)
    monkeypatch.setenv("LOGNAME", "ana")
    ledger("decide", "confirm", drones)
    monkeypatch.setenv("MATERIEL_WHO", "budi")
    ledger("decide", "confirm", drones)
    assert [d["who"] for d in ledger.json("decide", "list")] == ["ana", "budi"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["merge", "{drones}", "{drones}"], "these are one event already"),
        (["split", "{drones}", "a#0", "b#0"], "these are all reports of event {drones}; name those that leave it"),
        (["split", "{drones}", "c#0"], "event {drones} has no report 'c#0'; it has a#0, b#0"),
        (["correct", "{drones}", "visitor", "Kim"], "a transfer has no cell 'visitor'"),
        (["correct", "{drones}", "status", "given"], "'given' is no status"),
        (["correct", "{drones}", "items", "5 thingummies"], "'thingummies' is neither a class nor a known type"),
        (["undo", "abcdef"], "there is no decision 'abcdef'; see: materiel decide list"),
    ],
)
def test_what_cannot_be_decided_is_told(ledger: OnLedger, args: list[str], says: str) -> None:
    drones, _ = ids(ledger)
    said = ledger.error("decide", *(arg.format(drones=drones) for arg in args))
    assert said.startswith("Error: ")
    assert says.format(drones=drones) in said
    assert ledger.json("decide", "list") == []
