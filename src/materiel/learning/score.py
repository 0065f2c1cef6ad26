"""Score: readings against annotated articles, cell by cell (corpus/GUIDE.md says what a cell is)."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = dict[str, Any]

PARTY_ROLES = (
    "supplier",
    "recipient",
    "intermediary",
    "end_use",
    "visitor",
    "host",
    "participants",
    "viewer",
    "parties",
    "who",
)
PLAIN_CELLS = ("status", "stance", "mode", "tone", "days")
EMPTY_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "de",
        "la",
        "al",
        "el",
        "di",
        "dan",
        "yang",
        "para",
        "sang",
        "the's",
        "mr",
        "ms",
        "president",
        "presiden",
        "pemimpin",
        "leader",
    ]
)


def words(text: str | None) -> set[str]:
    """The words of a text that can tell two names apart: lower-cased, without accents, inflected ones cut short."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c)).lower()
    found = {w for w in re.findall(r"\w+", plain) if w not in EMPTY_WORDS}
    return {w[: max(4, len(w) - 2)] if "\u0400" <= w[0] <= "\u04ff" else w for w in found}


def alike(a: Cell, b: Cell, keys: Sequence[str] = ("text", "name", "designation")) -> bool:
    """Whether two cells name the same thing: any of their names share a word of three letters or a number."""
    for x in (a.get(k) for k in keys if a.get(k)):
        for y in (b.get(k) for k in keys if b.get(k)):
            if any(len(w) > 2 or w.isdigit() for w in words(x) & words(y)):
                return True
    return False


def party_credit(gold: Cell, guess: Cell) -> float:
    """1 for the right country and a like name, 0.5 for the country alone."""
    if gold.get("country") != guess.get("country"):
        return 0.0
    return 1.0 if alike(gold, guess, ("text", "name")) else 0.5


def class_credit(gold: Cell, guess: Cell) -> float:
    """1 for the right class, 0.5 for the right family of classes."""
    a, b = gold.get("class") or "", guess.get("class") or ""
    if a == b:
        return 1.0
    return 0.5 if a.split(".")[0] == b.split(".")[0] else 0.0


def item_credit(gold: Cell, guess: Cell) -> float:
    """How much two items agree, for pairing them."""
    credit = class_credit(gold, guess)
    if gold.get("designation") and words(gold["designation"]) == words(guess.get("designation")):
        return max(credit, 0.5)
    return credit if alike(gold, guess, ("text",)) or credit == 1.0 else credit / 2


def name_credit(gold: Cell, guess: Cell) -> float:
    """1 where two places have a like name."""
    return 1.0 if alike(gold, guess, ("text", "name")) else 0.0


def source_credit(gold: str, guess: str) -> float:
    """1 where two sources share a word."""
    return 1.0 if words(gold) & words(guess) else 0.0


def date_credit(gold: str, guess: str) -> float:
    """1 for the same date, 0.5 where one is a less precise form of the other."""
    if gold == guess:
        return 1.0
    a, b = gold.split("/", maxsplit=1)[0], guess.split("/", maxsplit=1)[0]
    return 0.5 if a.startswith(b) or b.startswith(a) else 0.0


def pair_up(
    golds: Sequence[Any], guesses: Sequence[Any], credit: Callable[[Any, Any], float]
) -> list[tuple[Any, Any, float]]:
    """Pair two lists greedily, best credit first."""
    ranked = sorted(
        ((credit(g, p), i, j) for i, g in enumerate(golds) for j, p in enumerate(guesses)),
        key=lambda t: (-t[0], t[1], t[2]),
    )
    used_i: set[int] = set()
    used_j: set[int] = set()
    pairs = []
    for c, i, j in ranked:
        if c > 0 and i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            pairs.append((golds[i], guesses[j], c))
    return pairs


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


