"""Lexicon: all that a language pack and the world list, compiled into one index that is scanned once a text."""

import gc
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from materiel.languages.inflection import Case, spellings
from materiel.languages.load import load_language
from materiel.languages.pieces import pieces, same_letters
from materiel.languages.shape import Furniture, Language
from materiel.reading.text import Text, lower
from materiel.world.load import load_world
from materiel.world.shape import World

STAR = 3  # a form that ends in `*` matches endings of up to so many letters
ALL_CAPITALS = 5  # forms of so many capitals (`US`, `AS`) are only found in capitals
WORDS_KEPT = 200_000  # spellings whose look-up keys are remembered
# A report names what passes, says that it does, and says whose it is: a form of each must stand in an article.
FORCES = frozenset(("military", "navy", "airforce", "army"))
TOLD = "told"  # a thing of the world by what a language calls it; its own name is another
CIVIL = "civil"  # a class that no munitions list has (food, paintings) opens no gate by itself
GATES = (("item", "designation"), ("trigger",), ("country", "person", "organisation"))
# The gate that a form opens, the pieces that must stand in the text too, whether it wants a capital.
Opening = tuple[int, tuple[str, ...], bool]


class Entry(NamedTuple):
    """What a form means: `sort` of thing, `ref` to it, `detail` of the form."""

    sort: str
    ref: Any
    detail: str = ""


BACK = Entry("cue", "anaphor")  # words that refer to what was named (`the state`)


def gates_of(entry: Entry) -> tuple[int, ...]:
    """The gates that a meaning opens: forces and defence bodies stand for materiel, goods that arm nobody do not."""
    if entry.sort == "body":
        return (0,) if entry.ref.sort in FORCES else ()
    if entry.detail == CIVIL:
        return ()
    return tuple(gate for gate, sorts in enumerate(GATES) if entry.sort in sorts)


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
    opening: dict[str, tuple[str, ...]] = field(default_factory=dict)
    opened: dict[str, tuple[Opening, ...]] = field(default_factory=dict)

    def openings(self, word: str) -> tuple[Opening, ...]:
        """The gates that a word opens, alone or with others; remembered, since triage asks it of every word."""
        found = {
            (gate, form.rest, form.capital)
            for key in self.keys_of(word)
            if key in self.index
            for form in self.index[key].forms()
            for gate in gates_of(form.entry)
        }
        openings = tuple(sorted(found, key=lambda o: (o[0], len(o[1]), o[1])))
        if len(self.opened) < WORDS_KEPT:
            self.opened[word] = openings
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
        hits, at, n = [], 0, len(text.words)
        opening = self.opening
        words = text.words
        while at < n:
            word = words[at]
            keys = opening.get(word)
            if keys is None:
                keys = opening[word] = tuple(key for key in self.keys_of(word) if key in self.index)
            forms = self._longest(text, at, keys) if keys else None
            if not forms:
                at += 1
                continue
            if forms[0].rest and self._begins_name(text, at, forms):
                forms = [form for key in keys for form in self.index[key].alone if self._matches(form, text, at)]
                if not forms:
                    at += 1
                    continue
            rest = forms[0].rest
            last = at + 1 + len(rest)
            entries = tuple([form.entry for form in forms])
            sorts = frozenset([entry.sort for entry in entries])
            cases = next((form.cases for form in forms if form.cases), ())
            hits.append(Hit(at, last, entries, self._ending(forms[0], words[last - 1]), cases, sorts))
            at = last
        return hits

    def _begins_name(self, text: Text, at: int, forms: list[Form]) -> bool:
        """Whether words that refer back (`the state`) are the beginning of a name (`the State Department`)."""
        if any(form.entry != BACK for form in forms):
            return False
        inner = self._longest(text, at + 1, tuple(k for k in self.keys_of(text.words[at + 1]) if k in self.index))
        return bool(inner) and (len(inner[0].rest) >= len(forms[0].rest) or inner[0].capital)

    def _longest(self, text: Text, at: int, keys: tuple[str, ...]) -> list[Form]:
        """The longest forms that begin at a piece, the word itself before its stems."""
        words, word = text.words, text.words[at]
        following = words[at + 1] if at + 1 < len(words) else ""
        best: list[Form] = []
        for key in keys:
            node = self.index[key]
            if node.longer and following and (key == word or key[-1] == "*"):
                for second in self.keys.get(following) or self.keys_of(following):
                    if second not in node.longer:
                        continue
                    for form in node.longer[second]:
                        if best and len(form.rest) < len(best[0].rest):
                            break
                        if (second == following or len(form.rest) == 1 or second[-1] == "*") and self._matches(
                            form, text, at
                        ):
                            if best and len(form.rest) > len(best[0].rest):
                                best = []
                            best.append(form)
            if not best:
                best = [form for form in node.alone if not form.capital or self._matches(form, text, at)]
            elif key[-1] == "*" and not best[0].rest:  # a stem adds what the word itself does not mean
                known = {form.entry.sort for form in best}
                best = best + [f for f in node.alone if f.entry.sort not in known and self._matches(f, text, at)]
        return best

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


