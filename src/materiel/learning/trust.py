"""Trust: how sure the reader may be of a claim and from where on it is told, learnt from claims of unseen articles."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import to_builtins

from materiel.learning.fit import fit, yes_or_no
from materiel.learning.lessons import Cell, Drafted, Say
from materiel.learning.score import PARTY_ROLES, Tally, article_pairs, claim_cells, item_credit, pair_up
from materiel.reading.assembling import assemble
from materiel.reading.choice import Features, Sums, Weights, chance, summed
from materiel.reading.confidence import confidence_features
from materiel.reading.drafts import Model
from materiel.reading.merging import MAIN_ROLES, merge
from materiel.reading.pairs import spread
from materiel.reading.voices import find_voices

STRENGTH = 2.0
ABOUT_AS_GOOD = 0.005  # F1 differences that 100 articles cannot tell from chance
ENOUGH = 40  # annotated claims of a kind below which its thresholds are not fitted
LIKELY_ENOUGH = 0.2  # what is less likely is not told, whatever it adds to F1: nobody should have to read it
THRESHOLDS = [n / 50 for n in range(2, 40)]
KINDS = tuple(MAIN_ROLES)


def is_right(gold: Cell, guess: Cell) -> bool:
    """What confidence is the chance of: all countries of a claim's parties and, of a transfer, an item agree."""
    if not gold or not guess:
        return False
    for role in PARTY_ROLES:
        if {p["country"] for p in gold.get(role, ())} != {p["country"] for p in guess.get(role, ())} and role not in (
            "intermediary",
            "end_use",
        ):
            return False
    return gold["kind"] != "transfer" or bool(pair_up(gold["items"], guess["items"], item_credit))


class Reliability(NamedTuple):
    """The claims whose confidence is in the tenth from `low` on: how many, how sure on average, how often right."""

    low: float
    claims: int
    mean: float
    right: float


def reliability(pairs: Iterable[tuple[Cell, Cell]]) -> list[Reliability]:
    """How often claims of each confidence are right, from annotated and read claims side by side."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for gold, guess in pairs:
        if guess:
            tenths[min(9, int(guess["confidence"] * 10))].append((guess["confidence"], is_right(gold, guess)))
    return [
        Reliability(n / 10, len(rows), *(sum(row[k] for row in rows) / len(rows) for k in (0, 1)))
        for n, rows in sorted(tenths.items())
    ]


def trust(drafted: Drafted, unseen: Sequence[Model], say: Say) -> dict[str, Weights]:
    """Weights of confidence, and by kind the least confidence of a claim that is told."""
    guesses = _guesses(drafted, unseen)
    decisions = [yes_or_no(features, is_right(gold, cell)) for gold, cell, features, _ in guesses if cell]
    learnt = fit(decisions, STRENGTH)
    weights = summed(learnt)
    least: Weights = {}
    for kind in KINDS:
        rated = [
            (chance(f, weights) if cell else 0.0, gold, cell)
            for gold, cell, f, _ in guesses
            if (gold or cell)["kind"] == kind
        ]
        few = sum(bool(gold) for _, gold, _ in rated) < ENOUGH
        best = LIKELY_ENOUGH if few else max(LIKELY_ENOUGH, middle({t: _f1_at(rated, t) for t in THRESHOLDS}))
        least[kind] = best
        say(f"{kind}: least confidence {best} (F1 {_f1_at(rated, best):.3f})")
    _report(guesses, [one.article.language for one, *_ in drafted], weights, least, say)
    return {"confidence": learnt, "least": least}


Guess = tuple[Cell, Cell, Features, int]


def _report(guesses: list[Guess], languages: Sequence[str], weights: Sums[float], least: Weights, say: Say) -> None:
    """Precision, recall and F1 of each cell on articles that the parts had not seen; `languages` are the texts'."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for gold, cell, features, n in guesses:
        kind = (gold or cell)["kind"]
        shown = cell if cell and chance(features, weights) >= least[kind] else {}
        if gold or shown:
            for name, credit, annotated, predicted in claim_cells(gold, shown):
                wide = "CELLS", f"{kind}: all cells"
                for row in (*wide, *(f"{languages[n]}: {row}" for row in wide), f"{kind}: {name}"):
                    tallies[row].add(credit, annotated, predicted)
    say("cross-validated, on articles not learnt from:")
    for row, t in sorted(tallies.items()):
        say(f"  {row:34} {t.precision:.3f} {t.recall:.3f} {t.f1:.3f} {t.annotated:6.0f} {t.predicted:6.0f}")


def _guesses(drafted: Drafted, unseen: Sequence[Model]) -> list[Guess]:
    """Annotated and guessed claims side by side, with the features of the guess.

    `unseen[k]` are the weights learnt without fold k, by which its articles are read.
    """
    found: list[Guess] = []
    for n, (one, drafts, _) in enumerate(drafted):
        if not one.typical:
            continue
        likely = spread(one.scene, drafts)
        voices = find_voices(one.scene)
        cells, features = [], {}
        for group in merge(one.scene, likely, unseen[one.fold]):
            claim = assemble(one.scene, group, voices, unseen[one.fold])
            if claim is not None:
                cell = to_builtins(claim)
                cells.append(cell)
                features[id(cell)] = confidence_features(one.scene, group, claim, likely)
        for gold, cell in article_pairs(one.claims, cells):
            found.append((gold, cell, features.get(id(cell), []), n))
    return found


def middle(scores: dict[float, float]) -> float:
    """The middle one of the thresholds whose F1 is about as good as the best: the one that leans neither way."""
    best = max(scores.values())
    good = sorted(t for t, f1 in scores.items() if f1 >= best - ABOUT_AS_GOOD)
    return good[(len(good) - 1) // 2]


def _f1_at(rated: list[tuple[float, Cell, Cell]], least: float) -> float:
    credit = annotated = predicted = 0.0
    for p, gold, cell in rated:
        shown = cell if p >= least else {}
        if gold or shown:
            for _, c, a, b in claim_cells(gold, shown):
                credit, annotated, predicted = credit + c, annotated + a, predicted + b
    return 2 * credit / (annotated + predicted) if annotated + predicted else 0.0
