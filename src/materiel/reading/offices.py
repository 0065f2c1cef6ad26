"""Offices: whose the ministries, forces and people are that a text names without their country (`the ministry`)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
from msgspec.json import decode

from materiel.reading.choice import Sums, Weights, score, summed
from materiel.reading.mention import PartyMention
from materiel.reading.text import Text

BARE = frozenset(("person", "title", "body"))  # mentions that may stand without a country
NO_VOICE = frozenset(("agency", "outlet", "maker"))  # sorts that say nothing of whose the offices beside them are
WEIGHTS = Path(__file__).with_name("offices.json")  # of what speaks for a country, as `make train` learns them
SHARES = 4  # parts in which it is told how often a country is named, beside the one named most
NEAR = 2  # pieces between an office and the country that it is tied to
TIED = frozenset(("from", "of", "in"))
SEATED = frozenset(("government", "ministry", "parliament", "company"))  # those that `in` a capital are its state's


@dataclass(slots=True)
class _Told:
    """What a text has told of countries up to some mention."""

    paragraph: int = -1
    sentence: int = -1
    within: set[str] = field(default_factory=set)  # the paragraph's
    before: str | None = None  # the sentence's last
    offices: dict[str, str] = field(default_factory=dict)  # whose each sort of office was last

    def go_on(self, paragraph: int, sentence: int) -> None:
        """Forget what an earlier paragraph or sentence told."""
        if paragraph != self.paragraph:
            self.within = set()
        if sentence != self.sentence:
            self.before = None
        self.paragraph, self.sentence = paragraph, sentence

    def add(self, mention: PartyMention) -> None:
        """Note what a mention with a country of its own tells."""
        if mention.country:
            self.before = mention.country
            self.within.add(mention.country)
            if mention.office:
                self.offices[mention.office] = mention.country


Options = dict[str, list[str]]  # countries, each with what speaks for it


@cache
def office_weights() -> Sums[float]:
    """How much each thing counts that speaks for a country."""
    return summed(decode(WEIGHTS.read_bytes(), type=Weights))


def infer_countries(mentions: list[PartyMention], text: Text, cues: list[list[tuple[int, str]]]) -> list[PartyMention]:
    """The mentions, those of offices and people without a country with the one that most speaks for.

    `cues` lists (piece, class) of each sentence. A person of whom an office is told keeps the
    country for the whole text.
    """
    weights = office_weights()
    known: dict[str, str | None] = {m.name: m.country for m in mentions if m.country and m.sort == "person"}
    result = list(mentions)
    for n, found in bare_offices(mentions, text, cues).items():
        mention = mentions[n]
        country = known.get(mention.name)
        if country is None:
            country = max(found, key=lambda c: score(found[c], weights), default=None)
        if mention.sort == "person":
            known[mention.name] = country
        result[n] = msgspec.structs.replace(mention, country=country, sure=False)
    return result


def bare_offices(mentions: list[PartyMention], text: Text, cues: list[list[tuple[int, str]]]) -> dict[int, Options]:
    """The numbers of the mentions that name no country, with the countries whose they may be."""
    told = [m for m in mentions if m.country and m.sort not in NO_VOICE]
    everywhere, following = _everywhere(told, text), _following(mentions, text)
    state = _Told()
    found: dict[int, Options] = {}
    for n, mention in enumerate(mentions):
        sentence = text.sentence_of[mention.first]
        state.go_on(text.paragraph_of[sentence], sentence)
        if not mention.country and mention.sort in BARE:
            found[n] = options = {country: [*said] for country, said in everywhere.items()}
            for country, said in _nearby(mention, state, following[n], cues[sentence]):
                options[country].append(said)
        elif mention.sort not in NO_VOICE:
            state.add(mention)
    return found


def _everywhere(told: Sequence[PartyMention], text: Text) -> Options:
    """What speaks for each country wherever an office is told, in the order of the text."""
    counts = Counter(m.country for m in told if m.country)
    most = max(counts.values(), default=1)
    found = {country: [f"share={-(-SHARES * n // most)}"] for country, n in counts.items()}
    for country in {m.country for m in told if m.country and text.starts[m.first] < text.body}:
        found[country].append("title")
    opening = next((m.country for m in told if text.dateline[0] <= text.starts[m.first] < text.dateline[1]), None)
    if opening:
        found[opening].append("dateline")
    return found


def _nearby(
    mention: PartyMention, told: _Told, after: PartyMention | None, cues: list[tuple[int, str]]
) -> Iterator[tuple[str, str]]:
    """The countries that words near an office speak for, each with how."""
    if told.before:
        yield told.before, "before"
    same = told.offices.get(mention.office)
    if same:
        yield same, "same"
    for country in told.within:
        yield country, "paragraph"
    if after is not None and after.country:
        yield after.country, "next"
        if _tied(mention, after, cues):
            yield after.country, "tied"


def _following(mentions: list[PartyMention], text: Text) -> list[PartyMention | None]:
    """For each mention the next one of its sentence that has a country."""
    found: list[PartyMention | None] = [None] * len(mentions)
    for n in range(len(mentions) - 2, -1, -1):
        mention, after = mentions[n], mentions[n + 1]
        if text.sentence_of[mention.first] == text.sentence_of[after.first]:
            found[n] = after if after.country and after.sort not in NO_VOICE else found[n + 1]
    return found


def _tied(office: PartyMention, after: PartyMention, cues: list[tuple[int, str]]) -> bool:
    """Whether words tie an office to the country named next: `experts from Karachi`, `menlu dan menhan Uni Eropa`."""
    if not 0 < after.first - office.last <= NEAR:
        return False
    link = {cue for at, cue in cues if at == office.last}
    if "and" in link:
        return bool(after.office)
    return bool(link & TIED) and ("in" not in link or office.office in SEATED)
