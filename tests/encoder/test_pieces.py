"""Pieces and windows: offsets are characters of the text as given, and every piece is owned once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.encoder.pieces import _tokenizer, pieces_of
from materiel.encoder.windows import LONGEST, windows_of

TEXTS = [
    "Kim Jong-un mendapatkan lima drone.\n\nOleh-oleh itu “Geran 25”…",
    "Россия передала Сирии С-300 «Фаворит».",
    "🚀🚀 The Ｆ-16 jets ﬁnally came — 12 of them.",
    "朝鮮は砲弾を供与した。",
]


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_stand_where_their_offsets_say(text: str) -> None:
    pieces = pieces_of(text)
    assert (pieces.starts[1:] >= pieces.starts[:-1]).all()
    covered = {i for a, b in zip(pieces.starts, pieces.ends, strict=True) for i in range(a, b)}
    assert {i for i, c in enumerate(text) if c.isalnum()} <= covered
    assert pieces.ends.max() <= len(text)


@given(st.text(st.characters(max_codepoint=0x2FFF), max_size=80))
@settings(max_examples=200, deadline=None)
def test_the_pieces_of_common_alphabets_are_those_that_all_would_give(text: str) -> None:
    found, made = pieces_of(text), _tokenizer(False)[0].encode(text.replace("\n", " "))
    assert found.ids.tolist() == made.ids
    assert list(zip(found.starts, found.ends, strict=True)) == made.offsets


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_has_offsets_within_it(text: str) -> None:
    pieces = pieces_of(text)
    assert ((pieces.starts >= 0) & (pieces.ends <= len(text)) & (pieces.starts <= pieces.ends)).all()


@given(count=st.integers(0, 3000), starts=st.sets(st.integers(0, 3000), max_size=60))
@settings(deadline=None)
def test_windows_own_every_piece_once(count: int, starts: set[int]) -> None:
    windows = windows_of(count, np.array(sorted(starts)))
    owned = [i for w in windows for i in range(w.own, w.last)]
    assert owned == list(range(count))
    assert all(w.first <= w.own and w.last - w.first <= LONGEST for w in windows)
