"""Sentences: where each one of a text begins and ends."""

import re

# Runs of marks or of spaces are looked at from their first alone, or a long one would cost its square.
SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_]|[\"'“‘«(\[]*\d)|[。！？]+|(?<!\s)\s*\n\s*"
)


def split_sentences(string: str, abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Characters of each sentence of `string`; a line never holds parts of two paragraphs."""
    spans, start = [], 0
    for match in SENTENCE_END.finditer(string):
        if "\n" not in match.group() and match.group()[0] == ".":
            last = string[max(start, match.start() - 14) : match.start()].rsplit(None, 1)
            word = last[-1].lstrip("(\"'“‘«").lower() if last else ""
            if word in abbreviations or (len(word) == 1 and word.isalpha()):
                continue
        end = match.start() + len(match.group().rstrip())
        if string[start:end].strip():
            spans.append((start, end))
        start = match.end()
    if string[start:].strip():
        spans.append((start, len(string.rstrip())))
    return spans
