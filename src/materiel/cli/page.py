"""Page: all that the ledger holds of one event, what most roots say first and every other voice beside it."""

from collections.abc import Callable, Iterator, Sequence

from materiel.cli.decided import Decided
from materiel.cli.render import marks, quoted
from materiel.cli.table import counted
from materiel.cli.terminal import STYLES, Chars, chars, columns, side_by_side, styled, wrapped
from materiel.exports.words import DIRECTED, parties_of
from materiel.exports.words import item_words as short_words
from materiel.ledger.sketch import VAGUE
from materiel.ledger.things import same_thing
from materiel.ledger.words import item_words, party_words, place_words, value_words
from materiel.model.article import Article
from materiel.model.claim import ROLES, Claim, Item, Value, Visit
from materiel.model.event import Contradiction, Event, Report, Said, Stage
from materiel.model.finding import Finding, Screened

LABEL, VALUE, WHO = 12, 40, 22
MOST_ROOTS = 3  # whose names stand beside a value
NOTHING = Decided()
MOST_ITEMS = 4  # that a title names
ArticleOf = Callable[[str], Article]  # of the id of a claim


def page(one: Screened, article_of: ArticleOf, most_reports: int, decided: Decided = NOTHING) -> Iterator[str]:
    """The lines of an event's page; `decided` is what people decided of it, `most_reports` how many are quoted."""
    event = one.event
    yield from _head(event)
    yield ""
    for cell in _cells(event.told):
        yield from _cell(event, cell, cell in decided.cells)
    yield from _part("CONTRADICTIONS", [line for c in event.contradictions for line in _contradiction(c)])
    yield from _part("HISTORY", [line for stage in event.history for line in _stage(stage)])
    yield from _part("FINDINGS", [line for finding in one.findings for line in _finding(finding)])
    yield from _part("DECISIONS", [line for words in decided.words for line in wrapped(chars(words), "  ")])
    reports = [line for n in range(len(event.reports))[:most_reports] for line in _report(event, n, article_of)]
    yield from _part("REPORTS", reports)
    if len(event.reports) > most_reports:
        yield f"  … and {len(event.reports) - most_reports} more: --reports {len(event.reports)}"


def title(claim: Claim) -> Chars:
    """Who, whom and what, in the styles of their cells."""
    kind = claim.kind
    roles = DIRECTED.get(kind)
    if roles:
        giver, taker = (chars(party_words(getattr(claim, role)) or "?", role) for role in roles)
        said = giver + chars(" → ") + taker
    else:
        said = chars(party_words(parties_of(claim)) or "?", ROLES[kind][0])
    what = _what(claim)
    return said + chars(": ") + what if what else said


def _what(claim: Claim) -> Chars:
    items = [_item(item) for item in getattr(claim, "items", ())]
    if items:
        more = f" and {len(items) - MOST_ITEMS} more" if len(items) > MOST_ITEMS else ""
        return chars(", ".join(items[:MOST_ITEMS]) + more, "items")
    if isinstance(claim, Visit):
        return chars(f"{claim.days} days" if claim.days else "")
    return chars(getattr(claim, "about", None) or getattr(claim, "subject", None) or "")


def _item(item: Item) -> str:
    """An item in the words of its class, or in the article's where the class says nothing."""
    return f"“{item.text}”" if item.item_class in VAGUE and not item.designation else short_words(item)


