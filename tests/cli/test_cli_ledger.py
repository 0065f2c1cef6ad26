"""The commands that look into a ledger, on the annotated articles of corpus/dev, claims given."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ledger_runs import OnLedger, materiel

ROOT = Path(__file__).parents[2]
DEV = ROOT / "corpus" / "dev"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> OnLedger:
    made = OnLedger(tmp_path_factory.mktemp("ledger") / "l.db")
    made("add", "--claims", DEV)
    return made


@pytest.fixture(scope="module")
def drones(ledger: OnLedger) -> str:
    """The event of September 2023 that most reports tell of: the drones for Kim."""
    found = ledger.json("events", "--recipient", "KP", "--class", "uav", "--date", "2023-09", "--sort", "articles")
    return str(found[0]["id"])


# The story of September 2023


def test_the_drones_are_one_event_whose_supplier_is_contradicted(ledger: OnLedger, drones: str) -> None:
    event = ledger.json("show", drones)
    told = {(claim["article"], claim["claim"]) for claim in event["claims"]}
    everybody = {"en-01", "en-02", "en-03", "id-01", "id-02", "id-03", "id-04", "id-05", "id-06"}
    assert {name for name, _ in told} == everybody
    (found,) = (c for c in event["contradictions"] if c["cell"] == "supplier")
    governor, president = found["values"]
    assert "Governor of Primorsky Krai" in governor["value"]
    assert president["value"] == "Vladimir Putin (RU)"
    assert "TASS" in governor["roots"]
    assert len(governor["roots"]) > len(president["roots"]) >= 1
    assert {event["claims"][n]["article"] for n in president["reports"]} == {"id-01"}


def test_the_drones_fall_under_the_embargo(ledger: OnLedger, drones: str) -> None:
    findings = ledger.json("show", drones)["findings"]
    assert [(f["embargo"], f["verdict"]) for f in findings if f["embargo"] == "un-kp"] == [("un-kp", "matches")]


def test_the_page_of_the_drones(ledger: OnLedger, drones: str) -> None:
    page = ledger.text("show", drones)
    assert all(len(line) <= 80 for line in page.splitlines())
    assert "\x1b" not in page
    flat = " ".join(page.split())
    assert f"event {drones}" in page
    for part in ("CONTRADICTIONS", "HISTORY", "FINDINGS", "REPORTS"):
        assert f"\n{part}\n" in page
    assert "≠ supplier Oleg Kozhemyako, Governor of Primorsky Krai (RU)" in flat
    assert "UN arms embargo on North Korea: matches (mandatory; un-kp)" in flat
    assert "id-01#0 2023-09-18, id, root TASS" in flat
    assert "lima drone peledak" in flat


@pytest.mark.parametrize("doc", ["README.md", "docs/ledger.md"])
def test_what_the_docs_show_is_what_comes_out(ledger: OnLedger, drones: str, doc: str) -> None:
    """Every passage of the page of the drones that a document quotes, `…` standing for what it leaves out."""
    page = ledger.text("show", drones)
    blocks = re.findall(
        r"^```\n((?:TRANSFER|CONTRADICTIONS).*?)^```", (ROOT / doc).read_text(), re.MULTILINE | re.DOTALL
    )
    assert blocks
    assert all(passage in page for block in blocks for passage in block.split("…\n"))


def test_an_event_is_found_by_the_beginning_of_its_id(ledger: OnLedger, drones: str) -> None:
    assert ledger.json("show", drones[:6])["id"] == drones


def test_the_drones_are_explained(ledger: OnLedger, drones: str) -> None:
    said = ledger.text("explain", drones)
    assert all(len(line) <= 80 for line in said.splitlines())
    assert re.search(r"^(en|id)-0\d#\d and (en|id)-0\d#\d \+\d+\.\d$", said, re.MULTILINE)
    assert re.search(r"^ +[+-]\d+\.\d  same states as recipient", said, re.MULTILINE)
    ties = ledger.json("explain", drones)["ties"]
    assert {n for tie in ties for n in tie["reports"]} == set(range(len(ledger.json("show", drones)["claims"])))


# Lists


def test_a_table_of_many_events(ledger: OnLedger) -> None:
    lines = ledger.text("events").splitlines()
    assert lines[0].split()[:4] == ["EVENT", "WHEN", "KIND", "STATUS"]
    assert all(len(line) <= 80 for line in lines)
    assert lines[-1].startswith("These are the first 50; --limit")
    assert (
        len([line for line in ledger.text("events", "--limit", "3").splitlines() if re.match("[0-9a-f]{16} ", line)])
        == 3
    )


@pytest.mark.parametrize(
    ("options", "meets"),
    [
        (["--kind", "visit"], lambda e: e["kind"] == "visit"),
        (["--status", "agreed"], lambda e: e["status"] == "agreed"),
        (["--supplier", "RU"], lambda e: e["supplier"]),
        (["--party", "USA"], lambda e: e["id"]),
        (["--recipient", "Turkiye"], lambda e: e["recipient"]),
        (["--party", "North\u00a0Korea"], lambda e: e["id"]),
        (["--party", "Lockheed", "--kind", "transfer"], lambda e: "Lockheed" in e["supplier"]),
        (["--class", "uav"], lambda e: "uav" in e["items"]),
        (["--class", "geran25"], lambda e: "Geran-25" in e["items"]),
        (["--date", "2023-09"], lambda e: e["first"] <= "2023-09-30" and e["last"] >= "2023-09-01"),
        (["--date", "2023-09-12/2023-09-13"], lambda e: e["first"] <= "2023-09-13" and e["last"] >= "2023-09-12"),
        (["--embargo", "un-kp"], lambda e: "un-kp" in e["embargoes"]),
        (["--contradicted"], lambda e: e["contradicted"]),
        (["--contradicted", "supplier"], lambda e: "supplier" in e["contradicted"]),
        (["--roots", "4"], lambda e: e["roots"] >= 4),
        (["--place", "Vostochny"], lambda e: "Vostochny" in e["place"]),
    ],
)
def test_conditions(ledger: OnLedger, options: list[str], meets: Any) -> None:
    every = ledger.json("events")
    found = ledger.json("events", *options)
    assert 0 < len(found) < len(every)
    assert all(map(meets, found))


@pytest.mark.parametrize("order", ["last", "first", "articles", "roots"])
def test_order(ledger: OnLedger, order: str) -> None:
    down = [event[order] for event in ledger.json("events", "--sort", order)]
    assert down == sorted(down, reverse=True)
    up = [event[order] for event in ledger.json("events", "--sort", order, "--ascending")]
    assert up == sorted(up)


def test_every_form_holds_the_same_events(ledger: OnLedger) -> None:
    every = [event["id"] for event in ledger.json("events", "--kind", "transfer")]
    lines = ledger("events", "--kind", "transfer").out.splitlines()
    assert json.loads(lines[0])[0]["id"] == every[0]  # a pipe gets JSON
    lines = ledger("events", "--kind", "transfer", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == every
    rows = csv.DictReader(io.StringIO(ledger("events", "--kind", "transfer", "--format", "csv").out))
    assert [row["id"] for row in rows] == every


# Exports


def test_jsonl_names_each_claim_of_each_event(ledger: OnLedger) -> None:
    lines = [json.loads(line) for line in ledger("export", "--format", "jsonl").out.splitlines()]
    told = [(claim["article"], claim["claim"]) for line in lines for claim in line["claims"]]
    given = [
        (a["id"], n)
        for file in DEV.glob("*.json")
        for a in [json.loads(file.read_text())]
        for n in range(len(a["claims"]))
    ]
    assert sorted(told) == sorted(given)


def test_a_register_is_written_and_read_back(ledger: OnLedger, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    ledger("export", "--format", "register", "--out", file)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert rows
    compared = ledger.json("compare", file)["rows"]
    assert len(compared) == len(rows)
    assert all(row["event"] for row in compared)
    assert [p.name for p in tmp_path.iterdir()] == ["r.csv"]


@pytest.mark.parametrize(("form", "library"), [("geojson", None), ("ftm", "followthemoney"), ("parquet", "pyarrow")])
def test_other_forms(ledger: OnLedger, form: str, library: str | None, tmp_path: Path) -> None:
    if library:
        pytest.importorskip(library)
    file = tmp_path / "out"
    ledger("export", "--format", form, "--out", file)
    assert file.read_bytes() == ledger("export", "--format", form).raw != b""


# Beside a register


def test_rows_are_compared_with_the_news(ledger: OnLedger, drones: str, tmp_path: Path) -> None:
    file = tmp_path / "hand.csv"
    file.write_text(
        "Supplier,Recipient,Description,Class,Number delivered,Delivery dates\n"
        "Governor of Primorsky Krai,Kim Jong Un,drones,uav.loitering,5,2023-09-17\n"
        "Russia,Kim Jong Un,drones,uav.loitering,7,2023-09-17\n"
        "Norway,Chad,tanks,armour.tank,3,1999\n"
        "Russia,North Korea,§,,5,2023\n",
        encoding="utf-8",
    )
    done = ledger("compare", file, "--format", "json", fails=True)
    assert done.said.startswith(f"{file}:5: column `description`: `§` is no description")
    same, other, none = json.loads(done.out)["rows"]
    assert (same["event"], same["verdict"]) == (drones, "agrees")
    assert [c["cell"] for c in same["contested"]] == ["supplier"]  # as one names the president
    assert (other["event"], other["verdict"]) == (drones, "differs")
    assert "quantity" in [c["cell"] for c in other["differs"]]
    assert (none["event"], none["verdict"]) == (None, "not in the news")
    said = ledger("compare", file, "--format", "text", "--missing", fails=True).out
    assert all(len(line) <= 80 for line in said.splitlines())
    assert re.search(r"^3 rows: 1 as the news tells it, 1 told otherwise, 1 not in the news$", said, re.MULTILINE)
    assert "In the news and in no row:" in said
    assert re.search(r"quantity of uav.loitering: 5 \(.*?\) against 7 \(the register\)", " ".join(said.split()))
    rows = list(csv.DictReader(io.StringIO(ledger("compare", file, "--format", "csv", fails=True).out)))
    assert [row["verdict"] for row in rows] == ["agrees", "differs", "not in the news"]


# Nothing there


@pytest.mark.parametrize(
    "args",
    [
        ["events"],
        ["show", "x"],
        ["explain", "x"],
        ["export", "--format", "jsonl"],
        ["rebuild"],
        ["decide", "list"],
        ["decide", "confirm", "x"],
    ],
)
def test_a_ledger_that_is_not_there_is_not_made(
    args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = materiel(*args)
    assert done.status == 1
    assert "there is no ledger ledger.db" in done.said
    assert not list(tmp_path.iterdir())


def test_an_empty_ledger(tmp_path: Path) -> None:
    empty = OnLedger(tmp_path / "l.db")
    empty("add", "--claims", "-", stdin=b'{"id": "a", "claims": []}')
    assert empty.text("events") == "no events\n"
    assert empty.json("events") == []
    assert empty("export", "--format", "jsonl").out == ""
    assert empty("rebuild").out == "0 events\n"
    assert empty.text("decide", "list") == "no decisions\n"


@pytest.mark.parametrize("command", [["show"], ["explain"], ["decide", "confirm"], ["decide", "undo"]])
def test_a_wrong_id_is_told(ledger: OnLedger, command: list[str]) -> None:
    said = ledger.error(*command, "zzzzzz\x1b[2J")
    assert said.startswith("Error: ")
    assert "zzzzzz" in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["events", "--date", "May"], "'May' is no date; write 2023"),
        (["events", "--kind", "gift"], "'gift' is not one of"),
        (["events", "--embargo", "un-nkp"], "'un-nkp' is none that there is; perhaps un-kp?"),
        (["events", "--contradicted", "suplier"], "'suplier' is none that there is; perhaps supplier?"),
        (["events", "--party", "\udcff"], "half a character"),
        (["events", "--limit", "0"], "0 is not in the range"),
        (["export", "--format", "xml"], "'xml' is not one of"),
        (["export"], "Missing option '--format'"),
        (["compare", "none.csv"], "No such file"),
    ],
)
def test_wrong_use_is_told(ledger: OnLedger, args: list[str], says: str) -> None:
    assert says in ledger.error(*args)


def test_a_pipe_is_written_into_and_stays_one(ledger: OnLedger, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (tmp_path / "read").open("wb") as read, subprocess.Popen(["cat", pipe], stdout=read) as reading:
        ledger("export", "--format", "jsonl", "--out", pipe)
        assert reading.wait(60) == 0
    assert (tmp_path / "read").read_bytes() == ledger("export", "--format", "jsonl").raw
    assert pipe.is_fifo()


def test_rebuilding_gives_the_same_events(ledger: OnLedger) -> None:
    before = ledger("export", "--format", "jsonl").out
    assert ledger("rebuild").out == f"{len(before.splitlines())} events\n"
    assert ledger("export", "--format", "jsonl").out == before
