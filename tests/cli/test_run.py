"""One run of `materiel read` with a stand-in for the reader: what fails, and how far it is."""

import gc
import json
import os
import pty
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from materiel.articles.load import Terms
from materiel.cli import read as module
from materiel.cli import readers
from materiel.model.article import Article, Reading
from materiel.world.problem import DataError, Problem


def reads(article: Article) -> Reading:
    """A stand-in reader that stumbles over some articles."""
    if "stumble" in article.text:
        raise ValueError("over\x1bthis")
    if "data" in article.text:
        raise DataError("language en", [Problem("en/pack.toml", 1, "no code")])
    return Reading(id=article.id, language=article.language)


class StandIn(NamedTuple):
    """A reader that reads as it is told."""

    read: Callable[[Article], Reading]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    monkeypatch.setattr(readers, "available", lambda: ("en",))
    monkeypatch.setattr(readers, "open_reader", lambda *_, **__: StandIn(reads))
    return Run(tmp_path / "a.jsonl")


class Run:
    """Runs the command on articles of these texts."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self, *texts: str) -> Result:
        lines = [json.dumps({"id": f"n{n}", "language": "en", "text": text}) for n, text in enumerate(texts)]
        self.file.write_text("\n".join(lines), encoding="utf-8")
        return CliRunner().invoke(module.read, [str(self.file)])


def test_an_article_that_the_reader_stumbles_over_does_not_end_the_run(run: Run) -> None:
    done = run("good", "stumble", "good")
    assert done.exit_code == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["n0", "n2"]
    assert done.stderr.splitlines() == [
        f"{run.file}:2: ValueError: over\\x1bthis (a mistake of materiel's: report it)",
        "1 could not be read, 2 were",
    ]


def test_a_language_whose_data_are_broken_is_told(run: Run) -> None:
    done = run("data")
    assert done.exit_code == 1
    assert done.stderr == (
        f"{run.file}:1: language en cannot be loaded; `materiel languages check` tells what to mend\n"
    )


def test_the_reader_is_not_made_before_it_is_needed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "open_reader", lambda *_, **__: pytest.fail("made"))
    run.file.write_text("\n", encoding="utf-8")
    done = CliRunner().invoke(module.read, [str(run.file)])
    assert (done.exit_code, done.stdout) == (1, "")


def test_nothing_of_an_article_is_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    alive: weakref.WeakSet[Reading] = weakref.WeakSet()
    most = 0

    class Read(Reading, frozen=True, kw_only=True, weakref=True):
        """A reading that can be watched."""

        __hash__ = object.__hash__

    def watched(article: Article) -> Reading:
        nonlocal most
        reading = Read(id=article.id, language="en")
        alive.add(reading)
        gc.collect()
        most = max(most, len(alive))
        return reading

    monkeypatch.setattr(readers, "open_reader", lambda *_, **__: StandIn(watched))
    assert run(*["good"] * 50).exit_code == 0
    assert most <= 2


def test_progress_is_told_on_a_terminal_only(tmp_path: Path) -> None:
    """Standard error is a terminal, standard output is not; the line is wiped before another is written."""
    file = tmp_path / "a.jsonl"
    file.write_text(f"{json.dumps({'language': 'en', 'text': 'x'})}\n" * 30 + "{", encoding="utf-8")
    code = (
        "import sys, materiel.cli.watch as w, materiel.cli.readers as rs; from materiel.model.article import Reading\n"
        "w.PAUSE = -1; rs.available = lambda: ('en',)\n"
        "class R: read = lambda _, a: Reading(id=a.id, language='en')\n"
        "rs.open_reader = lambda *_, **__: R()\n"
        "sys.argv = ['materiel', 'read', sys.argv[1]]; from materiel.cli.main import main; main()"
    )
    ours, theirs = pty.openpty()
    done = subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    out = b""
    try:
        while data := os.read(ours, 4096):
            out += data
    except OSError:
        pass
    os.close(ours)
    assert done.wait(60) == 1
    assert out.startswith(b"\r\x1b[K20 articles read\r\x1b[K21 articles read")
    assert b"\r\x1b[K30 articles read\r\x1b[K" + str(file).encode() + b":31: the JSON is cut off" in out
    silent = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, check=False, timeout=60)
    assert b"articles read" not in silent.stderr


def test_terms_are_checked_before_anything_is_read(run: Run) -> None:
    assert module.terms_of(("en",), "EN", "2024-05-06T10:00:00") == Terms(("en",), "en", "2024-05-06")
