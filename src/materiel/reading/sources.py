"""Sources: who may say so: every mention that may be a source, as the whole phrase that it is."""

from collections.abc import Iterator

import msgspec

from materiel.reading.mention import NEWS, PartyMention
from materiel.reading.scene import Scene, once
from materiel.reading.text import QUOTES

SPOKEN_REACH = 6  # pieces between a source and its verb
NOUNS = ("unnamed", "reports", "media")  # kinds of speech words that are themselves a source
TIES = ("verbs", "prepositions", "quoting")  # and those that make one of what stands by them
BEFORE_SOURCE = frozenset(("article", "cardinal", "country"))  # words of an unnamed source's phrase
NO_OFFICE = frozenset(("speech", "month", "weekday"))  # words of no office's name
LONGEST_OFFICE = 10  # words after a title that say of what
LONGEST_NAME = 4  # words of a name that no list knows
APPOSITION = 14  # pieces of what is added to a name between commas
# The more a sort says of who it is, the later it stands: what names a voice whose phrase has several.
SAYING = ("reports", "media", "unnamed", "adjective", "title", "body", "name", "outlet", "agency", "person")


class SourceMention(msgspec.Struct, frozen=True, eq=False):
    """Pieces `first:last` that name who may say something.

    `sort` is the party's, or unnamed, reports, media, stranger; `spoken` how it is tied to a word of speech:
    `verbs-right-0` is a verb straight after it; `names` is how it is called, each name apart where it has several.
    """

    first: int
    last: int
    sort: str
    spoken: str
    names: tuple[str, ...]
    party: PartyMention | None = None


@once
def find_sources(scene: Scene) -> list[SourceMention]:
    """Whoever may be a source of anything in the article, in text order."""
    found = []
    for sentence in range(len(scene.text.sentences)):
        for chain in _chains(scene, [*_named(scene, sentence), *_nouns(scene, sentence), *_strangers(scene, sentence)]):
            first, last = chain[0].first, scene.text.closed(chain[0].first, _tail(scene, chain[-1]))
            main = max(chain, key=lambda m: (SAYING.index(m.sort) if m.sort in SAYING else 0, -m.first))
            spoken = _spoken(scene, sentence, first, last)
            if spoken or any(m.sort in (*NEWS, *NOUNS, "person") for m in chain):
                named = [main] if main.sort in NEWS else [m for m in chain if m.sort not in NOUNS]
                names = tuple(dict.fromkeys(name for m in named for name in m.names))
                names += _words(scene, chain[-1].last, last)
                found.append(SourceMention(first, last, main.sort, spoken, names or main.names, main.party))
    return found


def _tail(scene: Scene, mention: SourceMention) -> int:
    """Where an office and whose it is end, whose words no list knows (`Direktur Bisnis Ekspor dan Impor Ani Putri`)."""
    text, end = scene.text, mention.last
    if mention.party is None or not mention.party.office or text.starts[end - 1] < text.body:
        return end  # in a title any word may have a capital
    high = min(text.bounds[text.sentence_of[mention.first]][1], end + LONGEST_OFFICE)
    for piece in range(end, high):
        hit = scene.at.get(piece)
        if text.string[text.starts[piece]].isupper() and not (hit is not None and hit.has(NO_OFFICE)):
            end = piece + 1
        elif not _has_cue(scene, piece, ("and", "of", "for")):
            break
    return end


def _words(scene: Scene, first: int, last: int) -> tuple[str, ...]:
    """The words of a phrase that no list knows, each a name that may stand for it later."""
    return tuple(scene.text.words[i] for i in range(first, last) if i not in scene.at)


def _has_cue(scene: Scene, piece: int, cues: tuple[str, ...]) -> bool:
    hit = scene.at.get(piece)
    return hit is not None and hit.says(cues)


def _named(scene: Scene, sentence: int) -> Iterator[SourceMention]:
    for party in scene.parties_in[sentence]:
        yield SourceMention(party.first, party.last, party.sort, "", (party.name,), party)


def _nouns(scene: Scene, sentence: int) -> Iterator[SourceMention]:
    """Words for a source that has no name: `two officials`, `the statement`, `state media`."""
    if not scene.speech[sentence]:
        return
    covered = {i for p in scene.parties_in[sentence] for i in range(p.first, p.last)}
    low = scene.text.bounds[sentence][0]
    for first, last, kind in scene.speech[sentence]:
        if kind in NOUNS and first not in covered:
            start = first
            while start > low and start > first - 2 and start - 1 not in covered and _before_source(scene, start - 1):
                start -= 1
            yield SourceMention(start, last, kind, "", (" ".join(scene.text.words[first:last]),))


def _before_source(scene: Scene, piece: int) -> bool:
    hit = scene.at.get(piece)
    return hit is not None and hit.has(BEFORE_SOURCE)


