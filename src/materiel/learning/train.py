"""Train: the weights of every choice of the reader, learnt from annotated articles and marked-up examples."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from msgspec import to_builtins

from materiel.learning.align import Aligned, align, label_of, right_mentions, right_party, right_voices
from materiel.learning.fit import Decision, fit, yes_or_no
from materiel.learning.score import (
    PARTY_ROLES,
    Tally,
    article_pairs,
    claim_cells,
    date_credit,
    item_credit,
    name_credit,
    pair_up,
)
from materiel.model.article import Article
from materiel.reading.assembling import assemble
from materiel.reading.choice import Weights, chance
from materiel.reading.confidence import confidence_features
from materiel.reading.details import (
    date_features,
    find_places,
    in_reach,
    no_date_features,
    no_value_features,
    place_features,
    value_features,
)
from materiel.reading.drafts import (
    CHOSEN_ROLES,
    LABELS,
    SHARED_ROLES,
    Draft,
    Model,
    draft_all,
    label,
    label_cells,
    may_share,
    pair_candidates,
    pair_features,
    settle_pairs,
    side_totals,
    spread,
)
from materiel.reading.features import (
    TITLE,
    article_features,
    candidates,
    context_features,
    nobody_features,
    party_features,
)
from materiel.reading.frames import find_frames
from materiel.reading.merging import MAIN_ROLES, likeness, merge
from materiel.reading.scene import Scene
from materiel.reading.voices import find_voices, source_features

FOLDS = 5
STRENGTH = {
    "claim": 8.0,
    "role": 8.0,
    "aside": 3.0,
    "label": 8.0,
    "pair": 0.5,
    "merge": 1.0,
    "detail": 3.0,
    "source": 6.0,
    "date": 6.0,
    "confidence": 2.0,
}
ASIDES = tuple(f"role.{role}" for role in SHARED_ROLES["transfer"])  # rarely named, so seen too seldom to be held back
ABOUT_AS_GOOD = 0.005  # F1 differences that 100 articles cannot tell from chance
LEAST_OF_LABEL = 0.08  # weights of status, stance, mode and tone that are smaller cost time and change nothing
SHORT = 0.1  # what it counts for choices that weigh a whole article (pairs, merging), which a few sentences mislead
DETAIL = 0.3  # and for sources, dates, values and places, which a report names further off than an example
EXAMPLE = 0.5  # what a marked-up example counts beside an article: sentences are easier than reports
ENOUGH = 40  # annotated claims of a kind below which its thresholds are not fitted
LIKELY_ENOUGH = 0.2
THRESHOLDS = [n / 50 for n in range(2, 40)]
Cell = dict[str, Any]
Say = Callable[[str], None]


@dataclass(slots=True)
class Lesson:
    """An annotated article, its scene and which frames report which of its claims."""

    article: Article
    scene: Scene
    claims: list[Cell]
    aligned: list[Aligned]
    fold: int
    example: bool


def lesson(article: Article, claims: list[Cell], scene: Scene, example: bool) -> Lesson:
    """Prepare an annotated article; its fold depends on its id alone."""
    return Lesson(
        article,
        scene,
        claims,
        align(scene, find_frames(scene), claims),
        crc32(article.id.encode()) % FOLDS,
        example,
    )


def train(lessons: Sequence[Lesson], say: Say) -> Model:
    """The weights of all choices. What rests on other choices is learnt from lessons those had not seen."""
    say(f"{len(lessons)} texts, {sum(len(one.claims) for one in lessons)} claims")
    first = first_weights(lessons)
    drafted: list[tuple[Lesson, list[Draft], dict[int, Aligned]]] = []
    for fold in range(FOLDS):
        weights = first_weights([one for one in lessons if one.fold != fold])
        drafted += [(one, *_drafts(one, weights)) for one in lessons if one.fold == fold]
        say(f"fold {fold + 1} of {FOLDS} drafted")
    model = Model(first)
    model["pair"] = fit(_pair_decisions(drafted), STRENGTH["pair"])
    unseen = [Model(pair=fit(_pair_decisions(_without(drafted, k)), STRENGTH["pair"])) for k in range(FOLDS)]
    for one, drafts, _ in drafted:
        settle_pairs(drafts, unseen[one.fold])
    model |= _detail_weights(drafted)
    for fold in range(FOLDS):
        unseen[fold] |= _detail_weights(_without(drafted, fold))
        say(f"fold {fold + 1} of {FOLDS} put together")
    model |= _confidence(drafted, unseen, say)
    return model


def _without(drafted: "Drafted", fold: int) -> "Drafted":
    return [one for one in drafted if one[0].fold != fold]


def _detail_weights(drafted: "Drafted") -> Model:
    """Weights of what joins drafts and of the plain cells of what they make."""
    model = Model(merge=fit(_merge_decisions(drafted), STRENGTH["merge"]))
    for name, decisions in _detail_decisions(drafted).items():
        model[name] = fit(decisions, STRENGTH.get(name, STRENGTH["detail"]))
    return model


def first_weights(lessons: Sequence[Lesson]) -> Model:
    """Weights of what is decided frame by frame: whether it reports anything, roles, labels."""
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for one in lessons:
        for aligned in one.aligned:
            _frame_decisions(one, aligned, decisions)
    model = _blank()
    for name, asked in decisions.items():
        if name in LABELS:
            joint = fit(asked, STRENGTH["label"], smallest=LEAST_OF_LABEL)
            model |= {f"{name}.{value}": {} for value in LABELS[name]}
            for feature, weight in joint.items():
                value, _, rest = feature.partition(":")
                model[f"{name}.{value}"][rest] = weight
        else:
            sort = "claim" if name.startswith("claim") else "aside" if name in ASIDES else "role"
            model[name] = fit(asked, STRENGTH[sort])
    return model


def _blank() -> Model:
    """The weights of every choice before anything is learnt: no frame reports anything."""
    model = Model({f"claim.{kind}": {"bias": -5.0} for kind in MAIN_ROLES})
    roles = [role for table in (CHOSEN_ROLES, SHARED_ROLES) for named in table.values() for role in named]
    model |= {f"role.{role}": {} for role in roles}
    model |= {f"{cell}.{label}": {} for cell, labels in LABELS.items() for label in labels}
    return model


def _frame_decisions(one: Lesson, aligned: Aligned, decisions: dict[str, list[Decision]]) -> None:
    frame, scene = aligned.frame, one.scene
    if one.example:
        aligned = replace(aligned, weight=aligned.weight * EXAMPLE)
    context = context_features(scene, frame)
    decisions[f"claim.{frame.kind}"].append(yes_or_no(context, aligned.claim is not None, aligned.weight))
    if aligned.claim is None:
        return
    claim = one.claims[aligned.claim]
    parties = candidates(scene, frame)
    features = [party_features(scene, frame, p) for p in parties]
    for role in CHOSEN_ROLES.get(frame.kind, ()):
        cells = [c for n in aligned.claims for c in one.claims[n][role]]
        right = right_mentions(parties, cells) if cells else frozenset((len(parties),))
        if right:
            decisions[f"role.{role}"].append(
                Decision([*features, nobody_features(scene, frame)], right, aligned.weight)
            )
    for role in SHARED_ROLES.get(frame.kind, ()):
        for party, f in zip(parties, features, strict=True):
            if not may_share(scene, frame, party):
                continue
            decisions[f"role.{role}"].append(
                yes_or_no(f, any(right_party(party, c) for c in claim[role]), aligned.weight)
            )
    whole = article_features(scene)
    for cell in label_cells(frame.kind):
        # The manner of one transfer says little of another's state: an article of gifts may tell of things sought.
        bearing = [f for f in whole if cell != "status" or f.startswith(TITLE)]
        options = [[f"{value}:{f}" for f in context + bearing] for value in LABELS[cell]]
        decisions[cell].append(Decision(options, frozenset((label_of(cell, claim),)), aligned.weight))


def _drafts(one: Lesson, weights: Model) -> tuple[list[Draft], dict[int, Aligned]]:
    by_frame = {id(aligned.frame): aligned for aligned in one.aligned}
    drafts = draft_all(one.scene, [aligned.frame for aligned in one.aligned], weights)
    for made in drafts:
        label(made, weights)
    return drafts, {id(made): by_frame[id(made.frame)] for made in drafts}


def _entities(cells: list[Cell]) -> set[str | None]:
    return {c["country"] or c["name"] for c in cells} or {None}


Drafted = list[tuple[Lesson, list[Draft], dict[int, Aligned]]]


def _pair_decisions(drafted: Drafted) -> list[Decision]:
    found = []
    for one, drafts, by_draft in drafted:
        transfers = [d for d in drafts if d.frame.kind == "transfer"]
        totals = side_totals(transfers)
        previous = None
        for made in transfers:
            aligned = by_draft[id(made)]
            pairs = pair_candidates(made)
            p, q = made.entities("supplier"), made.entities("recipient")
            made.pair = max(pairs, key=lambda sr: (p.get(sr[0], 0) * q.get(sr[1], 0), sr[0] or "", sr[1] or ""))
            if aligned.claim is not None:
                sides = [
                    (_entities(c["supplier"]), _entities(c["recipient"]))
                    for c in (one.claims[n] for n in aligned.claims)
                ]
                right = frozenset(k for k, (s, r) in enumerate(pairs) if any(s in a and r in b for a, b in sides))
                if right:
                    found.append(
                        Decision(
                            pair_features(made, pairs, totals, previous),
                            right,
                            aligned.weight * (SHORT if one.example else 1.0),
                        )
                    )
            if made.worth > 0.3:
                previous = made
    return found


def _merge_decisions(drafted: Drafted) -> list[Decision]:
    found = []
    for one, drafts, by_draft in drafted:
        real = [d for d in drafts if by_draft[id(d)].claims and d.worth > 0.2]
        for k, a in enumerate(real):
            for b in real[k + 1 :]:
                x, y = by_draft[id(a)], by_draft[id(b)]
                if a.frame.kind == b.frame.kind and not (x.claim is None and y.claim is None):
                    together = (
                        x.claim == y.claim if None not in (x.claim, y.claim) else bool(set(x.claims) & set(y.claims))
                    )
                    weight = min(x.weight, y.weight) / max(1.0, len(real) / 6) * (SHORT if one.example else 1.0)
                    found.append(yes_or_no(likeness(one.scene, a, b), together, weight))
    return found


def _groups(drafts: list[Draft], by_draft: dict[int, Aligned]) -> dict[int, list[Draft]]:
    groups: dict[int, list[Draft]] = defaultdict(list)
    for made in drafts:
        claim = by_draft[id(made)].claim
        if claim is not None:
            groups[claim].append(made)
    return groups


def _detail_decisions(drafted: Drafted) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {"source": [], "date": [], "value": [], "place": []}
    for one, drafts, by_draft in drafted:
        scene = one.scene
        weight = DETAIL if one.example else 1.0
        voices = find_voices(scene)
        sums = [n for n in scene.numbers if n.currency and n.amount]
        for number, group in _groups(drafts, by_draft).items():
            claim = one.claims[number]
            right_ones = right_voices(scene, voices, claim["sources"])
            for voice in voices.all:
                right = voice in right_ones
                found["source"].append(yes_or_no(source_features(scene, group, voice, voices), right, weight))
            dates = in_reach(scene, group, scene.dates)
            options = [date_features(scene, group, w) for w in dates] + [no_date_features(scene, group)]
            good = {k for k, w in enumerate(dates) if claim["date"] and date_credit(claim["date"], w.value) == 1}
            good = good or {k for k, w in enumerate(dates) if claim["date"] and date_credit(claim["date"], w.value)}
            found["date"].append(Decision(options, frozenset(good or {len(dates)}), weight))
            if claim["kind"] == "transfer":
                options = [value_features(scene, group, n) for n in sums] + [no_value_features(scene, group)]
                value = claim["value"]
                good = {
                    k
                    for k, n in enumerate(sums)
                    if value and n.amount == value["amount"] and n.currency == value["currency"]
                }
                found["value"].append(Decision(options, frozenset(good or {len(sums)}), weight))
            for place in in_reach(scene, group, find_places(scene)):
                cell = {"text": scene.text.quote(place.first, place.last), "name": place.name}
                right = any(name_credit(g, cell) for g in claim["places"])
                found["place"].append(yes_or_no(place_features(scene, group, place), right, weight))
    return found


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


def _confidence(drafted: Drafted, unseen: Sequence[Model], say: Say) -> dict[str, Weights]:
    """Weights of confidence, and the least worth and confidence that give the best F1 by kind."""
    least: Weights = {
        f"draft.{k}": 0.3 for k in ("transfer", "visit", "meeting", "inspection", "agreement", "reaction")
    }
    best_drafts = dict(least)
    for kind in ("transfer", "visit", "meeting", "inspection", "agreement", "reaction"):
        scores = {}
        for floor in (0.3, 0.4, 0.5):
            scores[floor] = _best_f1(_guesses(drafted, unseen, {**least, f"draft.{kind}": floor}, kind), kind)
        if sum(c["kind"] == kind for one, *_ in drafted if not one.example for c in one.claims) >= ENOUGH:
            best_drafts[f"draft.{kind}"] = most_cautious(scores)
        say(
            f"{kind}: least worth of a draft {best_drafts[f'draft.{kind}']} "
            f"(F1 {scores[best_drafts[f'draft.{kind}']]:.3f})"
        )
    guesses = _guesses(drafted, unseen, best_drafts, None)
    decisions = [yes_or_no(features, is_right(gold, cell)) for gold, cell, features, _ in guesses if cell]
    weights = fit(decisions, STRENGTH["confidence"])
    least = dict(best_drafts)
    for kind in ("transfer", "visit", "meeting", "inspection", "agreement", "reaction"):
        rated = [
            (chance(f, weights) if cell else 0.0, gold, cell)
            for gold, cell, f, _ in guesses
            if (gold or cell)["kind"] == kind
        ]
        few = sum(bool(gold) for _, gold, _ in rated) < ENOUGH
        best = LIKELY_ENOUGH if few else most_cautious({t: _f1_at(rated, t) for t in THRESHOLDS})
        least[f"claim.{kind}"] = best
        say(f"{kind}: least confidence {best} (F1 {_f1_at(rated, best):.3f})")
    _report(guesses, weights, least, say)
    return {"confidence": weights, "least": least}


Guess = tuple[Cell, Cell, list[str], int]


def _report(guesses: list[Guess], weights: Weights, least: Weights, say: Say) -> None:
    """Precision, recall and F1 of each cell on articles that the parts had not seen."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for gold, cell, features, _ in guesses:
        kind = (gold or cell)["kind"]
        shown = cell if cell and chance(features, weights) >= least[f"claim.{kind}"] else {}
        if gold or shown:
            for name, credit, annotated, predicted in claim_cells(gold, shown):
                for row in ("CELLS", f"{kind}: all cells", f"{kind}: {name}"):
                    tallies[row].add(credit, annotated, predicted)
    say("cross-validated, on articles not learnt from:")
    for row, t in sorted(tallies.items()):
        say(f"  {row:34} {t.precision:.3f} {t.recall:.3f} {t.f1:.3f} {t.annotated:6.0f} {t.predicted:6.0f}")


