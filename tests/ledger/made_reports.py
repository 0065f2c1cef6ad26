"""Made-up reports for the tests of folding and telling, in the notation of corpus/stories."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from materiel.learning.stories import stories_of
from materiel.ledger.fold import fold
from materiel.ledger.likeness import shipped_likeness
from materiel.ledger.roots import root_of
from materiel.ledger.sketch import sketch_all
from materiel.ledger.telling import tell
from materiel.model.article import AnnotatedArticle
from materiel.model.event import Contradiction, Event, Report


def stories(text: str) -> list[AnnotatedArticle]:
    """The reports of a text."""
    return stories_of(text.strip(), Path("made.txt"))


def groups(articles: Sequence[AnnotatedArticle]) -> list[list[str]]:
    """The event keys of each group that the shipped likeness makes of the articles' claims."""
    rows = [(a.id, n, a.published, c) for a in articles for n, c in enumerate(a.claims)]
    found: dict[int, list[str]] = {}
    for (_, _, _, claim), group in zip(rows, fold(sketch_all(rows), shipped_likeness()).group.tolist(), strict=True):
        found.setdefault(group, []).append(str(claim.event))
    return sorted(sorted(keys) for keys in found.values())


def folded_as_told(text: str) -> bool:
    """Whether the claims of a text are folded into the events that it names."""
    articles = stories(text)
    events = Counter(f"{c.kind} {c.event}" for a in articles for c in a.claims)
    return groups(articles) == sorted([name.split(" ")[1]] * count for name, count in events.items())


def reports(text: str) -> list[Report]:
    """All claims of a text as reports of one event, each paper an outlet of its own."""
    return [
        Report(
            article=a.id,
            number=n,
            outlet=a.id.rpartition("/")[2],
            published=a.published,
            language=a.language,
            root=root_of(c, f"paper {a.id.rpartition('/')[2]}"),
            claim=msgspec.structs.replace(c, event=None),
        )
        for a in stories(text)
        for n, c in enumerate(a.claims)
    ]


def told(text: str) -> Event:
    """The event that all claims of a text make."""
    return tell(reports(text))


def against(event: Event, cell: str) -> list[str]:
    """The values of the only contradiction of a cell; none where there is none."""
    found: list[Contradiction] = [c for c in event.contradictions if c.cell == cell]
    assert len(found) <= 1
    return [said.value for c in found for said in c.values]
