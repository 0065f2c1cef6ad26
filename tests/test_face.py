"""The face in Python: `materiel.read` and `materiel.Ledger`."""

from pathlib import Path

import pytest

import materiel
from made_events import drones, party
from materiel.ledger.records import Entry, Query
from materiel.model.article import Article
from materiel.model.errors import LedgerError


def test_a_ledger_keeps_claims_and_screens_their_events(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'l.db'}"
    claims = (drones(5, party("Vladimir Putin", "RU")),)
    with materiel.Ledger(address) as ledger:
        added = ledger.add([Entry(article=Article(id="a", language="en", text=""), claims=claims, origin="coded")])
    with materiel.Ledger(address, create=False) as ledger:
        (one,) = ledger.screened(Query(recipient="KP"))
    assert added.events == (one.event.id,)
    assert ("un-kp", "matches") in [(finding.embargo, finding.verdict) for finding in one.findings]


def test_what_a_ledger_refuses_can_be_caught(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        materiel.Ledger(str(tmp_path / "none.db"), create=False)


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="module 'materiel' has no attribute 'Leger'"):
        materiel.Leger  # noqa: B018
    assert all(hasattr(materiel, name) for name in materiel.__all__)
