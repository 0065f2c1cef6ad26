"""Scene: all that the recognisers find in one text, laid out so that distances and clause borders cost nothing."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from itertools import accumulate, pairwise
from typing import Any, Protocol, TypeVar, TypeVarTuple

import msgspec

from materiel.languages.shape import Language, Trigger
from materiel.model.article import Article
from materiel.reading.cases import bare_case, governed
from materiel.reading.dates import DateReader, When
from materiel.reading.days import YEARS
from materiel.reading.insight import Insight
from materiel.reading.items import find_items
from materiel.reading.lexicon import Hit, Lexicon
from materiel.reading.mention import ItemMention, PartyMention
from materiel.reading.numbers import Number, read_numbers
from materiel.reading.offices import infer_countries
from materiel.reading.parties import find_parties
from materiel.reading.text import OPENING_QUOTES, Text, read_text

PREPOSITIONS = frozenset(
    ["from", "to", "for", "by", "with", "of", "in", "at", "against", "via", "between", "on", "about"]
)
CLAUSE_WORDS = frozenset(["relative", "but", "while", "because", "if", "after", "before"])
SIGNALS = frozenset(("cue", "speech"))
CLAUSE_MARKS = frozenset((",", ";", ":", "(", ")"))
NOT_PARTIES = frozenset(("agency", "outlet"))  # who only tells of it
BORDER_COST = 6  # a clause border parts two words like so many pieces
MAIN = 4  # countries that an article names most
JOINED = 2  # pieces between two parties under one preposition
SKIPPED = frozenset(("article", "skip"))  # words between a preposition and its noun
LONGEST = 5  # pieces of the form that stands before a phrase
AUXILIARY_REACH = 4  # pieces between an auxiliary and its participle
UNASKED = object()
Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")


class TriggerMention(msgspec.Struct, frozen=True, eq=False):
    """Pieces `first:last` that say that something passes, is visited …; `voice` is active, passive or noun."""

    first: int
    last: int
    trigger: Trigger
    shape: str
    voice: str
    sentence: int

    @property
    def kind(self) -> str:
        """The kind of claim that the word speaks of."""
        return self.trigger.kind


@dataclass(slots=True)
class Scene:
    """One article, read as far as single words go.

    `cues[n]` lists (piece, class) of sentence n; `borders[i]` counts clause borders before piece i;
    `prepositions[i]` is the class of the preposition that ends before piece i. `insight` is what an encoder adds.
    """

    article: Article
    text: Text
    lexicon: Lexicon
    published: date | None
    hits: list[Hit]
    at: dict[int, Hit]
    numbers: list[Number]
    dates: list[When]
    items: list[ItemMention]
    parties: list[PartyMention]
    triggers: list[TriggerMention]
    cues: list[list[tuple[int, str]]]
    speech: list[list[tuple[int, int, str]]]
    borders: list[int]
    prepositions: dict[int, str]
    parties_in: list[list[PartyMention]]
    triggers_in: list[list[TriggerMention]]
    items_in: list[list[ItemMention]]
    mentions_of: Counter[str]
    in_title: frozenset[str]
    countries_in: list[set[str]]
    main_parties: list[PartyMention]
    dates_in: list[list[When]]
    led_by: dict[int, str] = field(default_factory=dict)
    answers: dict[Hashable, Any] = field(default_factory=dict)  # what `once` keeps
    insight: Insight | None = None

    def sentence(self, piece: int) -> int:
        """The number of the sentence that a piece stands in."""
        return self.text.sentence_of[piece]

    def preposition(self, first: int) -> str:
        """The class of the preposition before the phrase that begins at a piece, or what the phrase's case says."""
        known = self.led_by.get(first)
        if known is None:
            known = self.led_by[first] = self._preposition(first)
        return known

    def _preposition(self, first: int) -> str:
        if first in self.prepositions:
            return self.prepositions[first]
        near = (self.at.get(first - 1), self.at.get(first - 2))
        hit = next((h for h in near if h is not None and h.last == first), None)
        if hit is not None and hit.has(SKIPPED):
            return self.prepositions.get(hit.first, "")
        if first and self.text.words[first - 1] in OPENING_QUOTES:
            return self.prepositions.get(first - 1, "") or self._bare(first, first - 1)
        return self._bare(first, first)

    def _bare(self, first: int, start: int) -> str:
        """What the case of a phrase says whose first word known stands at `first`, itself beginning at `start`."""
        hit = self.at.get(first)
        if hit is None or not hit.cases:
            return ""
        low = self.text.bounds[self.text.sentence_of[first]][0]
        opens = start == low or self.text.words[start - 1] in CLAUSE_MARKS
        near = (self.at.get(i) for i in range(max(low, start - LONGEST), start))
        return bare_case(hit.cases, next((h for h in near if h is not None and h.last == start), None), opens)

    def between(self, a: int, b: int) -> int:
        """How many clause borders stand between two pieces."""
        return abs(self.borders[b] - self.borders[a])

    def nearest(self, piece: int, triggers: list[TriggerMention]) -> TriggerMention | None:
        """The trigger nearest to a piece, clause borders counting as distance."""
        return min(
            triggers,
            key=lambda t: (abs(t.first - piece) + BORDER_COST * self.between(t.first, piece), t.first),
            default=None,
        )


