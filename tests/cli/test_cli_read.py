"""`materiel read` as people run it: real processes, real files, exit statuses and what is said."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = "Russia delivered five drones to Belarus on Monday, TASS reported."
GOOD = json.dumps({"id": "good", "language": "en", "published": "2024-05-08", "text": TEXT})


def materiel(*args: str | Path, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "materiel", *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        timeout=120,
        check=False,
    )


def ids(out: bytes) -> list[str]:
    return [json.loads(line)["id"] for line in out.splitlines()]


def written(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two good articles."""
    top = tmp_path_factory.mktemp("articles")
    written(top / "a.json", GOOD)
    written(top / "b.txt", TEXT)
    return top


def test_a_pipe_gets_an_object_an_article(folder: Path) -> None:
    done = materiel("read", folder)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = map(json.loads, done.stdout.splitlines())
    assert list(first) == ["id", "language", "published", "title", "claims"]
    assert (first["id"], first["published"], second["language"], second["published"]) == (
        "good",
        "2024-05-08",
        "en",
        "",
    )
    (claim,) = first["claims"]
    assert (claim["kind"], claim["status"], claim["event"]) == ("transfer", "delivered", None)
    span = claim["supplier"][0]["span"]
    assert TEXT[span["start"] : span["end"]] == claim["supplier"][0]["text"] == "Russia"
    evidence = claim["evidence"][0]
    assert "drones" in TEXT[evidence["start"] : evidence["end"]]


def test_json_is_one_list(folder: Path) -> None:
    first, _ = json.loads(materiel("read", folder, "--format", "json").stdout)
    assert first["id"] == "good"
    assert json.loads(materiel("read", folder / "none", "--format", "json").stdout) == []


def test_csv_has_a_row_a_claim(folder: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(materiel("read", folder / "a.json", "--format", "csv").stdout.decode()))
    assert (row["id"], row["kind"], row["supplier_country"]) == ("good", "transfer", "RU")
    assert "drones" in row["evidence"]


def test_text_quotes_the_evidence_without_escapes_in_a_pipe(folder: Path) -> None:
    out = materiel("read", folder / "a.json", "--format", "text").stdout.decode()
    assert "TRANSFER  delivered, stated" in out
    assert "│ Russia delivered five drones" in out
    assert "\x1b" not in out


