"""Whatever fails, nothing that was acknowledged is lost, no article is half there, and the error says what to do."""

import os
import pwd
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from typing import NamedTuple

import psycopg
import pytest
from made_entries import entry, handover, state
from sqlalchemy import create_engine, inspect, select, text

from conftest import NOBODY, new_database
from materiel.ledger import database, tables
from materiel.ledger.database import reading
from materiel.ledger.ledger import Ledger
from materiel.model.errors import LedgerError

ADDER = Path(__file__).with_name("adder.py")
SHARES = (0.1, 0.5, 0.9)  # of a step's time after which a writer is killed


def adder(address: str, prefix: str = "a", number: int = 1000, at_once: int = 5, **options: object) -> "Popen[str]":
    command = [sys.executable, str(ADDER), address, prefix, str(number), str(at_once)]
    return Popen(command, stdout=PIPE, stderr=PIPE, text=True, **options)  # type: ignore[call-overload, no-any-return]


def kept(address: str) -> set[str]:
    """The articles of a ledger, each of which must be whole and in the events, and the same after a rebuild."""
    with Ledger(address, create=False) as ledger:
        with reading(ledger._engine) as connection:
            given = [row.given for row in connection.execute(select(tables.articles.c.given))]
        reports = [r.article for s in ledger.screened() for r in s.event.reports]
        assert sorted(reports) == sorted(given * 2)
        before = state(ledger)
        ledger.rebuild()
        assert state(ledger) == before
    return set(given)


@pytest.mark.parametrize("share", SHARES)
def test_a_killed_writer_loses_nothing_that_it_acknowledged(address: str, share: float) -> None:
    with adder(address) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
        done, took = 0, 0.0
        for _ in range(3):
            began = time.monotonic()
            done = int(writer.stdout.readline())
            took = time.monotonic() - began
        time.sleep(took * (share + random.uniform(-0.1, 0.1)))
        writer.send_signal(signal.SIGKILL)
        done = max([done, *(int(line) for line in writer.stdout.read().split())])
    assert writer.returncode == -signal.SIGKILL
    there = kept(address)
    assert {f"a{n}" for n in range(done)} <= there
    assert len(there) % 5 == 0
    with Ledger(address) as ledger:
        ledger.add([entry("later", handover())])


def test_two_writers_at_once_both_write(address: str) -> None:
    Ledger(address).close()
    with adder(address, "a", 15) as one, adder(address, "b", 15) as other:
        for writer in (one, other):
            assert writer.communicate(timeout=120)[1] == ""
    assert kept(address) == {f"{prefix}{n}" for prefix in "ab" for n in range(15)}


def test_two_that_make_one_ledger_at_once_make_one(address: str) -> None:
    with adder(address, "a", 1) as one, adder(address, "a", 1) as other:
        for writer in (one, other):
            assert writer.communicate(timeout=120)[1] == ""
    assert kept(address) == {"a0"}


def test_a_writer_that_waits_too_long_says_so(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 1)
    with Ledger(address) as one, Ledger(address) as other, database.writing(one._engine):
        with pytest.raises(LedgerError, match="try again when it is done"):
            other.add([entry("a", handover())])
        assert other.events() == []


class Disk(NamedTuple):
    """A ledger on a small disk of which a file takes a part that can be freed."""

    address: str
    ballast: Path


def test_a_full_disk_is_told_and_nothing_is_lost(disk: Disk) -> None:
    with adder(disk.address, at_once=10) as writer:
        out, said = writer.communicate(timeout=300)
    assert writer.returncode == 1, said
    assert re.search(
        r"(full|No space left on device) \(nothing of this step was kept; make room and run it again", said
    )
    done = int(out.split()[-1])
    assert done > 0
    disk.ballast.unlink()
    assert kept(disk.address) == {f"a{n}" for n in range(done)}
    with Ledger(disk.address) as ledger:
        ledger.add([entry("later", handover())])


