"""Checking: an answer becomes claims; what does not hold against the article is dropped and counted."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from materiel.languages.load import available, load_language
from materiel.llm.quoting import Quotes, place
from materiel.llm.schema import KINDS, PASSAGES, plain_cells
from materiel.model.article import Article
from materiel.model.claim import ROLES, Claim, Item, Party, Place, Span, Value
from materiel.model.dates import is_told_date
from materiel.model.needs import is_whole
from materiel.world.countries import is_country
from materiel.world.currencies import is_currency
from materiel.world.load import load_world

Raw = Mapping[str, Any]

# Why something was dropped.
NO_WORDS = "cells whose words do not stand in the article"
BAD_FORM = "cells of a wrong form"
NO_CLASS = "items of a class that there is not"
NO_COUNTRY = "countries that there are not"
BAD_CLAIM = "claims of a wrong form"
LACKING = "claims left without what their kind needs"
TWICE = "claims told twice"

SENTENCES = 4  # evidence sentences of one claim
LONGEST_NAME = 200  # characters; a longer name is none
MOST = 1e13  # of anything: no quantity, value or length of a visit is more


class Checked(NamedTuple):
    """What held of an answer, in the order of the article, and how often something was dropped, by why."""

    claims: list[Claim]
    dropped: Counter[str]


def check(answers: list[Any], article: Article) -> Checked:
    """Check the claims of an answer, each a JSON object in the form of `answer_schema`, against the article."""
    quotes, dropped = Quotes(article, _abbreviations(article.language)), Counter[str]()
    found: list[Claim] = []
    for raw in answers:
        kind = raw.get("kind") if isinstance(raw, dict) else None
        if not isinstance(kind, str) or kind not in KINDS:
            dropped[BAD_CLAIM] += 1
            continue
        claim = _Check(quotes, dropped, raw).claim(kind)
        if claim is None:
            dropped[LACKING] += 1
        elif claim in found:
            dropped[TWICE] += 1
        else:
            found.append(claim)
    return Checked(sorted(found, key=lambda c: place(c.spans["status"][0])), dropped)


def _abbreviations(language: str) -> frozenset[str]:
    """The abbreviations after which no sentence ends, where the language has a pack."""
    if language not in available():
        return frozenset()
    return frozenset(a.lower().rstrip(".") for a in load_language(language).abbreviations)


class _Check:
    """The check of one claim. Where words stand more than once, those nearest to its status are meant."""

    def __init__(self, quotes: Quotes, dropped: Counter[str], raw: Raw) -> None:
        self.quotes = quotes
        self.dropped = dropped
        self.raw = raw
        self.quoted = raw.get("quotes")
        self.near: Span | None = None
        self.spans: dict[str, tuple[Span, ...]] = {}

    def claim(self, kind: str) -> Claim | None:
        """The claim, each of its cells checked; None where too little of it is left."""
        record = KINDS[kind]
        fields = {f.encode_name: f for f in msgspec.structs.fields(record)}
        cells: dict[str, Any] = {}
        for cell in plain_cells(record):  # the status comes first: it tells where the others are looked for
            value = self._plain(cell, fields[cell].type)
            if value is not None:
                cells[cell] = value
            elif fields[cell].required:
                return None
        cells |= {role: self._listed(role, Party) for role in ROLES[kind]}
        cells["places"] = self._listed("places", Place)
        cells["sources"] = self._sources()
        if "items" in fields:
            cells["items"] = self._listed("items", Item)
        cells |= {cell: self._passage(cell) for cell in PASSAGES if cell in fields}
        if not is_whole(kind, cells):
            return None
        return record(**cells, spans=self.spans, evidence=self._evidence(kind, cells))

    def _plain(self, cell: str, kind: Any) -> Any:
        """The value of a plain cell, for which words are quoted; None where it has none or they do not stand there."""
        value = _converted(self.raw.get(cell), kind)
        if value is None or not _sound(cell, value):
            if self.raw.get(cell) is not None:
                self.dropped[BAD_FORM] += 1
            return None
        words = self.quoted.get(cell) if isinstance(self.quoted, dict) else None
        if cell == "stance" and value == "stated" and not words:
            return value
        span = self._stands(words)
        if span is None:
            return None
        self.near = self.near or span
        self.spans[cell] = (span,)
        return value

    def _stands(self, words: object) -> Span | None:
        span = self.quotes.find(words, self.near)
        if span is None:
            self.dropped[NO_WORDS] += 1
        return span

    def _listed(self, cell: str, kind: type[Party | Place | Item]) -> Any:
        """The parties, places or items of a cell that stand in the article, each once."""
        listed = self.raw.get(cell)
        if not isinstance(listed, list):
            self.dropped[BAD_FORM] += listed is not None
            return ()
        make = self._item if kind is Item else lambda raw: self._party(kind, raw)
        return tuple(dict.fromkeys(thing for raw in listed if (thing := make(raw)) is not None))

    def _party(self, kind: type[Any], raw: object) -> Party | Place | None:
        if not isinstance(raw, dict):
            self.dropped[BAD_FORM] += 1
            return None
        span = self._stands(raw.get("text"))
        if span is None:
            return None
        country, name, words = raw.get("country"), raw.get("name"), self.quotes.words(span)
        if country is not None and not (isinstance(country, str) and is_country(country)):
            self.dropped[NO_COUNTRY] += 1
            country = None
        if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
            name = words
        made: Party | Place = kind(text=words, name=name.strip(), country=country, span=span)
        return made

    def _item(self, raw: object) -> Item | None:
        item: Item | None = _converted({**raw, "span": None}, Item) if isinstance(raw, dict) else None
        if item is None or not isinstance(raw, dict) or not _sound("quantity", item.quantity):
            self.dropped[BAD_FORM] += 1
            return None
        if item.item_class not in load_world().item_classes:
            self.dropped[NO_CLASS] += 1
            return None
        span = self._stands(item.text)
        if span is None:
            return None
        item = msgspec.structs.replace(item, text=self.quotes.words(span), span=span)
        quoted = raw["quotes"] if isinstance(raw.get("quotes"), dict) else {}
        counted = any(cell is not None for cell in (item.quantity, item.qualifier, item.unit))
        if counted and not self._stands(quoted.get("quantity")):
            item = msgspec.structs.replace(item, quantity=None, qualifier=None, unit=None)
        if item.designation is not None and not self._stands(quoted.get("designation")):
            item = msgspec.structs.replace(item, designation=None)
        return item

    def _sources(self) -> tuple[str, ...]:
        listed = self.raw.get("sources")
        spans = [self._stands(words) for words in listed] if isinstance(listed, list) else []
        stand = list(dict.fromkeys(s for s in spans if s is not None))
        if stand:
            self.spans["sources"] = tuple(stand)
        return tuple(dict.fromkeys(map(self.quotes.words, stand)))

    def _passage(self, cell: str) -> str | None:
        """A cell that is itself a passage of the article."""
        if self.raw.get(cell) is None or (span := self._stands(self.raw[cell])) is None:
            return None
        self.spans[cell] = (span,)
        return self.quotes.words(span)

    def _evidence(self, kind: str, cells: Mapping[str, Any]) -> tuple[Span, ...]:
        """The sentences of the status's words, then of the items and parties."""
        things = [thing for cell in ("items", *ROLES[kind]) for thing in cells.get(cell, ())]
        spans = [*self.spans["status"], *(thing.span for thing in things)]
        return self.quotes.sentences(spans, SENTENCES)


def _converted(value: object, kind: Any) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return None


def _sound(cell: str, value: Any) -> bool:
    """Whether a value can be one of its cell at all."""
    if cell == "date":
        return is_told_date(value)
    if isinstance(value, Value):
        return 0 < value.amount <= MOST and is_currency(value.currency)
    return not isinstance(value, int | float) or 0 < value <= MOST
