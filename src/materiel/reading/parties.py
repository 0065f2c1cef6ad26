"""Parties: states, forces, groups, firms and people that a text names, with the country they stand for."""

from dataclasses import dataclass

from materiel.languages.shape import Forms, Language
from materiel.reading.entries import Entry
from materiel.reading.latin import in_latin
from materiel.reading.lexicon import Hit, Lexicon
from materiel.reading.mention import NEWS, PartyMention
from materiel.reading.people import capitals_before, capitals_from, surnames
from materiel.reading.text import QUOTES, Text

PARTY_SORTS = frozenset(("country", "person", "organisation", "title", "body", "place"))
# Words that are no part of a person's name.
NO_NAMES = frozenset(("trigger", "country", "speech", "item", "designation", "cue", "month", "weekday"))
SPEECH = frozenset(("speech",))
FULL_NAME = 2  # words without which a name alone is none
SHORT = 8  # letters of an abbreviation


@dataclass(slots=True)
class _Chunk:
    first: int
    last: int
    country: str | None = None
    country_sort: str = ""
    place: str = ""
    title: str = ""
    body: str = ""
    office: str = ""
    person: str = ""
    organisation: str = ""
    organisation_sort: str = ""
    named: bool = False
    bound: bool = False  # the country is that of a named person or organisation


def find_parties(text: Text, hits: list[Hit], lexicon: Lexicon, names: dict[str, str]) -> list[PartyMention]:
    """Every party of a text in order; offices told without their country have none yet (offices.py).

    `names` gives the English name of a country code.
    """
    chunks: list[_Chunk] = []
    links, head_last = _links(hits), lexicon.language.head == "last"
    taken = {i for hit in hits if hit.has(NO_NAMES) for i in range(hit.first, hit.last)}
    for n, hit in enumerate(hits):
        if chunks and hit.first < chunks[-1].last:
            continue  # inside its brackets
        entry = _party_entry(hit, hits[n + 1] if n + 1 < len(hits) else None)
        if entry is None:
            continue
        atom = _chunk_of(hit, entry)
        if atom.title or atom.body:
            atom.last = _after_abbreviation(hit.last, text, taken)
        if chunks and _joins(chunks[-1], atom, text, links, head_last):
            _absorb(chunks[-1], atom)
        else:
            chunks.append(atom)
    for chunk in chunks:
        _take_name(chunk, text, taken, lexicon.language)
    chunks = _join_appositions(chunks, text, lexicon.language.articles)
    chunks = _with_speakers(chunks, text, hits, taken, lexicon.language)
    mentions = [_mention(c, names) for c in chunks if c.country or c.person or c.organisation or c.body or c.title]
    inflected = bool(lexicon.language.inflections)
    mentions += surnames(text, mentions, {i for c in chunks for i in range(c.first, c.last)}, inflected)
    mentions.sort(key=lambda m: (m.first, m.last))
    return mentions


def _after_abbreviation(last: int, text: Text, taken: set[int]) -> int:
    """Where an office ends, with its abbreviation if one follows in brackets: `Menteri Pertahanan (Menhan)`."""
    opened = text.goes_on(last) and text.words[last] == "("
    if not opened or text.words[last + 2 : last + 3] != [")"] or last + 1 in taken:
        return last
    short = text.quote(last + 1, last + 2)
    return last + 3 if short[0].isupper() and short.isalpha() and len(short) <= SHORT else last


def _party_entry(hit: Hit, following: Hit | None) -> Entry | None:
    """What a hit means as a party: a name before a common noun, unless another country's name follows the noun.

    `Kemhan` is a ministry of the country whose papers call it so, `Kemhan Turki` is another's.
    """
    best = None
    if not hit.has(PARTY_SORTS):
        return None
    for entry in hit.entries:
        if entry.sort in PARTY_SORTS and (best is None or entry.sort in ("person", "organisation")):
            best = entry
    if best is not None and best.sort == "organisation" and following is not None and following.first == hit.last:
        noun = next((e for e in hit.entries if e.sort == "body"), None)
        others = any(e.sort == "country" and e.ref != best.ref.country for e in following.entries)
        return noun if noun is not None and others else best
    return best


def _links(hits: list[Hit]) -> dict[int, str]:
    """Pieces that may stand inside a party's name: `of` and `from` words."""
    return {
        i: e.ref
        for h in hits
        if "cue" in h.sorts
        for e in h.entries
        if e.sort == "cue" and e.ref in ("of", "from", "for")
        for i in range(h.first, h.last)
    }


def _chunk_of(hit: Hit, entry: Entry) -> _Chunk:
    chunk, ref = _Chunk(hit.first, hit.last), entry.ref
    if entry.sort == "country":
        chunk.country, chunk.country_sort = ref, entry.detail
    elif entry.sort == "place":
        chunk.country, chunk.country_sort, chunk.place = ref.country, "place", ref.name
    elif entry.sort == "person":
        chunk.country, chunk.person, chunk.office, chunk.named, chunk.bound = (
            ref.country,
            ref.name,
            ref.office,
            True,
            True,
        )
    elif entry.sort == "organisation":
        chunk.country, chunk.organisation, chunk.organisation_sort = ref.country, ref.name, ref.sort
        chunk.bound, chunk.named = True, True
    elif entry.sort == "title":
        chunk.title, chunk.office = ref.english, ref.sort
    else:
        chunk.body, chunk.office = ref.english, ref.sort
    return chunk


