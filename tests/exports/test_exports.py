"""Formats: the table, and what is said where a library is missing."""

import io
import sys

import pytest

from made_events import all_events
from materiel.exports.formats import FORMATS, writer_of
from materiel.model.errors import ExportError


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_the_same_twice(name: str) -> None:
    library = FORMATS[name].library
    if library:
        pytest.importorskip(library)
    first, second = io.BytesIO(), io.BytesIO()
    writer_of(name)(all_events(), first)
    writer_of(name)(iter(all_events()), second)
    assert first.getvalue() == second.getvalue() != b""


def test_no_such_format() -> None:
    with pytest.raises(ExportError, match="no format `xlsx`; choose one of jsonl, register"):
        writer_of("xlsx")


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.library])
def test_a_missing_library_names_the_extra(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, str(FORMATS[name].library), None)
    monkeypatch.delitem(sys.modules, f"materiel.exports.{name}", raising=False)
    with pytest.raises(ExportError, match=rf"pip install 'materiel\[{name}\]'"):
        writer_of(name)