def entries_of(language: Language, world: World) -> Iterator[tuple[str, Entry]]:
    """Every form that a language or the world lists, with its meaning."""
    named: dict[str, dict[str, Any]] = {
        "person": {p.name: p for p in world.people},
        "organisation": {o.name: o for o in world.organisations},
        "place": {p.name: p for p in world.places},
        "designation": {d.name: d for d in world.designations},
    }
    for form, code in language.country_names.items():
        yield form, Entry("country", code, "name")
    for name in language.names:
        if name.sort in named:
            yield name.form, Entry(name.sort, named[name.sort][name.ref], TOLD)
        else:
            yield name.form, Entry("country", name.ref, name.sort)
    for sort, things in (
        ("person", world.people),
        ("organisation", world.organisations),
        ("place", world.places),
    ):
        for thing in things:
            for form in (thing.name, *thing.forms):
                yield form, Entry(sort, thing)
    for weapon in world.designations:
        for form in (weapon.name, *weapon.forms):
            yield form, Entry("designation", weapon)
    for item_class, forms in language.items.items():
        listed = world.item_classes[item_class].munitions_list
        yield from ((f, Entry("item", item_class, "" if listed else CIVIL)) for f in forms)
    yield from _words_of(language)


def _words_of(language: Language) -> Iterator[tuple[str, Entry]]:
    """The common words of a language: triggers, cues, numbers, dates, titles, speech."""
    for trigger in language.triggers:
        yield from ((f, Entry("trigger", trigger, shape)) for f, shape in trigger.forms)
    for cue, forms in language.cues.items():
        yield from ((f, Entry("cue", cue)) for f in forms)
    for title in language.titles:
        yield from ((f, Entry("title", title)) for f in title.forms)
    for body in language.bodies:
        yield from ((f, Entry("body", body)) for f in body.forms)
    speech, numbers, dates = language.speech, language.numbers, language.dates
    for name in ("verbs", "prepositions", "unnamed", "reports", "media", "quoting"):
        yield from ((f, Entry("speech", name)) for f in getattr(speech, name))
    for sort, table in (
        ("cardinal", numbers.cardinals),
        ("multiplier", numbers.multipliers),
        ("month", dates.months),
        ("weekday", dates.weekdays),
        ("dayword", dates.words),
        ("dayshift", dates.shifts),
        ("season", dates.seasons),
    ):
        yield from ((f, Entry(sort, value)) for f, value in table.items())
    for sort, groups in (
        ("vague", numbers.vague),
        ("qualifier", numbers.qualifiers),
        ("unit", numbers.units),
        ("currency", numbers.currencies),
        ("timeunit", dates.units),
    ):
        yield from ((f, Entry(sort, key)) for key, forms in groups.items() for f in forms)
    for sort, forms in (
        ("article", numbers.articles),
        ("counter", numbers.counters),
        ("measure", numbers.measures),
        ("past", dates.past),
        ("next", dates.next),
        ("this", dates.this),
        ("ago", dates.ago),
        ("earlier", dates.earlier),
        ("later", dates.later),
        ("early", dates.early),
        ("mid", dates.mid),
        ("late", dates.late),
        ("until", dates.until),
        ("since", dates.from_),
        ("skip", dates.ignore),
    ):
        yield from ((f, Entry(sort, None)) for f in forms)


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
    lexicon = Lexicon(
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
    gc.freeze()  # the index lives as long as the process: the collector need not walk it again
    return lexicon
