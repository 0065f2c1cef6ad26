"""Adding: entries are taken a few at a time, and what they changed is summed up."""

from collections.abc import Iterable, Iterator, Sequence
from time import monotonic

from materiel.ledger.deriving import Derived
from materiel.ledger.records import Added, Disagreement, Entry, Joined, Refused
from materiel.ledger.sketch import claim_id
from materiel.ledger.storing import Draft, Stored, draft
from materiel.model.errors import ArticleError
from materiel.model.event import Contradiction, Event

PATIENCE_S = 2.0  # how long an entry that is at hand may wait for others to be kept with


def batches(entries: Iterable[Entry], most: int, patience: float = PATIENCE_S) -> Iterator[list[Entry]]:
    """Entries, at most so many at a time, and fewer where they come slowly: one that comes `patience` s after the first
    of its batch ends it."""
    batch: list[Entry] = []
    since = monotonic()
    for entry in entries:
        batch.append(entry)
        if len(batch) >= most or monotonic() - since > patience:
            yield batch
            batch, since = [], monotonic()
    if batch:
        yield batch


class Tally:
    """What adding changed so far."""

    def __init__(self) -> None:
        self.entries = 0
        self._articles = 0
        self._known = 0
        self._new: set[str] = set()
        self._refused: list[Refused] = []
        self._found: dict[str, tuple[tuple[str, ...], bool, tuple[Contradiction, ...]]] = {}

    def drafts(self, batch: Sequence[Entry]) -> list[Draft]:
        """Entries made ready; those that cannot be kept are refused."""
        made = []
        for entry in batch:
            try:
                made.append(draft(entry))
            except ArticleError as error:
                self._refused.append(Refused(article=entry.article.id, why=str(error)))
        return made

    def kept(self, batch: Sequence[Entry], drafts: Sequence[Draft], stored: Stored) -> None:
        """Count what was stored of a batch."""
        self.entries += len(batch)
        self._articles += len(stored.articles)
        self._known += len(drafts) - len(stored.codings)
        self._new.update(map(claim_id, stored.claims))

    def derived(self, derived: Derived) -> None:
        """Note what became of the events."""
        for name in derived.gone:
            self._found.pop(name, None)
        for screened in derived.told:
            event = screened.event
            new = tuple(r.id for r in event.reports if r.id in self._new)
            self._found[event.id] = (new, len(new) < len(event.reports), tuple(_disagreements(event, self._new)))

    def added(self) -> Added:
        """The sum of it."""
        found = {name: told for name, told in sorted(self._found.items()) if told[0]}
        return Added(
            articles=self._articles,
            known=self._known,
            claims=len(self._new),
            events=tuple(name for name, (_, old, _) in found.items() if not old),
            joined=tuple(Joined(event=name, claims=new) for name, (new, old, _) in found.items() if old),
            contradictions=tuple(
                Disagreement(event=name, contradiction=c) for name, (_, _, clashes) in found.items() for c in clashes
            ),
            refused=tuple(self._refused),
        )


def _disagreements(event: Event, new: set[str]) -> Iterator[Contradiction]:
    """The contradictions that would not be there without the new claims."""
    for contradiction in event.contradictions:
        before = [said for said in contradiction.values if any(event.reports[n].id not in new for n in said.reports)]
        if len(before) <= 1:
            yield contradiction
