"""Folding learnt: the likeness of two claims from annotated articles, and how well claims are folded with it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import comb
from typing import NamedTuple

import numpy as np

from materiel.learning.fit import fit, yes_or_no
from materiel.learning.retelling import retold
from materiel.ledger.blocks import candidate_pairs, entries_of
from materiel.ledger.cluster import components
from materiel.ledger.fold import fold
from materiel.ledger.likeness import Likeness, Weights, features
from materiel.ledger.sketch import KINDS, Sketches, sketch_all
from materiel.model.article import AnnotatedArticle

STRENGTH = 3.0  # precision of the prior; 1 and 6 fold what is held out no better (five folds)
RETOLD = 0.2  # what a pair with a retold claim counts; 0, 0.05 and 0.1 fold no better
LEAST = 3  # pairs that must show a feature
FOLDS = 5
# Two claims of the news are oftener of one event than two of the training articles, which seldom share a story.
# Of -0.4 to 1.2, this folds articles and stories that are held out best, taken together.
COMMONER = 0.8  # in log-odds


class Score(NamedTuple):
    """B-cubed and pairwise precision, recall and F1."""

    b_cubed: tuple[float, float, float]
    pairwise: tuple[float, float, float]


def learn_likeness(articles: Sequence[AnnotatedArticle], stories: Sequence[AnnotatedArticle] = ()) -> Weights:
    """The weights of likeness from articles whose claims carry `event` keys, their retellings, and stories."""
    claims, events = _laid_out([*articles, *stories, *retold(articles)])
    own = sum(bool(c.event) for a in (*articles, *stories) for c in a.claims)
    near = candidate_pairs(entries_of(claims))
    pairs = set(zip(near.a.tolist(), near.b.tolist(), strict=True))
    pairs |= {(a, b) for rows in _by_event(events).values() for a in rows for b in rows if a < b}
    chosen = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    said = features(claims, chosen[:, 0], chosen[:, 1])
    decisions = [
        yes_or_no(named, events[a] == events[b], 1.0 if b < own else RETOLD)
        for named, (a, b) in zip(said, chosen.tolist(), strict=True)
    ]
    weights = fit(decisions, STRENGTH, LEAST)
    return {**weights, "bias": round(weights.get("bias", 0.0) + COMMONER, 3)}


def score_folding(articles: Sequence[AnnotatedArticle], weights: Weights, kind: str | None = None) -> Score:
    """How well the claims of annotated articles, given, are folded; of one kind where one is named."""
    claims, events = _laid_out(articles)
    group = fold(claims, Likeness(weights)).group
    wanted = [n for n in range(len(events)) if kind is None or KINDS[claims["kind"][n]] == kind]
    return score_groups([(events[n], int(group[n])) for n in wanted])


def score_groups(pairs: Sequence[tuple[str, int]]) -> Score:
    """The scores of (annotated event, folded group), one a claim (Bagga and Baldwin 1998 for B-cubed)."""
    both, gold, guess = Counter(pairs), Counter(e for e, _ in pairs), Counter(g for _, g in pairs)
    n = max(1, len(pairs))
    precise = sum(c * c / guess[g] for (_, g), c in both.items()) / n
    recalled = sum(c * c / gold[e] for (e, _), c in both.items()) / n
    together = sum(comb(c, 2) for c in both.values())
    right = together / max(1, sum(comb(c, 2) for c in guess.values()))
    found = together / max(1, sum(comb(c, 2) for c in gold.values()))
    return Score((precise, recalled, _f1(precise, recalled)), (right, found, _f1(right, found)))


def cross_validated(articles: Sequence[AnnotatedArticle], stories: Sequence[AnnotatedArticle] = ()) -> Score:
    """Scores of articles and stories, folded in FOLDS parts that share no event with what was learnt from."""
    return score_groups([pair for one in held_out(articles, stories) for pair in one])


def held_out(
    articles: Sequence[AnnotatedArticle], stories: Sequence[AnnotatedArticle]
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(annotated event, folded group) of the claims of articles, and of stories, each part folded by itself."""
    found: tuple[list[tuple[str, int]], list[tuple[str, int]]] = ([], [])
    part, part_of_story = _parts(articles), _parts(stories)
    for k in range(FOLDS):
        kept, held = _parted(articles, part, k)
        kept_stories, held_stories = _parted(stories, part_of_story, k)
        likeness = Likeness(learn_likeness(kept, kept_stories))
        for n, few in enumerate((held, held_stories)):
            claims, events = _laid_out(few)
            group = fold(claims, likeness).group.tolist()
            found[n].extend(zip(events, ((2 * k + n) << 32 | g for g in group), strict=True))
    return found


def _parted(
    articles: Sequence[AnnotatedArticle], part: Sequence[int], k: int
) -> tuple[list[AnnotatedArticle], list[AnnotatedArticle]]:
    """The articles that are not of part `k`, and those that are."""
    return (
        [a for a, p in zip(articles, part, strict=True) if p != k],
        [a for a, p in zip(articles, part, strict=True) if p == k],
    )


def _parts(articles: Sequence[AnnotatedArticle]) -> list[int]:
    """The part of each article; articles that share an event are in one."""
    rows: dict[str, list[int]] = defaultdict(list)
    for n, article in enumerate(articles):
        for claim in article.claims:
            rows[f"{claim.kind}:{claim.event}"].append(n)
    edges = np.array([(v[0], w) for v in rows.values() for w in v[1:]], dtype=np.int64).reshape(-1, 2)
    root = components(len(articles), edges[:, 0], edges[:, 1])
    sizes = Counter(root.tolist())
    load = [0] * FOLDS
    where: dict[int, int] = {}
    for knot, size in sorted(sizes.items(), key=lambda ks: (-ks[1], ks[0])):
        where[knot] = min(range(FOLDS), key=lambda k: (load[k], k))
        load[where[knot]] += size
    return [where[r] for r in root.tolist()]


def _laid_out(articles: Sequence[AnnotatedArticle]) -> tuple[Sketches, list[str]]:
    """The sketches of all claims that carry an event key, and the keys."""
    rows = [(a.id, n, a.published, c) for a in articles for n, c in enumerate(a.claims) if c.event]
    return sketch_all(rows), [f"{c.kind}:{c.event}" for _, _, _, c in rows]


def _by_event(events: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, event in enumerate(events):
        found[event].append(row)
    return found


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0
