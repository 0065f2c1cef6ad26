"""Pieces: a text as the encoder's word pieces, with the characters that each stands for."""

from functools import cache
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from materiel.encoder.base import base_encoder, is_common

Ints = NDArray[np.int64]


class Pieces(NamedTuple):
    """The pieces of a text: their numbers, and the characters `starts[i]:ends[i]` that piece i stands for."""

    ids: Ints
    starts: Ints
    ends: Ints


def pieces_of(string: str) -> Pieces:
    """The pieces of a string, without begin and end; offsets are characters of the string as given."""
    tokenizer, numbers = _tokenizer(is_common(normalize("NFKC", string)))
    made = tokenizer.encode(string.replace("\n", " "), add_special_tokens=False)
    offsets = np.array(made.offsets, dtype=np.int64).reshape(-1, 2)
    return Pieces(numbers[np.array(made.ids, dtype=np.int64)], offsets[:, 0], offsets[:, 1])


@cache
def _tokenizer(common: bool) -> tuple[Tokenizer, Ints]:
    """A tokenizer of all pieces or of those of the common alphabets, which takes half the time to make, and the
    numbers of its pieces; both part a text of these alphabets alike."""
    base = base_encoder()
    numbers = base.numbers(common)
    unknown = int(np.searchsorted(numbers, base.special[3]))
    made = Tokenizer(models.Unigram(base.pieces(numbers), unk_id=unknown))
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made, numbers
