"""Marks: what the recognisers know of each piece of a text, for the encoder to see beside the piece itself."""

from typing import get_args

import numpy as np
from numpy.typing import NDArray

from materiel.encoder.pieces import Pieces
from materiel.languages.shape import CUES, NameSort
from materiel.model.claim import Kind, Status
from materiel.reading.features import GRAMMAR
from materiel.reading.scene import Scene
from materiel.world.shape import OrganisationSort

Ints = NDArray[np.int64]

OTHERS = ("place", "person", "title", "body", "item", "vague item", "date", "number", "value", "speech")
MENTIONS = tuple(dict.fromkeys((*get_args(NameSort), *get_args(OrganisationSort), *OTHERS)))
TRIGGERS = tuple((kind, status) for kind in get_args(Kind) for status in get_args(Status))
VOICES = ("active", "passive", "noun")
CLUES = tuple(sorted(CUES))
NAMED = 8  # countries and classes of things, by the order in which a text names them; those after the seventh are one
# Of each piece: the sort of mention, of trigger, the trigger's voice, the country, the thing, the cue; 0 where none.
STARTS = np.cumsum([1, len(MENTIONS), len(TRIGGERS), len(VOICES), NAMED, NAMED])
MARKS = int(STARTS[-1]) + len(CLUES)


def marks_of(scene: Scene, pieces: Pieces) -> Ints:
    """The marks of each piece, numbers below MARKS, shape (pieces, 6)."""
    text = scene.text
    found = np.zeros((len(pieces.ids), len(STARTS)), dtype=np.int64)

    def mark(first: int, last: int, column: int, number: int) -> None:
        low = np.searchsorted(pieces.ends, text.starts[first], side="right")
        high = np.searchsorted(pieces.starts, text.ends[last - 1], side="left")
        found[low:high, column] = STARTS[column] + number

    def mention(first: int, last: int, sort: str) -> None:
        mark(first, last, 0, MENTIONS.index(sort))

    for number in scene.numbers:
        mention(number.first, number.last, "value" if number.currency else "number")
    for when in scene.dates:
        mention(when.first, when.last, "date")
    for first, last, _ in (said for here in scene.speech for said in here):
        mention(first, last, "speech")
    things: dict[str, int] = {}
    for item in scene.items:
        mention(item.first, item.last, "vague item" if item.vague else "item")
        mark(item.first, item.last, 4, things.setdefault(item.item_class, min(len(things), NAMED - 1)))
    countries: dict[str, int] = {}
    for party in sorted(scene.parties, key=lambda p: p.first):
        mention(party.first, party.last, party.sort)
        if party.country:
            mark(party.first, party.last, 3, countries.setdefault(party.country, min(len(countries), NAMED - 1)))
    for led in scene.triggers:
        mark(led.first, led.last, 1, TRIGGERS.index((led.kind, led.trigger.status)))
        mark(led.first, led.last, 2, VOICES.index(led.voice))
    for at, cue in sorted((c for here in scene.cues for c in here), key=lambda c: (c[1] not in GRAMMAR, c)):
        mark(at, at + 1, 5, CLUES.index(cue))
    return found
