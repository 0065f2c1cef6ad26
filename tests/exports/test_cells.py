"""Cells: what goes into a spreadsheet comes out of it as it was, and runs nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_events import HOSTILE
from materiel.exports.cells import read, read_list, written, written_list

TEXTS = st.text(st.one_of(st.sampled_from("'=+-@;\\u\t\r\n 0"), st.characters(exclude_categories=["Cs"])))


@given(TEXTS)
def test_a_cell_comes_back(text: str) -> None:
    cell = written(text)
    assert read(cell) == text
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
    assert not any(c in cell for c in "\t\r\n\x00\u202e\x1b")


@given(st.lists(TEXTS.map(str.strip).filter(bool)))
def test_a_list_comes_back(texts: list[str]) -> None:
    assert read_list(written_list(texts)) == texts


@pytest.mark.parametrize("text", ["'a", "''", "'", "'=a", "''=a", "C:\\users\\u202e", HOSTILE, "Côte d'Ivoire"])
def test_apostrophes_and_backslashes(text: str) -> None:
    assert read(written(text)) == text


def test_as_typed() -> None:
    assert read_list("a;b ; c") == ["a", "b", "c"]
    assert read_list(" ") == []
    assert read_list("; 4") == ["", "4"]
    assert read("C:\\x") == "C:\\x"
