"""Usage: where the forms of a language stand in its examples."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from materiel.languages.examples import Example
from materiel.languages.inflection import spellings
from materiel.languages.pieces import PIECE, pieces, same_letters
from materiel.languages.shape import Pack

STAR = 3  # a form that ends in `*` matches endings of up to so many letters


class Found(NamedTuple):
    """Characters `start:end` of an example's text."""

    example: Example
    start: int
    end: int

    def within(self, role: str) -> bool:
        """Whether a stretch marked with this role has some of these characters."""
        return any(m.role == role and m.start < self.end and self.start < m.end for m in self.example.spans)


class Usage:
    """An index of all words of the examples, by every way in which a form may spell them."""

    def __init__(self, examples: Sequence[Example], pack: Pack | None) -> None:
        self.endings = tuple(e.lower().lstrip("'’") for e in pack.endings) if pack else ()
        self.letters = same_letters(pack.alike) if pack else {}
        self.classes = pack.inflections if pack else {}
        self.texts = [
            [(m.group().lower().translate(self.letters), m.start(), m.end()) for m in PIECE.finditer(e.text)]
            for e in examples
        ]
        self.examples = examples
        self.places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, words in enumerate(self.texts):
            for at, (word, _, _) in enumerate(words):
                for key in self._keys(word):
                    self.places[key].append((number, at))

    def _keys(self, word: str) -> set[str]:
        """The spellings of a last word that match `word`: itself, without an ending, stems with `*`."""
        keys = {word, *(word.removesuffix(e) for e in self.endings if len(word) > len(e) + 1)}
        return keys | {word[: len(word) - n] + "*" for n in range(STAR + 1) if len(word) > n + 1}

    def find(self, form: str) -> Iterator[Found]:
        """Every place where a form stands, in any of its spellings."""
        for spelling in spellings(form, self.classes):
            yield from self._places(tuple(p.translate(self.letters) for p in pieces(spelling.form)))

    def _places(self, parts: tuple[str, ...]) -> Iterator[Found]:
        for number, last in self.places.get(parts[-1], ()) if parts else ():
            words = self.texts[number]
            first = last - len(parts) + 1
            if first >= 0 and all(words[first + k][0] == part for k, part in enumerate(parts[:-1])):
                yield Found(self.examples[number], words[first][1], words[last][2])