def _joins(left: _Chunk, right: _Chunk, text: Text, links: dict[int, str], head_last: bool) -> bool:
    """Whether two neighbouring chunks are one phrase (`Russian` + `defence ministry`, `presiden` + `Rusia`)."""
    if left.last > right.first or text.sentence_of[left.first] != text.sentence_of[right.first]:
        return False
    gap = [word for word in text.words[left.last : right.first] if word not in QUOTES]
    if len(gap) > 3:
        return False
    possessive = gap in (["'"], ["’"], ["'", "s"], ["’", "s"])
    linked = bool(gap) and links.get(left.last) == "of" and len(gap) <= 2
    if gap and not possessive and not linked:
        return False
    if left.person or NEWS & {left.organisation_sort, right.organisation_sort}:
        return False
    if left.country and right.country and left.country != right.country and not left.bound:
        return False
    if right.person or right.organisation:
        return not possessive or bool(right.organisation) if left.country or left.title or left.body else False
    if right.title or right.body:
        ahead = left.country and (head_last or left.country_sort == "adjective")  # `Kyiv mayor`
        return bool(ahead or left.title or left.body or left.organisation)
    if right.country:
        if left.title or left.body:  # `governor of Russia's Primorye region` stands for the region
            return not gap or linked or (possessive and bool(right.place) and left.country == right.country)
        return False
    return False


def _absorb(left: _Chunk, right: _Chunk) -> None:
    left.last = right.last
    if right.country and not (left.country and left.bound):
        if left.country == right.country:
            left.place = left.place or right.place
        if not left.country or right.bound:
            left.country, left.country_sort, left.place = right.country, right.country_sort, right.place
        left.bound = left.bound or right.bound
    left.title = left.title or right.title
    left.body = left.body or right.body
    left.office = right.office if right.person and not left.office else left.office or right.office
    left.person = left.person or right.person
    left.named = left.named or right.named
    if right.organisation:
        left.organisation, left.organisation_sort = right.organisation, right.organisation_sort


def _with_speakers(
    chunks: list[_Chunk], text: Text, hits: list[Hit], taken: set[int], language: Language
) -> list[_Chunk]:
    """People known by name alone: those beside a verb of speech (`said Jane Doe`) or an office after a comma."""
    covered = {i for c in chunks for i in range(c.first, c.last)} | taken
    found = []
    for hit in hits:
        if not hit.has(SPEECH) or not any(e.ref == "verbs" for e in hit.entries if e.sort == "speech"):
            continue
        for first, last in (
            capitals_before(hit.first, text, covered),
            (hit.last, capitals_from(hit.last, text, covered, language.particles)),
        ):
            if last - first >= FULL_NAME and text.sentence_of[first] == text.sentence_of[hit.first]:
                name = in_latin(text.quote(first, last), language.latin)
                found.append(_Chunk(first, last, person=name, named=True))
                covered.update(range(first, last))
    for office in chunks:
        first = office.first
        if office.person or not office.title:
            continue
        comma = first - 1 if text.words[first - 1] == "," else first - 2
        if comma > 0 and text.words[comma] == ",":
            start, last = capitals_before(comma, text, covered)
            if last - start >= FULL_NAME:
                office.person, office.named, office.first = (
                    in_latin(text.quote(start, last), language.latin),
                    True,
                    start,
                )
    return sorted(chunks + found, key=lambda c: c.first) if found else chunks


def _take_name(chunk: _Chunk, text: Text, taken: set[int], language: Language) -> None:
    """After a title, words with capitals are a person's name."""
    if not chunk.title or chunk.person:
        return
    last = chunk.last
    if not text.goes_on(last) or text.words[last] == ",":
        return
    end = capitals_from(last, text, taken, language.particles)
    if end > last:
        chunk.person, chunk.named, chunk.last = in_latin(text.quote(last, end), language.latin), True, end


def _join_appositions(chunks: list[_Chunk], text: Text, articles: Forms) -> list[_Chunk]:
    """`Ilham Aliyev, Azerbaijan's president` and `Presiden Rusia, Vladimir Putin` are one party each."""
    joined: list[_Chunk] = []
    for chunk in chunks:
        left = joined[-1] if joined else None
        if (
            left is not None
            and text.sentence_of[left.first] == text.sentence_of[chunk.first]
            and [w for w in text.words[left.last : chunk.first] if w not in articles] == [","]
            and bool(left.person) != bool(chunk.person)
            and (left.title or chunk.title)
            and not (left.person and left.title)
            and not (chunk.person and chunk.title)
            and (not left.country or not chunk.country or left.country == chunk.country)
        ):
            _absorb(left, chunk)
            continue
        joined.append(chunk)
    return joined


def _mention(chunk: _Chunk, names: dict[str, str]) -> PartyMention:
    state = names.get(chunk.country or "", chunk.country or "")
    if chunk.person:
        sort, name = "person", chunk.person
    elif chunk.organisation:
        sort, name = chunk.organisation_sort, chunk.organisation
    elif chunk.title or chunk.body:
        sort, name = (
            "body" if chunk.body else "title",
            f"{chunk.title or chunk.body} of {chunk.place or state}".removesuffix(" of "),
        )
    else:
        sort, name = chunk.country_sort, chunk.place or state
    return PartyMention(
        chunk.first,
        chunk.last,
        chunk.country,
        sort,
        chunk.office,
        name[:1].upper() + name[1:],
        bool(chunk.country),
        named=chunk.named,
    )
