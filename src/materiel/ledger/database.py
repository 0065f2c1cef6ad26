"""Database: opens a ledger's SQLite file or PostgreSQL database, and knows every difference between the two."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from materiel.ledger.tables import metadata
from materiel.model.errors import LedgerError

MIGRATIONS = Path(__file__).with_name("migrations")
VERSION_TABLE = "ledger_version"
PATIENCE_S = 60  # how long one writer waits for another
LOCK = 0x6D617465  # the number of the advisory lock that writers to PostgreSQL take
AT_ONCE = 20_000  # rows that are written in one go
# What a database says (a part of it, in lower case), and what to do about it.
MENDS = {
    "full": "nothing of this step was kept; make room and run it again",
    "disk i/o error": "nothing of this step was kept; see to the disk and run it again",
    "no space left": "nothing of this step was kept; make room and run it again",
    "unable to open database file": "is its folder there, and may you write in it?",
    "file is not a database": "it is no ledger; give another file",
    "malformed": "the file is damaged; take it from a backup",
    "database is locked": f"another program has been writing for {PATIENCE_S} s; try again when it is done",
    "lock timeout": f"another program has been writing for {PATIENCE_S} s; try again when it is done",
    "readonly database": "you may not write in it; give another file",
    "read-only": "you may not write in it; give another database",
    "permission denied": "you may not write in it; ask who keeps the database",
    "authentication failed": "are user and password right?",
    "does not exist": "make the database, or give the name of one that is there",
    "connection": "is the server running, and is the address right?",
    "resolve host": "is the server's name right?",
}


def open_database(address: str, create: bool) -> Engine:
    """The database at an address (`sqlite:///FILE`, `postgresql://…`, or the path of a file), its tables up to date."""
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        _look_for(url, create)
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        raise LedgerError(f"{error.name} is not installed; pip install 'materiel[postgres]'") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        _bring_up_to_date(engine, create)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes, alone: all of it is kept, or nothing; a second writer waits."""
    with _told(engine), engine.connect() as opened:
        connection = opened.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
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


def insert_many(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Insert very many rows, each with every column in order, by the fastest way that the database has.

    What makes the rows must not use the connection, which is busy with them.
    """
    if connection.dialect.name == "postgresql":
        cursor: Any = connection.connection.cursor()
        with cursor, cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    left = iter(rows)
    marks = ", ".join("?" * len(table.columns))
    while some := list(islice(left, AT_ONCE)):
        connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", [tuple(row) for row in some])


def insert_columns(connection: Connection, table: Table, *columns: NDArray[np.int64]) -> None:
    """Insert very many rows of numbers, given as columns in order, by the fastest way that the database has."""
    parts = (slice(k, k + AT_ONCE) for k in range(0, len(columns[0]), AT_ONCE))
    few = ([column[part].tolist() for column in columns] for part in parts)
    insert_many(connection, table, (row for some in few for row in zip(*some, strict=True)))


def tidy(engine: Engine) -> None:
    """Tell the database how its tables have changed, after very many rows were written."""
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            connection.execute(text("PRAGMA optimize"))
        return
    with _told(engine), engine.connect() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text(f"VACUUM (ANALYZE) {', '.join(metadata.tables)}"))


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite", database=address)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise LedgerError(f"'{address}' is no address of a ledger; write sqlite:///FILE or postgresql://…") from None
    if url.get_backend_name() in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise LedgerError(f"a ledger cannot be kept in {url.get_backend_name()}; take sqlite:///FILE or postgresql://…")
    return url


def _look_for(url: URL, create: bool) -> None:
    """Refuse what SQLite would open without a word: no file, or a file that is not there."""
    if not url.database or url.database == ":memory:":
        raise LedgerError("a ledger needs a file; write sqlite:///FILE")
    if not create and not Path(url.database).exists():
        raise LedgerError(f"there is no ledger {url.database}; materiel add makes one")


def _bring_up_to_date(engine: Engine, create: bool) -> None:
    config = Config(attributes={"version_table": VERSION_TABLE})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    with reading(engine) as connection:
        version = _version(connection, script, create)
    if version == script.get_current_head():
        return
    with writing(engine) as connection:
        if _version(connection, script, create) != script.get_current_head():  # another may have been faster
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _version(connection: Connection, script: ScriptDirectory, create: bool) -> str | None:
    """The version of the tables; None where there are none yet."""
    there = inspect(connection).get_table_names()
    where = connection.engine.url.render_as_string(hide_password=True)
    if VERSION_TABLE not in there:
        if there:
            raise LedgerError(f"{where}: it holds tables of something else ({there[0]}); give a file of its own")
        if not create:
            raise LedgerError(f"{where}: there is no ledger in it; materiel add makes one")
        return None
    version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    known = {revision.revision for revision in script.walk_revisions()}
    if version not in known:
        raise LedgerError(f"{where}: a newer materiel wrote it (its tables are of version {version}); update materiel")
    return str(version)


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """Leave transactions to `_begin_sqlite`; what is acknowledged is on disk, readers and a writer do not wait."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {PATIENCE_S * 1000}", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA cache_size = -256000")


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Turn what a database says into what a person can mend."""
    where = engine.url.render_as_string(hide_password=True)
    try:
        yield
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        raise LedgerError(f"{where}: {_mend(str(said).strip())}") from error
    except SQLAlchemyError as error:
        raise LedgerError(f"{where}: {str(error).splitlines()[0]}") from error


def _mend(said: str) -> str:
    first = said.splitlines()[0] if said else "the database failed"
    return next((f"{first} ({mend})" for key, mend in MENDS.items() if key in said.casefold()), first)