def once(ask: Callable[[Scene, *Asked], Answer]) -> Callable[[Scene, *Asked], Answer]:
    """A question to a scene that is worked out once for the same arguments: many claims ask it of the same words."""

    @wraps(ask)
    def answered(scene: Scene, *asked: *Asked) -> Answer:
        key = (ask, *asked)
        answer: Answer = scene.answers.get(key, UNASKED)
        if answer is UNASKED:
            answer = scene.answers[key] = ask(scene, *asked)
        return answer

    return answered


def published_on(article: Article) -> date | None:
    """The day an article was published, None where it gives none, only a month, or one that stands for none."""
    try:
        day = date.fromisoformat(article.published[:10])
    except ValueError:
        return None
    return day if day.year in YEARS else None


def set_scene(article: Article, lexicon: Lexicon, names: dict[str, str]) -> Scene:
    """Run the recognisers over an article."""
    text = read_text(article, lexicon.abbreviations, lexicon.furniture, lexicon.letters)
    return lay_out(article, text, lexicon, lexicon.scan(text), names)


def lay_out(article: Article, text: Text, lexicon: Lexicon, hits: list[Hit], names: dict[str, str]) -> Scene:
    """The scene of a text whose known words are `hits`."""
    at = {h.first: h for h in hits}
    published = published_on(article)
    numbers = read_numbers(text, at, lexicon.language)
    items = find_items(text, hits, numbers, lexicon.language)
    cues, speech, prepositions = _signals(text, hits, at, lexicon.language)
    parties = infer_countries(find_parties(text, hits, lexicon, names), text, cues)
    _pass_on(text, parties, cues, prepositions)
    triggers = _triggers(text, hits, cues, prepositions)
    title_words = bisect_left(text.starts, text.body)
    parties_in = _by_sentence(text, [p for p in parties if not text.in_dateline(p.first)])
    dates = DateReader(text, at, published, lexicon.language.dates.decade).read()
    mentions_of = Counter(p.country for found in parties_in for p in found if p.country)
    return Scene(
        article=article,
        text=text,
        lexicon=lexicon,
        published=published,
        hits=hits,
        at=at,
        numbers=numbers,
        dates=dates,
        dates_in=_by_sentence(text, dates),
        items=items,
        parties=parties,
        triggers=triggers,
        cues=cues,
        speech=speech,
        borders=_borders(text, cues),
        prepositions=prepositions,
        parties_in=parties_in,
        triggers_in=_by_sentence(text, triggers),
        items_in=_by_sentence(text, items),
        mentions_of=mentions_of,
        in_title=frozenset(p.country for p in parties if p.country and p.first < title_words),
        countries_in=[{p.country for p in found if p.country and p.sort not in NOT_PARTIES} for found in parties_in],
        main_parties=_main_parties(parties, mentions_of),
    )