def _guesses(drafted: Drafted, unseen: Sequence[Model], least: Weights, kind: str | None) -> list[Guess]:
    """Annotated and guessed claims side by side, with the features of the guess.

    `unseen[k]` are the weights learnt without fold k, by which its articles are read.
    """
    found: list[Guess] = []
    for n, (one, drafts, _) in enumerate(drafted):
        if one.example and one.claims:
            continue
        likely = spread(
            one.scene,
            [d for d in drafts if d.worth >= least[f"draft.{d.frame.kind}"] and kind in (None, d.frame.kind)],
        )
        voices = find_voices(one.scene)
        cells, features = [], {}
        for group in merge(one.scene, likely, unseen[one.fold]):
            claim = assemble(one.scene, group, voices, unseen[one.fold])
            if claim is not None:
                cell = to_builtins(claim)
                cells.append(cell)
                features[id(cell)] = confidence_features(one.scene, group, claim, likely)
        golds = [c for c in one.claims if kind in (None, c["kind"])]
        for gold, cell in article_pairs(golds, cells):
            found.append((gold, cell, features.get(id(cell), []), n))
    return found


def _best_f1(guesses: list[Guess], kind: str) -> float:
    credit = gold_cells = guess_cells = 0.0
    for gold, cell, _, _ in guesses:
        for _, c, a, b in claim_cells(gold, cell):
            credit, gold_cells, guess_cells = credit + c, gold_cells + a, guess_cells + b
    return 2 * credit / (gold_cells + guess_cells) if gold_cells + guess_cells else 0.0


def most_cautious(scores: dict[float, float]) -> float:
    """The highest threshold whose F1 is about as good as the best: what is shown should rather be right."""
    best = max(scores.values())
    return max(t for t, f1 in scores.items() if f1 >= best - ABOUT_AS_GOOD)


def _f1_at(rated: list[tuple[float, Cell, Cell]], least: float) -> float:
    credit = annotated = predicted = 0.0
    for p, gold, cell in rated:
        shown = cell if p >= least else {}
        if gold or shown:
            for _, c, a, b in claim_cells(gold, shown):
                credit, annotated, predicted = credit + c, annotated + a, predicted + b
    return 2 * credit / (annotated + predicted) if annotated + predicted else 0.0
