"""Offices: what tells whose a bare office is, learnt from the parties that annotation names."""

from collections.abc import Iterator, Sequence

from materiel.learning.align import occurrences
from materiel.learning.fit import Decision, fit
from materiel.learning.lessons import Lesson, Say
from materiel.learning.score import PARTY_ROLES
from materiel.reading.choice import Sums, Weights, score, summed
from materiel.reading.offices import bare_offices
from materiel.reading.parties import find_parties
from materiel.world.countries import english_names


def learn_offices(lessons: Sequence[Lesson], say: Say) -> Weights:
    """Weights of what speaks for a country, from the offices of articles whose country annotation gives."""
    folds = [(one.fold, decision) for one in lessons if not one.example for decision in _decisions(one)]
    right = 0
    for fold in {fold for fold, _ in folds}:
        weights = summed(fit([d for other, d in folds if other != fold]))
        right += sum(_best(d, weights) in d.right for other, d in folds if other == fold)
    say(f"offices without their country: {right} of {len(folds)} right, learnt from other articles")
    return fit([d for _, d in folds])


def _decisions(one: Lesson) -> Iterator[Decision]:
    scene, text = one.scene, one.scene.text
    cells = [c for claim in one.claims for role in PARTY_ROLES for c in claim.get(role, ()) if c["country"]]
    named = [(a, b, c["country"]) for c in cells for a, b in occurrences(text.string, c["text"])]
    mentions = find_parties(text, scene.hits, scene.lexicon, english_names())
    for n, options in bare_offices(mentions, text, scene.cues).items():
        start, end = text.starts[mentions[n].first], text.ends[mentions[n].last - 1]
        right = {country for a, b, country in named if a < end and start < b}
        if len(right) == 1 and right <= options.keys():
            yield Decision([*options.values()], frozenset(k for k, c in enumerate(options) if c in right))


def _best(decision: Decision, weights: Sums[float]) -> int:
    return max(range(len(decision.candidates)), key=lambda k: score(decision.candidates[k], weights))
