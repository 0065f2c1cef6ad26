"""`materiel read --reader llm` as people run it: real processes, a real server on this machine."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from stub_server import Reply, completion, problem, serving

KEY = "sk-very-secret"
TEXT = "Russia delivered drones to Belarus."


def party(text: str, country: str) -> dict[str, Any]:
    return {"text": text, "name": text, "country": country}


def answer(supplier: str = "Russia") -> Reply:
    drones = {"text": "drones", "class": "uav", "designation": None, "quantity": None, "qualifier": None, "unit": None}
    claim = {
        "kind": "transfer", "status": "delivered", "stance": "stated", "quotes": {"status": "delivered"},
        "supplier": [party(supplier, "RU")], "recipient": [party("Belarus", "BY")], "items": [drones],
    }  # fmt: skip
    return completion(json.dumps({"claims": [claim]}))


def materiel(*args: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MATERIEL_")}
    return subprocess.run(
        [sys.executable, "-m", "materiel", *map(str, args)],
        capture_output=True, env={**bare, **(env or {})}, timeout=120, check=False, encoding="utf-8",
    )  # fmt: skip


def written(folder: Path, *texts: str) -> Path:
    file = folder / "a.jsonl"
    lines = [json.dumps({"id": f"n{n}", "language": "en", "text": text}) for n, text in enumerate(texts)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_cost_and_what_was_dropped_are_told_on_standard_error(tmp_path: Path) -> None:
    with serving([answer(), answer("Iran")]) as stub:
        done = materiel(
            "read", written(tmp_path, TEXT, TEXT), "--reader", "llm", "--llm-url", stub.url, "--llm-model", "tiny",
            "--llm-parallel", "1", "--llm-price-in", "2", "--llm-price-out", "10", env={"MATERIEL_LLM_KEY": KEY},
        )  # fmt: skip
        assert stub.keys == [f"Bearer {KEY}"] * 2
    assert done.returncode == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["claims"][0]["supplier"][0]["span"] == {"start": 0, "end": 6}
    assert (first["claims"][0]["confidence"], second["claims"][0]["supplier"]) == (None, [])
    said = done.stderr.splitlines()
    assert re.fullmatch(r"answers of the model: 2 in [\d.]+ s; tokens: 2,000 read, 100 written; cost: 0\.0050", said[0])
    assert said[1:] == ["dropped: cells whose words do not stand in the article (1)"]
    assert KEY not in done.stdout + done.stderr


def test_articles_are_asked_at_once_and_written_in_their_order(tmp_path: Path) -> None:
    """The first four meet at the server, and the first of them is answered last."""
    meet, fourth = Barrier(4), Event()

    def script(body: dict[str, Any], request: int) -> Reply:
        number = int(re.findall(r"number (\d+)", body["messages"][1]["content"])[0])
        if request < 4:
            meet.wait(60)
        if number == 0:
            assert fourth.wait(60)
        if number == 3:
            fourth.set()
        return answer("Russia" if number % 2 else "Iran")

    file = written(tmp_path, *(f"{TEXT} This is number {n}." for n in range(12)))
    with serving(script) as stub:
        env = {"MATERIEL_LLM_URL": stub.url, "MATERIEL_LLM_MODEL": "tiny"}
        at_once = materiel("read", file, "--reader", "llm", env=env)
        assert stub.busiest == 4
        stub.busiest = 0
        one_by_one = materiel("read", file, "--reader", "llm", "--llm-parallel", "1", env=env)
        assert stub.busiest == 1
    readings = [json.loads(line) for line in at_once.stdout.splitlines()]
    assert [r["id"] for r in readings] == [f"n{n}" for n in range(12)]
    assert [len(r["claims"][0]["supplier"]) for r in readings] == [0, 1] * 6
    assert at_once.stdout == one_by_one.stdout


def test_what_a_model_reads_is_kept_in_the_ledger(tmp_path: Path) -> None:
    ledger = f"sqlite:///{tmp_path / 'l.db'}"
    with serving([answer()]) as stub:
        env = {"MATERIEL_LLM_URL": stub.url, "MATERIEL_LLM_MODEL": "tiny"}
        done = materiel("add", written(tmp_path, TEXT), "--reader", "llm", "--ledger", ledger, env=env)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("answers of the model: 1 in ")
    events = materiel("events", "--ledger", ledger, "--format", "json").stdout
    assert "Russia" in events
    coded = materiel("add", "-", "--claims", "--reader", "llm", "--ledger", ledger, env=env)
    assert (coded.returncode, "--reader are for reading" in coded.stderr) == (2, True)


def test_one_bad_article_stops_no_other_and_each_is_named(tmp_path: Path) -> None:
    replies = {
        "cut": completion('{"claims": [', "length"),
        "broken": problem(500, "out of\x1b memory"),
        "good": answer(),
    }

    def script(body: dict[str, Any], _: int) -> Reply:
        asked = body["messages"][1]["content"]
        return next(reply for word, reply in replies.items() if word in asked)

    file = written(tmp_path, f"{TEXT} good", f"{TEXT} cut", f"{TEXT} broken", f"{TEXT} good")
    with serving(script) as stub:
        done = materiel("read", file, "--reader", "llm", "--llm-url", stub.url, "--llm-model", "tiny")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["n0", "n3"]
    said = done.stderr.splitlines()
    assert said[0].startswith(f"{file}:2: the answer was cut off; let the server write more tokens")
    assert said[1] == f"{file}:3: the server failed (500): out of\\x1b memory; see to the server or read again later"
    assert said[2] == "2 could not be read, 2 were"
    assert said[3].startswith("answers of the model: 3 in ")


def test_a_language_without_a_pack_is_read_by_the_model_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Le ministère de la Défense a annoncé lundi avoir livré cinq drones à l'armée.", encoding="utf-8")
    with serving([completion('{"claims": []}')]) as stub:
        done = materiel("read", file, "--reader", "llm", "--llm-url", stub.url, "--llm-model", "tiny")
        assert stub.requests[0]["messages"][1]["content"].startswith("language: fr\n")
    assert (done.returncode, json.loads(done.stdout)["language"]) == (0, "fr")
    assert "it seems to be in 'fr', which cannot be read" in materiel("read", file).stderr


def test_an_article_is_written_before_the_next_one_comes() -> None:
    with serving([answer()]) as stub:
        run = subprocess.Popen(
            [sys.executable, "-m", "materiel", "read", "-", "--reader", "llm"],
            env={**os.environ, "MATERIEL_LLM_URL": stub.url, "MATERIEL_LLM_MODEL": "tiny"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert run.stdin and run.stdout
        for n in range(3):
            run.stdin.write(json.dumps({"id": f"n{n}", "language": "en", "text": TEXT}).encode() + b"\n")
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["id"] == f"n{n}"
        run.communicate(timeout=60)
        assert run.returncode == 0


def test_who_stops_waits_for_no_answer_and_is_told_the_cost(tmp_path: Path) -> None:
    """An interrupt ends the run though the server still thinks."""
    over = Event()

    def script(body: dict[str, Any], _: int) -> Reply:
        if "slow" in body["messages"][1]["content"]:
            over.wait(60)
        return answer()

    file = written(tmp_path, TEXT, f"{TEXT} slow", f"{TEXT} slow")
    with serving(script) as stub:
        run = subprocess.Popen(
            [sys.executable, "-m", "materiel", "read", str(file), "--reader", "llm", "--format", "jsonl"],
            env={**os.environ, "MATERIEL_LLM_URL": stub.url, "MATERIEL_LLM_MODEL": "tiny"},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        assert run.stdout
        assert json.loads(run.stdout.readline())["id"] == "n0"
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=50)
        over.set()
    assert run.returncode == 1
    assert said.splitlines()[0].startswith("answers of the model: 1 in ")
    assert said.splitlines()[-1] == "Aborted!"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "--reader llm needs the address of its server (--llm-url or MATERIEL_LLM_URL) and a model"),
        (["--llm-url", "http://127.0.0.1:9"], "and a model (--llm-model or MATERIEL_LLM_MODEL)"),
        (["--llm-url", "127.0.0.1", "--llm-model", "m"], "this is no address of a server; write it as http://"),
        (
            ["--llm-url", "http://h", "--llm-model", "m", "--language", "?"],
            "'?' is no language that can be read (a code",
        ),
        (["--llm-parallel", "0"], "0 is not in the range"),
        (["--llm-key", "x"], "No such option '--llm-key'"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(args: list[str], says: str) -> None:
    done = materiel("read", "-", "--reader", "llm", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.split())


def test_the_extra_that_is_missing_is_told() -> None:
    code = (
        "import sys; sys.modules['httpx'] = None\n"
        "sys.argv = 'materiel read - --reader llm --llm-url http://h --llm-model m'.split()\n"
        "import materiel.cli.main as m; m.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: httpx is not installed; pip install 'materiel[llm]'\n"


def test_the_guide_names_every_option_and_no_other() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "llm.md").read_text(encoding="utf-8")
    wanted = r"--llm-[a-z-]+[a-z]|MATERIEL_LLM_[A-Z]+"
    assert set(re.findall(wanted, guide)) == set(re.findall(wanted, materiel("read", "--help").stdout))
