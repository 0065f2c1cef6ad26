"""Pieces: a text as the encoder's word pieces, with the characters that each stands for."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from materiel.encoder.base import base_encoder

Ints = NDArray[np.int64]


class Pieces(NamedTuple):
    """The pieces of a text: their numbers, and the characters `starts[i]:ends[i]` that piece i stands for."""

    ids: Ints
    starts: Ints
    ends: Ints


def pieces_of(string: str) -> Pieces:
    """The pieces of a string, without begin and end; offsets are characters of the string as given."""
    made = _tokenizer().encode(string.replace("\n", " "), add_special_tokens=False)
    offsets = np.array(made.offsets, dtype=np.int64).reshape(-1, 2)
    return Pieces(np.array(made.ids, dtype=np.int64), offsets[:, 0], offsets[:, 1])


@cache
def _tokenizer() -> Tokenizer:
    base = base_encoder()
    made = Tokenizer(models.Unigram(base.pieces, unk_id=base.special[3]))
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made
