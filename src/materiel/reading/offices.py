"""Offices: whose the ministries, forces and people are that a text names without their country (`the ministry`)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from materiel.reading.parties import PartyMention
from materiel.reading.text import Text

BARE = frozenset(("person", "title", "body"))  # mentions that may stand without a country
NO_VOICE = frozenset(("agency", "outlet", "maker"))  # sorts that say nothing of whose the offices beside them are
# What speaks for a country, in votes: a conditional logit over annotated articles, its weights then set one by one
# so that most of the 426 offices annotated in corpus/train and corpus/written are right (283; 192 by the last country
# named alone).
BESIDE = 6.0  # `foreign ministry in Pyongyang`, `pemerintah dan militer Ukraina`
DATELINE = 2.0  # the place that opens the report
SAME_OFFICE = 1.0  # it is the country whose ministry, army … was told last
PARAGRAPH = 3.0  # the paragraph has named it
NEXT = 1.5  # the sentence names it next
BEFORE = 1.5  # the sentence named it last
SHARE = 2.0  # the article names it most; others by their share of that
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


def infer_countries(mentions: list[PartyMention], text: Text, cues: list[list[tuple[int, str]]]) -> list[PartyMention]:
    """The mentions, those of offices and people without a country with the one that most speaks for.

    `cues` lists (piece, class) of each sentence. A person of whom an office is told keeps the
    country for the whole text.
    """
    told = [m for m in mentions if m.country and m.sort not in NO_VOICE]
    share = _shares(told)
    opening = next((m.country for m in told if text.dateline[0] <= text.starts[m.first] < text.dateline[1]), None)
    known: dict[str, str | None] = {m.name: m.country for m in mentions if m.country and m.sort == "person"}
    following = _following(mentions, text)
    state, result = _Told(), []
    for n, mention in enumerate(mentions):
        sentence = text.sentence_of[mention.first]
        state.go_on(text.paragraph_of[sentence], sentence)
        if mention.country or mention.sort not in BARE:
            if mention.sort not in NO_VOICE:
                state.add(mention)
            result.append(mention)
            continue
        country = known.get(mention.name)
        if country is None:
            votes = dict(share)
            for voter, weight in _voters(mention, state, opening, following[n], cues[sentence]):
                if voter:
                    votes[voter] = votes.get(voter, 0) + weight
            country = max(votes, key=votes.__getitem__, default=None)
        if mention.sort == "person":
            known[mention.name] = country
        result.append(replace(mention, country=country, sure=False))
    return result


def _voters(
    mention: PartyMention,
    told: _Told,
    opening: str | None,
    after: PartyMention | None,
    cues: list[tuple[int, str]],
) -> Iterator[tuple[str | None, float]]:
    """The countries that words near an office speak for, each with how much."""
    yield opening, DATELINE
    yield told.before, BEFORE
    yield told.offices.get(mention.office), SAME_OFFICE
    for country in told.within:
        yield country, PARAGRAPH
    if after is not None:
        yield after.country, NEXT + BESIDE * _tied(mention, after, cues)


def _shares(told: Sequence[PartyMention]) -> dict[str, float]:
    """How often each country is named, beside the one named most; in the order of the text."""
    counts = Counter(m.country for m in told if m.country)
    most = max(counts.values(), default=1)
    return {country: SHARE * n / most for country, n in counts.items()}


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
