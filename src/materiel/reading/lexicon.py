"""Lexicon: all that a language pack and the world list, compiled into one index that is scanned once a text."""

from collections.abc import Container, Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from materiel.languages.inflection import Case, spellings
from materiel.languages.load import load_language
from materiel.languages.pieces import pieces, same_letters
from materiel.languages.shape import Furniture, Language
from materiel.reading.entries import BACK, Entry, entries_of, gates_of
from materiel.reading.text import Text, lower
from materiel.world.load import load_world

STAR = 3  # a form that ends in `*` matches endings of up to so many letters
ALL_CAPITALS = 5  # forms of so many capitals (`US`, `AS`) are only found in capitals
WORDS_KEPT = 200_000  # spellings whose look-up keys are remembered
Opening = tuple[int, tuple[str, ...]]  # a gate, and the pieces that must stand in the text too for it to open


class Hit(NamedTuple):
    """Pieces `first:last` of a text that the lexicon knows, and what they may mean."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    ending: int = 0  # letters of the last word that are an ending, no part of the form
    cases: tuple[Case, ...] = ()  # those in which the form may stand, where its ending tells
    sorts: frozenset[str] = frozenset()  # of the entries

    def has(self, sorts: Set[str]) -> bool:
        """Whether it may mean something of one of these sorts."""
        return not self.sorts.isdisjoint(sorts)

    def says(self, cues: Container[str]) -> bool:
        """Whether it is a cue of one of these classes."""
        return "cue" in self.sorts and any(e.sort == "cue" and e.ref in cues for e in self.entries)


Meaning = tuple[tuple[Entry, ...], int, tuple[Case, ...], frozenset[str]]  # all of a hit but where it stands


class Form(NamedTuple):
    """A form in the index: its first piece, the others, whether it wants capitals, its meaning, its cases."""

    first: str
    rest: tuple[str, ...]
    capital: bool
    capitals: bool
    entry: Entry
    cases: tuple[Case, ...] = ()


class Node(NamedTuple):
    """The forms that begin with a piece: those of that piece alone, the others by their second piece, longest first."""

    alone: list[Form]
    longer: dict[str, list[Form]]

    def forms(self) -> Iterator[Form]:
        """All of them."""
        yield from self.alone
        for forms in self.longer.values():
            yield from forms


class Openings(NamedTuple):
    """The gates that a word opens alone, and those that it opens with others."""

    alone: frozenset[int]
    longer: tuple[Opening, ...]


class Leads(NamedTuple):
    """The keys of a word that are in the index, the longer forms that it begins, and the keys of their second words."""

    keys: tuple[str, ...]
    longer: tuple[dict[str, list[Form]], ...]
    seconds: frozenset[str]


@dataclass(slots=True)
class Lexicon:
    """The index of one language: first piece → forms."""

    language: Language
    index: dict[str, Node]
    endings: tuple[str, ...]
    stars: bool
    furniture: Furniture
    abbreviations: frozenset[str]
    letters: dict[int, str]
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    leads: dict[str, Leads] = field(default_factory=dict)
    alone: dict[str, Meaning | None] = field(default_factory=dict)
    opened: dict[str, Openings | None] = field(default_factory=dict)

    def word(self, written: str) -> str:
        """A word as the index has it: in lower case, with the letters that stand for others."""
        return lower(written).translate(self.letters) if self.letters else lower(written)

    def openings(self, written: str) -> Openings | None:
        """The gates that a word opens as it is written, None of none; remembered, since all are asked."""
        capital = not written[0].islower()
        found = {
            (gate, form.rest)
            for key in self.keys_of(self.word(written))
            if key in self.index
            for form in self.index[key].forms()
            if capital >= form.capital
            for gate in gates_of(form.entry)
        }
        alone = frozenset(gate for gate, rest in found if not rest)
        openings = Openings(alone, tuple(sorted(o for o in found if o[0] not in alone))) if found else None
        if len(self.opened) < WORDS_KEPT:
            self.opened[written] = openings
        return openings

    def keys_of(self, word: str) -> tuple[str, ...]:
        """The keys under which a word may stand in the index: itself, without an ending, as a stem."""
        found = self.keys.get(word)
        if found is None:
            keys = [word]
            keys += [word[: -len(e)] for e in self.endings if word.endswith(e) and len(word) - len(e) > 1]
            if self.stars:
                keys += [word[: len(word) - n] + "*" for n in range(STAR + 1) if len(word) - n > 1]
            found = tuple(keys)
            if len(self.keys) < WORDS_KEPT:
                self.keys[word] = found
        return found

    def scan(self, text: Text) -> list[Hit]:
        """The longest known forms of a text, from left to right, never overlapping."""
        hits, last, words = [], 0, text.words
        for at, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
            leads = self.leads.get(word) or self._leads(word)
            if at < last or not leads.keys:
                continue
            seconds = (self.keys.get(following) or self.keys_of(following)) if leads.longer else ()
            forms = [] if leads.seconds.isdisjoint(seconds) else self._longer(text, at, leads)
            last = at + 1
            if forms and self._begins_name(text, at, forms):
                forms = [form for key in leads.keys for form in self.index[key].alone if self._matches(form, text, at)]
                found = self._meaning(forms, word)
            elif forms:
                last += len(forms[0].rest)
                found = self._meaning(forms, words[last - 1])
            else:
                found = self._alone(text, at, leads)
            if found is not None:
                hits.append(Hit(at, last, *found))
        return hits

    def _leads(self, word: str) -> Leads:
        """What a word may begin."""
        keys = tuple(key for key in self.keys_of(word) if key in self.index)
        longer = tuple(self.index[key].longer for key in keys if key == word or key[-1] == "*")
        leads = Leads(keys, tuple(filter(None, longer)), frozenset().union(*longer))
        if len(self.leads) < WORDS_KEPT:
            self.leads[word] = leads
        return leads

    def _begins_name(self, text: Text, at: int, forms: list[Form]) -> bool:
        """Whether words that refer back (`the state`) are the beginning of a name (`the State Department`)."""
        if any(form.entry != BACK for form in forms):
            return False
        leads = self._leads(text.words[at + 1])
        inner = self._longer(text, at + 1, leads) or self._single(text, at + 1, leads.keys)
        return bool(inner) and (len(inner[0].rest) >= len(forms[0].rest) or inner[0].capital)

    def _longer(self, text: Text, at: int, leads: Leads) -> list[Form]:
        """The longest forms of several pieces that begin at a piece, the word itself before its stems."""
        following = text.words[at + 1] if at + 1 < len(text.words) else ""
        best: list[Form] = []
        seconds = self.keys_of(following)
        for longer in leads.longer:
            for second in seconds:
                for form in longer.get(second, ()):
                    if best and len(form.rest) < len(best[0].rest):
                        break
                    if (second == following or len(form.rest) == 1 or second[-1] == "*") and self._matches(
                        form, text, at
                    ):
                        if best and len(form.rest) > len(best[0].rest):
                            best = []
                        best.append(form)
        return best

    def _single(self, text: Text, at: int, keys: tuple[str, ...]) -> list[Form]:
        """The forms that a piece is by itself, the word before its stems; a stem adds what the word does not mean."""
        best: list[Form] = []
        for key in keys:
            if not best or key[-1] == "*":
                known = {form.entry.sort for form in best}
                best += [f for f in self.index[key].alone if f.entry.sort not in known and self._matches(f, text, at)]
        return best

    def _alone(self, text: Text, at: int, leads: Leads) -> Meaning | None:
        """What a piece means by itself; remembered by how it is written, since nothing around it matters."""
        written = text.string[text.starts[at] : text.ends[at]]
        if written in self.alone:
            return self.alone[written]
        found = self._meaning(self._single(text, at, leads.keys), text.words[at])
        if len(self.alone) < WORDS_KEPT:
            self.alone[written] = found
        return found

    def _meaning(self, forms: list[Form], word: str) -> Meaning | None:
        """What forms mean that end with a word; None where there are none."""
        if not forms:
            return None
        cases = next((form.cases for form in forms if form.cases), ())
        entries = tuple([form.entry for form in forms])
        return entries, self._ending(forms[0], word), cases, frozenset([entry.sort for entry in entries])

    @staticmethod
    def _ending(form: Form, word: str) -> int:
        """How many letters of the last word are an ending, no part of the form."""
        final = form.rest[-1] if form.rest else form.first
        return 0 if final[-1] == "*" else max(0, len(word) - len(final))

    def _matches(self, form: Form, text: Text, at: int) -> bool:
        last = at + 1 + len(form.rest)
        if form.rest:
            if last > len(text.words):
                return False
            for offset, piece in enumerate(form.rest, 1):
                word = text.words[at + offset]
                if word != piece and ((at + offset < last - 1 and piece[-1] != "*") or piece not in self.keys_of(word)):
                    return False
            if text.sentence_of[at] != text.sentence_of[last - 1]:
                return False
        if form.capitals:
            return text.string[text.starts[at] : text.ends[last - 1]].isupper()
        if form.capital:
            initial = text.string[text.starts[at]]
            return initial.isupper() or not initial.isalpha() or initial.lower() == initial.upper()
        return True


def _index(forms: Iterable[tuple[str, Entry]], language: Language) -> dict[str, Node]:
    index: dict[str, Node] = {}
    seen: set[tuple[Any, ...]] = set()
    letters = same_letters(language.alike)
    spelled = ((s.form, s.cases, entry) for form, entry in forms for s in spellings(form, language.inflections))
    for form, cases, entry in spelled:
        parts = tuple(piece.translate(letters) for piece in pieces(form))
        if not parts:
            continue
        key = (
            parts,
            entry.sort,
            entry.ref if isinstance(entry.ref, str | int) else id(entry.ref),
            entry.detail,
            cases,
        )
        if key in seen:
            continue
        seen.add(key)
        first, rest = parts[0], parts[1:]
        capital = form[0].isupper()
        made = Form(first, rest, capital, capital and form.isupper() and len(form) <= ALL_CAPITALS, entry, cases)
        node = index.setdefault(first, Node([], {}))
        (node.longer.setdefault(rest[0], []) if rest else node.alone).append(made)
    for node in index.values():
        for found in node.longer.values():
            found.sort(key=lambda f: -len(f.rest))
    return index


def _furniture(language: Language) -> Furniture:
    """The lines of a page that are no part of the article, in lower case."""
    kinds = language.furniture
    letters = same_letters(language.alike)
    return Furniture(
        *(tuple(lower(f).translate(letters) for f in forms) for forms in (kinds.starts, kinds.is_, kinds.contains))
    )


@cache
def lexicon_of(code: str) -> Lexicon:
    """The lexicon of a language, compiled once a process."""
    language = load_language(code)
    index = _index(entries_of(language, load_world()), language)
    return Lexicon(
        language,
        index,
        tuple(
            sorted(
                (e.lstrip("'’") for e in language.endings if e.strip("'’s") or e == "s"),
                key=len,
                reverse=True,
            )
        ),
        any(
            f.first.endswith("*") or any(p.endswith("*") for p in f.rest)
            for node in index.values()
            for f in node.forms()
        ),
        _furniture(language),
        frozenset(a.lower().rstrip(".") for a in language.abbreviations),
        same_letters(language.alike),
    )
