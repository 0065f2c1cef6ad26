"""What articles, files and people bring in can only be shown: no command lets it act on a terminal or a spreadsheet."""

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest
from ledger_runs import Done, OnLedger, article, gift, materiel, written

HOSTILE = '=HYPERLINK("http://x")<script>\x1b]0;owned\x07\x9b31m \u202egnp.exe\x7f\r\n\x00\u2066\U000e0041'


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> OnLedger:
    """Two reports of one event, hostile in every cell that takes text, who disagree in the supplier."""
    folder = tmp_path_factory.mktemp("hostile")
    told = {"title": HOSTILE, "text": f"Five drones. {HOSTILE}", "outlet": HOSTILE, "url": HOSTILE}
    item = {"text": HOSTILE, "class": "uav.loitering", "designation": f"X-9{HOSTILE}", "quantity": 5, "unit": HOSTILE}
    place = {"text": HOSTILE, "name": HOSTILE, "country": "RU"}
    claims = [gift(name, sources=[f"{name}{HOSTILE}"], items=[item], places=[place]) for name in ("Ana", "Budi")]
    named = [
        {**claim, "supplier": [{**claim["supplier"][0], "name": f"{HOSTILE}{claim['supplier'][0]['name']}"}]}
        for claim in claims
    ]
    made = OnLedger(folder / "l.db")
    made(
        "add",
        "--claims",
        written(folder / "a.jsonl", article(f"a{HOSTILE}", named[0], **told), article("b", named[1], **told)),
    )
    return made


@pytest.fixture(scope="module")
def event(ledger: OnLedger) -> str:
    found = [line["id"] for line in ledger.json("events")]
    if len(found) == 2:
        ledger("decide", "merge", *found, "--who", HOSTILE.replace("\0", ""), "--why", HOSTILE.replace("\0", ""))
    ledger("decide", "correct", found[0], "supplier", HOSTILE.replace("\0", ""))
    return str(ledger.json("events")[0]["id"])


def harmless(done: Done) -> None:
    assert done.out
    for line in done.out.split("\n"):
        assert all(unicodedata.category(c)[0] != "C" for c in line), ascii(line)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("command", ["show", "explain", "events", "decide"])
def test_terminal(ledger: OnLedger, event: str, command: str, form: str) -> None:
    args = {"show": ["show", event], "explain": ["explain", event], "decide": ["decide", "list"]}
    done = ledger(*args.get(command, [command]), "--format", form)
    harmless(done)
    if form == "json":
        json.loads(done.out)
    else:
        assert "<script>" in done.out


def test_adding(ledger: OnLedger, tmp_path: Path) -> None:
    again = written(tmp_path / "b.jsonl", article(f"c{HOSTILE}", gift(HOSTILE, sources=[HOSTILE])))
    harmless(ledger("add", "--claims", again, "--format", "text"))


@pytest.mark.parametrize("args", [["events", "--format", "csv"], ["export", "--format", "register"]])
def test_spreadsheet(ledger: OnLedger, event: str, args: list[str]) -> None:
    done = ledger(*args)
    harmless(done)
    for row in csv.reader(io.StringIO(done.out)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize("form", ["jsonl", "geojson"])
def test_exports(ledger: OnLedger, event: str, form: str) -> None:
    harmless(ledger("export", "--format", form))


@pytest.mark.parametrize(
    "args",
    [
        ["show", HOSTILE],
        ["events", "--date", HOSTILE],
        ["events", "--kind", HOSTILE],
        ["events", "--ledger", f"mysql://{HOSTILE}"],
        ["add", "--claims", HOSTILE.replace("\0", "")],
        ["compare", HOSTILE.replace("\0", "")],
        ["decide", "undo", HOSTILE],
    ],
)
def test_errors(ledger: OnLedger, args: list[str]) -> None:
    done = ledger(*args, fails=True)
    for line in done.said.split("\n"):
        assert all(unicodedata.category(c)[0] != "C" for c in line), ascii(line)


def test_scores(tmp_path: Path) -> None:
    annotated = article("x", gift(HOSTILE, sources=[HOSTILE]), title=HOSTILE, text=f"Five drones. {HOSTILE}")
    (tmp_path / "x.json").write_text(json.dumps({"language": "en", **annotated}))
    harmless(materiel("evaluate", tmp_path, "--show", "all", "--reader", "quick"))