def _part(name: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield styled(chars(name, "title"))
        yield from lines


def _head(event: Event) -> Iterator[str]:
    told = event.told
    said = chars(told.kind.upper(), "title") + chars(f"  {told.status.replace('_', ' ')}, {told.stance}")
    key = chars(f"event {event.id}", "aside")
    yield styled(said + [(" ", "")] * max(2, 80 - columns(said) - columns(key)) + key)
    yield from wrapped(title(told))
    articles = len({report.article for report in event.reports})
    yield from wrapped(
        chars(
            f"{counted(len(event.reports), 'report')} in {counted(articles, 'article')}, "
            f"{counted(len(event.outlets), 'outlet')}, {counted(len(event.roots), 'independent root')}: "
            f"{_names(event.roots)}",
            "aside",
        )
    )


def _cells(claim: Claim) -> Iterator[str]:
    """The cells of a kind in reading order."""
    yield from ROLES[claim.kind]
    for cell in ("items", "mode", "value", "days", "tone", "about", "subject", "status", "stance", "date", "places"):
        if cell in claim.__struct_fields__:
            yield cell


def _told(claim: Claim, cell: str) -> list[str]:
    """The told values of a cell, in the words of `Event.values`."""
    value = getattr(claim, cell)
    if value is None or value == ():
        return []
    if cell == "items":
        return [item_words(item) for item in value]
    if cell == "places":
        return [place_words(value)]
    if isinstance(value, tuple):
        return [party_words(value)]
    return [value_words(value) if isinstance(value, Value) else str(value)]


def _cell(event: Event, cell: str, corrected: bool) -> Iterator[str]:
    """What is told of a cell and by how many, then what else is said and by whom."""
    found, told = event.values.get(cell, ()), _told(event.told, cell)
    carried = {said.value: said for said in found}
    clashing = {said.value for c in event.contradictions if c.cell == cell for said in c.values}
    label = chars(cell.replace("_", " "), cell if cell in STYLES else "")
    for n, value in enumerate(told):
        roots = carried[value].roots if value in carried else _partly(event, cell, n)
        share = f"{len(roots)} of {counted(len(event.roots), 'root')}"
        parts = f"in parts, {share}" if roots else ""
        who = share if value in carried else "as corrected" if corrected else parts
        yield from _line(label, chars(_plain(value)), who)
        label = []
    for said in found:
        if said.value not in told:
            mark = chars("≠ ", "contradicted") if said.value in clashing else chars("· ", "aside")
            yield from _line(label, mark + chars(_plain(said.value)), _names(said.roots))
            label = []


def _partly(event: Event, cell: str, number: int) -> set[str]:
    """The roots that tell of an item of which no report has all: its type from one, its number from another."""
    if cell != "items":
        return set()
    item = getattr(event.told, cell)[number]
    return {r.root for r in event.reports if any(same_thing(item, other) for other in getattr(r.claim, cell))}


def _plain(value: str) -> str:
    return value.replace("_", " ")


def _line(label: Chars, value: Chars, who: str) -> list[str]:
    return ["  " + row for row in side_by_side([label, value, chars(who, "aside")], [LABEL, VALUE, WHO])]


def _names(roots: Sequence[str], most: int = MOST_ROOTS) -> str:
    more = f" and {len(roots) - most} more" if len(roots) > most else ""
    return ", ".join(roots[:most]) + more


def _contradiction(found: Contradiction) -> Iterator[str]:
    what = found.cell.replace("_", " ") + (f" of {found.about}" if found.about else "")
    yield from wrapped(chars("≠ ", "contradicted") + chars(what), "  ")
    for said in found.values:
        yield from wrapped(chars(said.value, "title"), "      ")
        yield from wrapped(chars(_voices(said)), "        ")


def _voices(said: Said) -> str:
    numbers = ", ".join(str(n + 1) for n in said.reports)
    reports = "report" if len(said.reports) == 1 else "reports"
    return f"{counted(len(said.roots), 'root')} ({_names(said.roots, len(said.roots))}) in {reports} {numbers}"


def _stage(stage: Stage) -> list[str]:
    when = stage.date or (f"({stage.reported})" if stage.reported else "?")
    said = chars(f"{stage.status.replace('_', ' ')}, {stage.stance}")
    return ["  " + row for row in side_by_side([chars(when), said, chars(_names(stage.roots), "aside")], [23, 24, 27])]


def _finding(finding: Finding) -> Iterator[str]:
    mark = {"matches": "!", "possible": "?", "exempt": "·"}[finding.verdict]
    head = f"{mark} {finding.title}: {finding.verdict} ({finding.force}; {finding.embargo})"
    yield from wrapped(chars(head, "finding"), "  ")
    yield from wrapped(chars(finding.words), "    ")


def _report(event: Event, number: int, article_of: ArticleOf) -> Iterator[str]:
    """Which report it is, and the words of its article that carry it."""
    report = event.reports[number]
    article = article_of(report.id)
    said = f"{report.article}#{report.number}"
    sure = "" if report.claim.confidence is None else f", confidence {report.claim.confidence:.2f}"
    outlet = report.outlet if report.outlet != report.article else ""
    about = ", ".join(filter(None, (report.published, report.language, outlet, f"root {report.root}")))
    head = chars(f"{said} ", "title") + chars(f"{about}{sure}", "aside")
    yield from side_by_side([chars(str(number + 1)), head], [-3, 75])
    if article.title:
        yield from wrapped(chars(article.title), "     ")
    yield from _words_of(report, article)


def _words_of(report: Report, article: Article) -> Iterator[str]:
    """The evidence quoted; of a claim that somebody coded, the words of its cells."""
    for span in report.claim.evidence:
        yield from quoted(article, span, marks(report.claim), "     │ ")
    if not report.claim.evidence:
        cells = (*ROLES[report.claim.kind], "items", "places")
        words = dict.fromkeys(v.text for cell in cells for v in getattr(report.claim, cell, ()))
        yield from wrapped(chars(" … ".join(words)), "     │ ")