@pytest.fixture(params=["sqlite", "postgresql"])
def disk(request: pytest.FixtureRequest) -> Iterator[Disk]:
    """A ledger on a file system of its own, which only root can make."""
    if os.geteuid():
        pytest.skip("only root can mount a small disk")
    with tempfile.TemporaryDirectory() as name:
        small, size = Path(name), {"sqlite": 8, "postgresql": 24}[request.param]
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=777", "tmpfs", small], check=True)
        try:
            ballast = small / "ballast"
            ballast.write_bytes(b" " * (size * 600_000))
            if request.param == "sqlite":
                yield Disk(f"sqlite:///{small / 'ledger.db'}", ballast)
            else:
                server = request.getfixturevalue("postgres")
                with _tablespace(server, small) as space:
                    yield Disk(new_database(server, f"TABLESPACE {space}"), ballast)
        finally:
            subprocess.run(["umount", "--lazy", small], check=True)


@contextmanager
def _tablespace(server: str, folder: Path) -> Iterator[str]:
    """A place for databases of the server in a folder."""
    space = folder / "space"
    space.mkdir()
    nobody = pwd.getpwnam(NOBODY)
    os.chown(space, nobody.pw_uid, nobody.pw_gid)
    Path(folder).chmod(0o755)
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
        yield "small"
        for (name,) in connection.execute(
            "SELECT datname FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE spcname = 'small'"
        ).fetchall():
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.execute("DROP TABLESPACE small")


def test_a_limit_on_files_is_met_like_a_full_disk(tmp_path: Path) -> None:
    limit = (1_000_000, 1_000_000)
    address = str(tmp_path / "ledger.db")
    with adder(address, at_once=10, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)) as writer:
        out, said = writer.communicate(timeout=300)
    assert "nothing of this step was kept" in said
    assert kept(address) == {f"a{n}" for n in range(int(out.split()[-1]))}


@pytest.mark.parametrize("content", [b"no database at all, but a text of some length" * 100, b"\x00" * 4096])
def test_what_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    with pytest.raises(LedgerError, match="give another file"):
        Ledger(str(file))
    assert file.read_bytes() == content


def test_a_database_of_something_else_is_left_as_it_is(address: str) -> None:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE articles (price INTEGER)"))
    with pytest.raises(LedgerError, match="tables of something else"):
        Ledger(address)
    assert inspect(engine).get_table_names() == ["articles"]
    engine.dispose()


def test_a_ledger_that_is_not_there_is_not_made_unless_asked(address: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="materiel add makes one"):
        Ledger(address, create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("no/such/folder/ledger.db", "is its folder there"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://localhost/ledger", "cannot be kept in mysql"),
        ("http://localhost/ledger", "cannot be kept in http"),
        ("://ledger", "no address of a ledger"),
        ("postgresql://nobody@127.0.0.1:1/ledger", "is the server running"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    wrong: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LedgerError, match=why):
        Ledger(wrong)


def test_a_database_that_the_server_has_not_is_told(postgres: str) -> None:
    with pytest.raises(LedgerError, match=r"does not exist \(make the database"):
        Ledger(postgres.format("nowhere"))


def test_a_password_is_not_shown() -> None:
    with pytest.raises(LedgerError) as told:
        Ledger("postgresql://ada:secret@127.0.0.1:1/ledger")
    assert "secret" not in str(told.value)


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir()
    with _sealed(folder) as seal:
        with Ledger(str(folder / "ledger.db")) as ledger:
            ledger.add([entry("a", handover())])
        seal()
        with pytest.raises(LedgerError, match="may you write in it"):
            Ledger(str(folder / "ledger.db"))


@contextmanager
def _sealed(folder: Path) -> Iterator[Callable[[], object]]:
    """What makes a folder read-only: its rights, or for root, who may write everything, the disk that it is on."""
    if os.geteuid():
        yield lambda: subprocess.run(["chmod", "-R", "a-w", folder], check=True)
        folder.chmod(0o755)
        return
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
    yield lambda: subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    subprocess.run(["umount", "--lazy", folder], check=True)