def claim_cells(gold: Cell, guess: Cell) -> Iterator[tuple[str, float, int, int]]:
    """Yield (cell, credit, annotated, predicted) for a pair of claims; either may be empty."""
    yield "claim", float(bool(gold) and bool(guess)), int(bool(gold)), int(bool(guess))
    for role in PARTY_ROLES:
        a, b = _as_list(gold.get(role)), _as_list(guess.get(role))
        if a or b:
            yield f"party.{role}", sum(c for *_, c in pair_up(a, b, party_credit)), len(a), len(b)
    yield from _item_cells(_as_list(gold.get("items")), _as_list(guess.get("items")))
    for cell in PLAIN_CELLS:
        x, y = gold.get(cell), guess.get(cell)
        if x is not None or y is not None:
            yield cell, float(x == y), int(x is not None), int(y is not None)
    for cell, key, credit in (("source", "sources", source_credit), ("place", "places", name_credit)):
        a, b = _as_list(gold.get(key)), _as_list(guess.get(key))
        if a or b:
            yield cell, sum(c for *_, c in pair_up(a, b, credit)), len(a), len(b)
    x, y = gold.get("date"), guess.get("date")
    if x or y:
        yield "date", date_credit(x, y) if x and y else 0.0, int(bool(x)), int(bool(y))
    x, y = gold.get("value") or {}, guess.get("value") or {}
    if x or y:
        same = (x.get("amount"), x.get("currency")) == (y.get("amount"), y.get("currency"))
        yield "value", float(same), int(bool(x)), int(bool(y))


def _item_cells(a: list[Cell], b: list[Cell]) -> Iterator[tuple[str, float, int, int]]:
    if not a and not b:
        return
    pairs = pair_up(a, b, item_credit)
    yield "item.class", sum(class_credit(x, y) for x, y, _ in pairs), len(a), len(b)
    for cell, key in (("quantity", lambda v: v), ("designation", lambda v: words(str(v)))):
        filled = [sum(x.get(cell) is not None for x in side) for side in (a, b)]
        right = sum(
            x.get(cell) is not None and y.get(cell) is not None and key(x[cell]) == key(y[cell]) for x, y, _ in pairs
        )
        if any(filled):
            yield f"item.{cell}", float(right), filled[0], filled[1]


def countries(claim: Cell) -> set[str]:
    """The countries of a claim's parties."""
    return {p["country"] for role in PARTY_ROLES for p in _as_list(claim.get(role)) if p.get("country")}


def claim_likeness(gold: Cell, guess: Cell) -> float:
    """How much of two claims agrees; 0 where they share neither a country nor an item."""
    if gold.get("kind") != guess.get("kind"):
        return 0.0
    items = sum(c for *_, c in pair_up(_as_list(gold.get("items")), _as_list(guess.get("items")), item_credit))
    if not items and not countries(gold) & countries(guess):
        return 0.0
    return sum(credit for _, credit, _, _ in claim_cells(gold, guess))


def article_pairs(golds: Sequence[Cell], guesses: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
    """Annotated and predicted claims side by side; those without a partner stand beside an empty one."""
    pairs = [(g, p) for g, p, _ in pair_up(golds, guesses, claim_likeness)]
    ours, theirs = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
    return pairs + [(g, {}) for g in golds if id(g) not in ours] + [({}, p) for p in guesses if id(p) not in theirs]


@dataclass(slots=True)
class Tally:
    """Credit, annotated and predicted counts of a cell."""

    credit: float = 0.0
    annotated: float = 0.0
    predicted: float = 0.0

    def add(self, credit: float, annotated: int, predicted: int) -> None:
        """Count one cell."""
        self.credit += credit
        self.annotated += annotated
        self.predicted += predicted

    @property
    def precision(self) -> float:
        """The share of predicted cells that is right."""
        return self.credit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of annotated cells that is found."""
        return self.credit / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.annotated + self.predicted
        return 2 * self.credit / total if total else 0.0


def score(
    golds: Mapping[str, Cell], guesses: Mapping[str, Sequence[Cell]]
) -> tuple[dict[tuple[str, str], Tally], Counter[tuple[bool, bool]]]:
    """Tallies by (language or `all`, cell), and how many articles (have a transfer, are said to have one)."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    triage: Counter[tuple[bool, bool]] = Counter()
    for key, gold in golds.items():
        guess = guesses.get(key, ())
        has, says = (any(c.get("kind") == "transfer" for c in claims) for claims in (gold["claims"], guess))
        triage[has, says] += 1
        for g, p in article_pairs(gold["claims"], guess):
            kind = (g or p).get("kind")
            for cell, credit, n_gold, n_guess in claim_cells(g, p):
                for group in ("all", str(gold.get("language"))):
                    for name in ("CELLS", f"{kind}: all cells", f"{kind}: {cell}"):
                        tallies[group, name].add(credit, n_gold, n_guess)
    return tallies, triage
