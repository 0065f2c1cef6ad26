"""Database: opens a ledger's SQLite file or PostgreSQL database, and knows every difference between the two."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from materiel.model.errors import LedgerError

MIGRATIONS = Path(__file__).with_name("migrations")
PATIENCE_S = 60  # how long one writer waits for another
LOCK = 0x6D617465  # the number of the advisory lock that writers to PostgreSQL take


def open_database(address: str) -> Engine:
    """The database at an address (`sqlite:///FILE`, `postgresql://…`, or the path of a file), its tables up to date."""
    engine = create_engine(_url(address))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    with writing(engine) as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, "head")
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, alone: all of it is kept, or nothing; a second writer waits."""
    with _told(engine), engine.connect() as opened:
        connection = opened.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger from first to last."""
    with _told(engine), engine.connect() as opened:
        level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        connection = opened.execution_options(**level)
        with connection.begin():
            yield connection


def _url(address: str) -> str:
    if "://" not in address:
        return f"sqlite:///{address}"
    try:
        url = make_url(address)
    except ArgumentError:
        raise LedgerError(f"'{address}' is no address of a ledger; write sqlite:///FILE or postgresql://…") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    elif url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"a ledger cannot be kept in {url.get_backend_name()}; take sqlite:///FILE or postgresql://…")
    return url.render_as_string(hide_password=False)


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """Leave transactions to `_begin_sqlite`; what is acknowledged is on disk, readers and a writer do not wait."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {PATIENCE_S * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -64000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Turn what a database says into what a person can mend."""
    where = engine.url.render_as_string(hide_password=True)
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"{where}: {_mend(str(error.orig).strip())}") from error
    except SQLAlchemyError as error:
        raise LedgerError(f"{where}: {str(error).splitlines()[0]}") from error


def _mend(said: str) -> str:
    mends = {
        "disk is full": "nothing of this step was kept; make room and run it again",
        "unable to open database file": "is its folder there, and may you write in it?",
        "file is not a database": "it is no ledger; give another file",
        "database is locked": f"another program has been writing for {PATIENCE_S} s; try again when it is done",
        "readonly database": "you may not write in it; give another file",
        "connection": "is the server running, and is the address right?",
    }
    first = said.splitlines()[0] if said else "the database failed"
    return next((f"{first} ({mend})" for key, mend in mends.items() if key in said.casefold()), first)