def test_what_the_readme_shows_is_what_comes_out() -> None:
    shown = re.findall(r"^```\n(  TRANSFER.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.M)
    out = materiel(
        "read", ROOT / "examples/kim-oleh-oleh.json", "--reader", "trained", "--format", "text"
    ).stdout.decode()
    assert shown
    assert all(block in out for block in shown)


def on_terminal(args: Sequence[str | Path], **env: str) -> bytes:
    """What a command writes when its standard output is a terminal."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "materiel", *map(str, args)],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm", **env},
    )  # fmt: skip
    os.close(theirs)
    out = b""
    try:
        while data := os.read(ours, 4096):
            out += data
    except OSError:  # how Linux says that the other end is closed
        pass
    assert run.wait(120) == 0
    os.close(ours)
    return out


def test_a_terminal_gets_marked_blocks(folder: Path) -> None:
    out = on_terminal(["read", folder / "a.json"])
    assert b"\x1b[31m\x1b[1mRussia\x1b[0m" in out
    assert b"\x1b[" not in on_terminal(["read", folder / "a.json"], NO_COLOR="1")


@pytest.mark.parametrize("form", ["text", "jsonl", "json", "csv"])
def test_hostile_text_cannot_act_on_the_terminal(tmp_path: Path, form: str) -> None:
    hostile = "Russia delivered \x1b]0;owned\x07 \x9b31m five drones \u202eot to Belarus, TASS reported.\x7f"
    file = written(
        tmp_path / "a.json",
        json.dumps({"id": "\x1b[2J", "title": "\x1b[8m", "language": "en", "text": hostile}),
    )
    out = on_terminal(["read", file, "--format", form], NO_COLOR="1").decode()
    assert out.strip()
    assert not set(out) & set("\x1b\x07\x9b\u202e\x7f")


def test_standard_input_and_options() -> None:
    done = materiel("read", "-", "--language", "en", "--published", "2024-05-08", stdin=b"5 drones.")
    assert (done.returncode, done.stderr) == (0, b"")
    reading = json.loads(done.stdout)
    assert (reading["language"], reading["published"]) == ("en", "2024-05-08")


def test_articles_are_written_as_they_are_read() -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "materiel", "read", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert run.stdin and run.stdout
    for _ in range(3):
        run.stdin.write(GOOD.encode() + b"\n")
        run.stdin.flush()
        assert json.loads(run.stdout.readline())["id"] == "good"
    run.communicate()
    assert run.returncode == 0


def test_a_reader_that_stops_listening_is_no_trouble() -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "materiel", "read", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert run.stdin and run.stdout and run.stderr
    run.stdin.write(GOOD.encode() + b"\n")
    run.stdin.flush()
    run.stdout.readline()
    run.stdout.close()
    run.stdin.write(GOOD.encode() + b"\n")
    run.stdin.close()
    assert run.wait(120) == 1
    assert run.stderr.read() == b""
    run.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_a_full_disk_is_an_error(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "materiel", "read", str(folder)],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: No space left on device")
    assert b"Traceback" not in done.stderr


BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("x.txt", b"", "x.txt: this is empty; put"),
    "binary": ("x.txt", b"GIF89a\0\0", "x.txt: this is a binary file, not text; convert it"),
    "latin-1": (
        "x.txt",
        b"Caf\xe9 " + TEXT.encode(),
        "x.txt: byte 3 (0xE9) is not UTF-8; save it as",
    ),
    "too long": ("x.jsonl", b"x" * 50_000_000, "x.jsonl:1: this line is longer than 20 MB"),
    "language": (
        "x.json",
        json.dumps({"language": "tlh", "text": TEXT}).encode(),
        "x.json: it is in the language 'tlh', which cannot be read (only ",
    ),
    "told language": (
        "x.txt",
        "Le ministère de la Défense a annoncé lundi avoir livré cinq drones à l'armée.".encode(),
        "x.txt: it seems to be in 'fr', which cannot be read (only ",
    ),
    "cut off": ("x.json", GOOD[:40].encode(), "x.json: the JSON is cut off; fetch or write the file again"),
    "type": ("x.json", b'{"text": "a", "published": 5}', "x.json: $.published: expected str | null, got int"),
    "date": (
        "x.json",
        json.dumps({"text": TEXT, "language": "en", "published": "May 8"}).encode(),
        "x.json: $.published: 'May 8' is no date; write it as 2025-04-08",
    ),
    "line": ("x.jsonl", f"{GOOD}\n{{]\n{GOOD}".encode(), "x.jsonl:2: this is no valid JSON"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    file, data, says = BAD[name]
    written(tmp_path / file, data)
    written(tmp_path / "a.json", GOOD)
    written(tmp_path / "z.json", GOOD)
    done = materiel("read", tmp_path)
    assert done.returncode == 1
    assert ids(done.stdout) == ["good"] * (4 if name == "line" else 2)
    said = done.stderr.decode().splitlines()
    assert said[0].removeprefix(f"{tmp_path}{os.sep}").startswith(says)
    assert said[1:] == [f"1 could not be read, {len(ids(done.stdout))} were"]


def test_utf16_and_signatures_are_read(tmp_path: Path) -> None:
    files = [
        written(tmp_path / "a.txt", TEXT.encode("utf-16")),
        written(tmp_path / "b.txt", TEXT.encode("utf-8-sig")),
        written(tmp_path / "c.txt", TEXT.encode()),
    ]
    done = materiel("read", *files)
    assert done.returncode == 0
    assert len(set(done.stdout.splitlines())) == 1


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    written(tmp_path / "loop" / "a.json", GOOD)
    (tmp_path / "loop" / "again").symlink_to(tmp_path / "loop")
    done = materiel("read", "none.txt", "empty", "loop", cwd=tmp_path)
    assert done.returncode == 1
    assert ids(done.stdout) == ["good"]
    assert done.stderr.decode().splitlines() == [
        "none.txt: there is no such file or folder; check the path",
        "empty: there are no articles in this folder (*.txt, *.json, *.jsonl); name the files themselves",
        f"loop{os.sep}again: this link leads back to loop, read once; remove it",
        "3 could not be read, 1 were",
    ]


def test_a_hostile_file_name_is_shown_escaped(tmp_path: Path) -> None:
    done = materiel("read", written(tmp_path / "\x1b[2Ja.txt", b""))
    assert b"\\x1b[2Ja.txt: this is empty" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["read"], "Missing argument"),
        (["read", "-", "--format", "xml"], "'xml' is not one of"),
        (["read", "-", "--language", "tlh"], "'tlh' is no language that can be read ("),
        (["read", "-", "--published", "May"], "'May' is no date; write it as 2025-04-08"),
        (["read", "-", "--colour"], "No such option"),
        (["rede"], "No such command"),
    ],
)
def test_wrong_usage(args: list[str], says: str) -> None:
    done = materiel(*args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in done.stderr.decode()


def test_a_closed_standard_input_is_empty() -> None:
    script = f'"{sys.executable}" -m materiel read - <&-'
    done = subprocess.run(["sh", "-c", script], capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr[:26]) == (1, b"(standard input): this is ")
