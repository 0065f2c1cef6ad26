"""`materiel add` as people run it: what is new, what joined, what contradicts, what is left out and why."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ledger_runs import OnLedger, article, gift, materiel, written

EXAMPLES = Path(__file__).parents[2] / "examples"
GOVERNOR = "Governor of Primorsky Krai"


@pytest.fixture
def ledger(tmp_path: Path) -> OnLedger:
    return OnLedger(tmp_path / "l.db")


def test_articles_are_read_and_kept(ledger: OnLedger) -> None:
    said = ledger.text("add", EXAMPLES / "aid-package.json")
    assert said.startswith("1 new article, ")
    added = ledger.json("add", EXAMPLES)
    assert added["known"] == 1
    assert added["articles"] == len(list(EXAMPLES.glob("*.json"))) - 1
    assert len(ledger.json("events")) >= added["claims"] / 3


def test_what_is_there_changes_nothing(ledger: OnLedger, tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", article("a", gift()), article("b"))
    first = ledger.json("add", "--claims", file)
    assert (first["articles"], first["claims"], first["silent"], len(first["events"])) == (2, 1, 1, 1)
    again = ledger.json("add", "--claims", file)
    assert (again["articles"], again["claims"], again["known"], again["events"]) == (0, 0, 2, [])
    assert "nothing new: 2 articles known already" in ledger.text("add", "--claims", file)


def test_what_joins_and_what_contradicts_is_told(ledger: OnLedger, tmp_path: Path) -> None:
    ledger("add", "--claims", written(tmp_path / "a.jsonl", article("a", gift(sources=["TASS"]))))
    file = written(tmp_path / "b.jsonl", article("b", gift(GOVERNOR, sources=["KCNA"])))
    said = ledger.text("add", "--claims", file)
    (event,) = ledger.json("events")
    assert event["contradicted"] == ["supplier"]
    assert "1 event told of before, told of again" in said
    assert "1 new contradiction" in said
    assert f"{event['id']} ≠ supplier: Vladimir Putin (RU) (TASS) against {GOVERNOR}" in " ".join(said.split())
    assert all(len(line) <= 80 for line in said.splitlines())


def test_bad_files_are_named_and_the_rest_is_kept(ledger: OnLedger, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    written(news / "a.jsonl", article("a", gift()), {"id": "x"}, article("b", gift(date="May")))
    (news / "b.txt").write_text("Five drones.", encoding="utf-8")
    (news / "c.json").write_bytes(b'{"id": "c", "claims": [')
    done = ledger("add", "--claims", news, "--format", "json", fails=True)
    assert done.status == 1
    assert json.loads(done.out)["articles"] == 1
    said = done.said.replace(str(news) + os.sep, "").splitlines()
    assert said[0].startswith("a.jsonl:2: $.claims: is missing; every article needs it")
    assert said[1].startswith("a.jsonl:3: $.claims[0].date: 'May' is no date; write 2023")
    assert said[2].startswith("b.txt: this is plain text, which has no coded claims")
    assert said[3].startswith("c.json: the JSON is cut off")
    assert said[4] == "4 could not be read, 1 were"
    assert "4 left out" in ledger("add", "--claims", news, "--format", "text", fails=True).out


def test_coded_claims_from_standard_input(ledger: OnLedger) -> None:
    data = json.dumps([article("a", gift()), article("b", gift())]).encode()
    assert ledger.json("add", "--claims", "-", stdin=data)["articles"] == 2


def test_coded_claims_go_before_those_read(ledger: OnLedger, tmp_path: Path) -> None:
    """The same article first read, then coded by a person."""
    text = "Russia delivered five drones to Belarus on Monday, TASS reported."
    given = article("a", text=text)
    del given["claims"]
    ledger("add", written(tmp_path / "a.jsonl", given))
    (read,) = ledger.json("events")
    assert read["recipient"] == "Belarus"
    ledger("add", "--claims", written(tmp_path / "b.jsonl", article("a", gift(), text=text)))
    (coded,) = ledger.json("events")
    assert "Kim Jong Un" in coded["recipient"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["add"], "Missing argument"),
        (["add", "--claims", "-", "--language", "en"], "--language and --reader are for reading"),
        (["add", "-", "--published", "May"], "'May' is no date"),
        (["add", "-", "--ledger", "mysql://x/y"], "Error: "),
        (["add", "-", "--ledger", "no/such/folder/l.db"], "Error: "),
    ],
)
def test_wrong_use_is_told(args: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = materiel(*args)
    assert done.status != 0
    assert says in done.said
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_bytes(b"not a database, but notes of mine" * 100)
    before = file.read_bytes()
    done = materiel("add", "-", "--ledger", file, stdin=b"")
    assert done.status == 1
    assert "no ledger" in done.said
    assert file.read_bytes() == before


def test_ctrl_c_loses_nothing_that_was_kept(ledger: OnLedger) -> None:
    """Standard input stays open, so that the command is in the middle of its work when it is stopped."""
    run = subprocess.Popen(
        [sys.executable, "-m", "materiel", "add", "--claims", "-", "--ledger", str(ledger.file)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert run.stdin
    for n in range(300):
        run.stdin.write(json.dumps(article(f"a{n}", gift())).encode() + b"\n")
    run.stdin.flush()
    kept = 0
    while not kept:
        done = materiel("events", "--format", "json", MATERIEL_LEDGER=str(ledger.file))
        kept = sum(event["articles"] for event in json.loads(done.out)) if done.status == 0 else 0
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert said.decode() == f"Stopped; {kept} articles are kept, add the same files again to go on\n"
    assert sum(event["articles"] for event in ledger.json("events")) == kept


def test_progress_is_told_on_a_terminal_only(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", *(article(f"a{n}", gift()) for n in range(40)))
    code = (
        "import sys, materiel.cli.watch as w; w.PAUSE = -1\n"
        f"sys.argv = ['materiel', 'add', '--claims', {str(file)!r}, '--ledger', {str(tmp_path / 'l.db')!r}]\n"
        "from materiel.cli.main import main; main()"
    )
    ours, theirs = pty.openpty()
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    out = b""
    try:
        while data := os.read(ours, 4096):
            out += data
    except OSError:
        pass
    os.close(ours)
    assert run.wait(60) == 0
    assert b"40 articles read, 40 kept" in out
    assert out.endswith(b"\r\x1b[K")
