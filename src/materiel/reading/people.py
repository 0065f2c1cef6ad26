"""People: where the names of people stand in a text, and how a name is known again in another form."""

from typing import TypeVar

import msgspec

from materiel.languages.shape import Forms
from materiel.reading.mention import PartyMention
from materiel.reading.text import Text

ROOT, ENDING = 4, 2  # letters of a name that no ending takes the place of, and of an ending
JOINING_MARKS = frozenset((".", "'", "’"))
NAMES_LONGEST = 5  # words of a name after a title

Named = TypeVar("Named")


def capitals_from(at: int, text: Text, taken: set[int], particles: Forms) -> int:
    """Where the run of capitalised words that begins at a piece ends; `particles` are small words within a name."""
    end = at
    while end < len(text.words) and end - at < NAMES_LONGEST:
        initial = text.string[text.starts[end]]
        small = (
            end > at
            and (text.words[end] in particles or text.words[end] in JOINING_MARKS)
            and end + 1 < len(text.words)
            and text.sentence_of[end + 1] == text.sentence_of[at]
            and text.string[text.starts[end + 1]].isupper()
        )
        if end in taken or not (initial.isupper() or small) or text.sentence_of[end] != text.sentence_of[at]:
            break
        end += 1
    return end


def capitals_before(last: int, text: Text, taken: set[int]) -> tuple[int, int]:
    """The run of capitalised words that ends before a piece."""
    first = last
    while first and last - first < NAMES_LONGEST:
        at = first - 1
        if (
            at in taken
            or not text.string[text.starts[at]].isupper()
            or text.sentence_of[at] != text.sentence_of[last - 1]
        ):
            break
        first = at
    return first, last


def roots_of(words: dict[str, Named]) -> dict[str, Named]:
    """Names by what no ending takes the place of."""
    return {word[: max(ROOT, len(word) - ENDING)]: named for word, named in words.items()}


def by_root(word: str, roots: dict[str, Named]) -> Named | None:
    """Whom a word names in another form: what is left without an ending is all of a known name but its ending."""
    cut = range(max(ROOT, len(word) - 2 * ENDING), len(word) + 1) if roots else ()
    return next((roots[word[:k]] for k in cut if word[:k] in roots), None)


def surnames(text: Text, mentions: list[PartyMention], covered: set[int], inflected: bool) -> list[PartyMention]:
    """Later mentions of a person by the last or first word of a name already given in full, whatever its ending."""
    others = {word for m in mentions if m.sort != "person" for word in m.name.lower().split()}
    people: dict[str, PartyMention] = {}
    for mention in mentions:
        if mention.sort == "person":
            people.setdefault(mention.name.split()[-1].lower(), mention)
            for word in text.words[max(mention.first, mention.last - 3) : mention.last]:
                if len(word) > 3 and word not in others:
                    people.setdefault(word, mention)
    roots = roots_of(people) if inflected else {}
    found = []
    for i, word in enumerate(text.words):
        if (roots or word in people) and i not in covered and text.string[text.starts[i]].isupper():
            near = people.get(word) or by_root(word, roots)
            if near is not None:
                found.append(msgspec.structs.replace(near, first=i, last=i + 1))
    return found
