"""A ledger of an older version is brought up to date where it lies; one of a newer version is left alone."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from made_entries import derived, entry, handover, state
from sqlalchemy import text

from materiel.ledger import database, tables
from materiel.ledger.database import VERSION_TABLE, open_database, reading, writing
from materiel.ledger.ledger import Ledger
from materiel.model.errors import LedgerError

NEXT = '''"""A step that does not exist yet."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.add_column("articles", sa.Column("colour", sa.Text(), nullable=False, server_default="red"))

'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a later version, which has one step more; not in use yet."""
    shutil.copytree(database.MIGRATIONS, tmp_path / "later")
    step = max((tmp_path / "later" / "versions").glob("0*.py"))
    new = tmp_path / "later" / "versions" / "9999_next.py"
    new.write_text(NEXT.format(head=step.name[:4]), encoding="utf-8")
    return tmp_path / "later"


def test_the_steps_make_the_tables_that_the_code_knows(address: str) -> None:
    engine = open_database(address, create=True)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_an_older_ledger_is_brought_up_to_date(address: str, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        before = state(ledger)
    monkeypatch.setattr(database, "MIGRATIONS", later)
    with Ledger(address, create=False) as ledger:
        assert state(ledger) == before
        with reading(ledger._engine) as connection:
            assert connection.execute(text("SELECT colour FROM articles")).scalar() == "red"


def test_a_step_that_fails_leaves_the_ledger_as_it_was(
    address: str, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        before = state(ledger)
    file = later / "versions" / "9999_next.py"
    file.write_text(file.read_text(encoding="utf-8") + '    op.drop_table("no_such_table")\n', encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", later)
        with pytest.raises(LedgerError, match="no_such_table"):
            Ledger(address)
    with Ledger(address) as ledger:
        assert state(ledger) == before


def test_a_newer_ledger_is_left_alone(address: str, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", later)
        Ledger(address).close()
    with pytest.raises(LedgerError, match=r"a newer materiel wrote it .*9999.*; update materiel"):
        Ledger(address)


def test_a_ledger_derived_by_other_rules_is_derived_anew_before_it_is_added_to(address: str) -> None:
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover())])
        with writing(ledger._engine) as connection:
            connection.execute(text("UPDATE rules SET rules = 'of long ago'"))
            connection.execute(text("UPDATE events SET status = 'halted'"))
        assert [s.status for s in ledger.events()] == ["halted"]
        ledger.add([entry("b", handover("US", "FR", date="2020-01-01"))])
        assert [s.status for s in ledger.events()] == ["delivered", "delivered"]


def test_a_ledger_of_the_first_version_becomes_one_of_this(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(database.MIGRATIONS, tmp_path / "first")
    for step in (tmp_path / "first" / "versions").glob("0*.py"):
        if step.name > "0002":
            step.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", tmp_path / "first")
        engine = open_database(address, create=True)
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO keys VALUES (1, 2)"))
        engine.dispose()
    with Ledger(address) as ledger:
        ledger.add([entry("a", handover()), entry("b", handover())])
        before = derived(ledger)
        ledger.rebuild()
        assert derived(ledger) == before