class _Placed(Protocol):
    """Whatever begins at a piece."""

    @property
    def first(self) -> int: ...


Placed = TypeVar("Placed", bound=_Placed)
Signals = tuple[list[list[tuple[int, str]]], list[list[tuple[int, int, str]]], dict[int, str]]


def _by_sentence(text: Text, things: list[Placed]) -> list[list[Placed]]:
    """Things sorted into the sentences that they stand in."""
    found: list[list[Placed]] = [[] for _ in text.sentences]
    for thing in things:
        found[text.sentence_of[thing.first]].append(thing)
    return found


def _signals(text: Text, hits: list[Hit], at: dict[int, Hit], language: Language) -> Signals:
    """The cues and the words of speech of each sentence, and the class of the preposition that ends before a piece."""
    cues: list[list[tuple[int, str]]] = [[] for _ in text.sentences]
    speech: list[list[tuple[int, int, str]]] = [[] for _ in text.sentences]
    prepositions: dict[int, str] = {}
    for hit in hits:
        if not hit.has(SIGNALS):
            continue
        ruled = governed(hit, " ".join(text.words[hit.first : hit.last]), at, language.government)
        for entry in hit.entries:
            if entry.sort == "cue":
                cue = ruled if ruled and entry.ref in PREPOSITIONS else entry.ref
                cues[text.sentence_of[hit.first]].append((hit.first, cue))
                if cue in PREPOSITIONS:
                    prepositions.setdefault(hit.last, cue)
            elif entry.sort == "speech":
                speech[text.sentence_of[hit.first]].append((hit.first, hit.last, entry.ref))
    return cues, speech, prepositions


def _pass_on(
    text: Text, parties: list[PartyMention], cues: list[list[tuple[int, str]]], prepositions: dict[int, str]
) -> None:
    """A preposition rules the second of two parties as well as the first (`between Moscow and Pyongyang`)."""
    for a, b in pairwise(parties):
        if 0 < b.first - a.last <= JOINED and a.first in prepositions:
            ways = {at for at, cue in cues[text.sentence_of[a.first]] if cue in ("and", "or")}
            if a.last in ways:
                prepositions.setdefault(b.first, prepositions[a.first])


def _borders(text: Text, cues: list[list[tuple[int, str]]]) -> list[int]:
    """How many clause borders (marks, clause words) stand before each piece."""
    border = {i for i, word in enumerate(text.words) if word in CLAUSE_MARKS}
    border |= {at for found in cues for at, cue in found if cue in CLAUSE_WORDS}
    return list(accumulate((i in border for i in range(len(text.words))), initial=0))


def _main_parties(parties: list[PartyMention], mentions_of: Counter[str]) -> list[PartyMention]:
    """The first mention of each country that the article names most."""
    firsts: dict[str, PartyMention] = {}
    for party in parties:
        if party.country and party.sort not in NOT_PARTIES:
            firsts.setdefault(party.country, party)
    return [firsts[c] for c in sorted(firsts, key=lambda c: (-mentions_of[c], c))[:MAIN]]


def _triggers(
    text: Text, hits: list[Hit], cues: list[list[tuple[int, str]]], prepositions: dict[int, str]
) -> list[TriggerMention]:
    found = []
    for hit in hits:
        if "trigger" not in hit.sorts:
            continue
        for entry in hit.entries:
            if entry.sort == "trigger":
                sentence = text.sentence_of[hit.first]
                voice = _voice(entry.detail, hit, text, cues[sentence], prepositions)
                found.append(TriggerMention(hit.first, hit.last, entry.ref, entry.detail, voice, sentence))
    return found


def _voice(shape: str, hit: Hit, text: Text, cues: list[tuple[int, str]], prepositions: dict[int, str]) -> str:
    if shape in ("noun", "passive"):
        return shape
    if shape in ("past", "participle"):
        near = [c for at, c in cues if hit.first - AUXILIARY_REACH <= at < hit.first]
        if "passive_aux" in near or prepositions.get(hit.last + 1) == "by":
            return "passive"
        if shape == "participle" and "perfect" not in near:
            return "passive"
    return "active"
