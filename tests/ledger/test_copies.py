"""Near-copies of a text are told from two reports of one thing."""

from itertools import combinations
from random import Random
from unittest.mock import Mock

import numpy as np
import pytest

from materiel.ledger import copying
from materiel.ledger.cluster import components
from materiel.ledger.copies import alike, bands, signature

WORDS = [f"word{n}" for n in range(500)]
TEXT = Random(1).choices(WORDS, k=300)


def text(words: list[str]) -> bytes:
    return signature(" ".join(words))


def test_a_text_is_like_itself_however_it_is_set() -> None:
    assert signature(" ".join(TEXT)) == signature("\n\n".join(TEXT).upper())


@pytest.mark.parametrize(
    "copy",
    [
        TEXT[20:],  # the head is cut
        [*TEXT[:100], "and", "more", *TEXT[100:]],
        [*WORDS[:20], *TEXT],  # a paper's own first paragraph
        [w if n % 60 else "other" for n, w in enumerate(TEXT)],
    ],
)
def test_a_copy_that_was_edited_is_one(copy: list[str]) -> None:
    assert alike(text(TEXT), text(copy))
    assert set(bands([text(TEXT)])[0]) & set(bands([text(copy)])[0])


@pytest.mark.parametrize("seed", range(5))
def test_another_text_in_the_same_words_is_none(seed: int) -> None:
    other = Random(seed + 2).sample(TEXT, len(TEXT))
    assert not alike(text(TEXT), text(other))


def test_a_text_too_short_to_tell_is_like_none() -> None:
    assert signature("Five drones were handed over.") == b""
    assert not bands([]).size


def parts(names: list[str], pairs: list[tuple[str, str]]) -> list[int]:
    """What hangs together by some pairs, as the place of its first name for each name."""
    ends = np.array([[names.index(n) for n in pair] for pair in pairs]).reshape(-1, 2)
    return [int(n) for n in components(len(names), ends[:, 0], ends[:, 1])]


@pytest.mark.parametrize("seed", range(5))
def test_copies_of_copies_hang_together_as_if_all_were_compared(seed: int) -> None:
    dice = Random(seed)
    texts = [[w if dice.random() > 0.04 else "other" for w in TEXT] for _ in range(12)]
    signed = {f"a{n}": text(words) for n, words in enumerate(texts)}
    names = dice.sample(list(signed), len(signed))
    bands = names[:8], names[4:]
    every = [(a, b) for band in bands for a, b in combinations(band, 2) if alike(signed[a], signed[b])]
    assert parts(names, copying._near(bands, signed, signed, ())) == parts(names, every)
    old = parts(names, [pair for pair in every if "a0" not in pair])
    known = [(name, names[first]) for name, first in zip(names, old, strict=True)]
    came = copying._near(bands, signed, {"a0"}, known)
    assert parts(names, [*known, *came]) == parts(names, every)


def test_of_many_copies_each_is_compared_with_few(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = Mock(return_value=True)
    monkeypatch.setattr(copying, "alike", compared)
    names = [f"a{n}" for n in range(200)]
    assert len(copying._near([names] * 16, dict.fromkeys(names, b""), names, ())) == compared.call_count == 199
