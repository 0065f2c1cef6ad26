"""Near-copies of a text are told from two reports of one thing."""

from random import Random

import pytest

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