def _strangers(scene: Scene, sentence: int) -> Iterator[SourceMention]:
    """Names that no list knows, straight beside a word of speech (`ujar Willgo`, `menurut surat kabar Komersant`)."""
    if not scene.speech[sentence] or scene.text.starts[scene.text.bounds[sentence][0]] < scene.text.body:
        return  # in a title any word may have a capital
    covered = {i for p in scene.parties_in[sentence] for i in range(p.first, p.last)}
    for first, last, kind in scene.speech[sentence]:
        if kind in TIES or kind == "media":
            runs = [_name_after(scene, last, covered)]
            if kind != "media":
                runs.append(_name_before(scene, first, covered))
            for run in filter(None, runs):
                yield SourceMention(*run, "stranger", "", (" ".join(scene.text.words[run[0] : run[1]]),))


def _is_name(scene: Scene, piece: int, covered: set[int]) -> bool:
    text = scene.text
    return (
        0 <= piece < len(text.words)
        and piece not in covered
        and text.string[text.starts[piece]].isupper()
        and piece not in scene.at
        and len(text.words[piece]) > 2
    )


def _name_after(scene: Scene, first: int, covered: set[int]) -> tuple[int, int] | None:
    text = scene.text
    high = text.bounds[text.sentence_of[first - 1]][1]
    if first < high and text.words[first] in QUOTES:
        first += 1
    last = first
    while last < min(high, first + LONGEST_NAME) and _is_name(scene, last, covered):
        last += 1
    return (first, last) if last > first else None


def _name_before(scene: Scene, last: int, covered: set[int]) -> tuple[int, int] | None:
    low = scene.text.bounds[scene.text.sentence_of[last]][0]
    first = last
    while first > max(low, last - LONGEST_NAME) and _is_name(scene, first - 1, covered):
        first -= 1
    if first == low and last - first < 2:
        return None  # any word has a capital where a sentence begins
    return (first, last) if last > first else None


def _chains(scene: Scene, found: list[SourceMention]) -> list[list[SourceMention]]:
    """Mentions of one phrase: `kantor berita ANI`, `officials of the coast guard`, `Ministry of Defence (MND)`."""
    chains: list[list[SourceMention]] = []
    for mention in sorted(found, key=lambda m: (m.first, -m.last)):
        last = chains[-1][-1] if chains else None
        if last is not None and mention.first < last.last:
            continue
        if last is not None and (_one_phrase(scene, last, mention) or _agency(scene, chains[-1], mention)):
            chains[-1].append(mention)
        else:
            chains.append([mention])
    return chains


def _agency(scene: Scene, chain: list[SourceMention], name: SourceMention) -> bool:
    """Whether a name says which agency or paper was meant: `the Russian news agency, TASS`."""
    between = scene.text.words[chain[-1].last : name.first]
    return any(m.sort == "media" for m in chain) and name.sort in NEWS and between == [","]


def _one_phrase(scene: Scene, left: SourceMention, right: SourceMention) -> bool:
    words = scene.text.words
    gap = [word for word in words[left.last : right.first] if word not in QUOTES]
    if not gap:
        nouns = left.sort in NOUNS, right.sort in NOUNS
        return any(nouns) or (right.sort == "stranger" and left.sort in ("title", "body"))
    if gap == ["("]:  # `Ministry of National Defense (MND)`
        return right.last < len(words) and words[right.last] == ")" and right.last - right.first == 1
    if gap == [")"]:
        return left.first > 0 and words[left.first - 1] == "(" and right.sort in ("name", "short", "person", "body")
    of = scene.at.get(left.last)
    # `of the` is also a word for counting
    linked = _has_cue(scene, left.last, ("of",)) or (of is not None and of.has(frozenset(("counter",))))
    return linked and len(gap) <= 2 and left.sort in ("title", "unnamed", "reports") and right.sort not in NOUNS


def _spoken(scene: Scene, sentence: int, first: int, last: int) -> str:
    """How a phrase is tied to a word of speech: `verbs-right-0` is a verb straight after it; or empty."""
    if not scene.speech[sentence]:
        return ""
    best, best_gap = "", SPOKEN_REACH + 1
    beyond = _beyond_apposition(scene, sentence, first, last)
    for a, b, kind in scene.speech[sentence]:
        if kind not in TIES:
            continue
        gap, side = (a - last, "right") if a >= last else (first - b, "left")
        if a == beyond:
            gap = 0
        if 0 <= gap < best_gap:
            best, best_gap = f"{kind}-{side}-{0 if gap == 0 else 1 if gap < 3 else 2}", gap
    return best


def _beyond_apposition(scene: Scene, sentence: int, first: int, last: int) -> int:
    """The piece after what is added to a name between commas (`Ann Lee, the spokesperson for the fleet, said`)."""
    words, high = scene.text.words, scene.text.bounds[sentence][1]
    if last < high and words[last] == ",":
        if "," in words[first:last]:
            return last + 1  # it is in the phrase already
        return next((i + 1 for i in range(last + 2, min(high, last + APPOSITION)) if words[i] == ","), -1)
    return -1
