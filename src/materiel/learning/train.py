"""Train: the weights of every choice of the reader, learnt from annotated articles and marked-up examples."""

from collections import defaultdict
from collections.abc import Sequence

from materiel.learning.align import Aligned
from materiel.learning.decisions import (
    Weighed,
    detail_decisions,
    frame_decisions,
    merge_decisions,
    pair_decisions,
)
from materiel.learning.fit import Decision, fit
from materiel.learning.lessons import FOLDS, Drafted, Lesson, Say
from materiel.learning.trust import trust
from materiel.reading.choice import flat
from materiel.reading.drafts import CHOSEN_ROLES, LABELS, SHARED_ROLES, Draft, Model, draft_all, label
from materiel.reading.merging import MAIN_ROLES
from materiel.reading.pairs import settle_pairs

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
}
ASIDES = tuple(f"role.{role}" for role in SHARED_ROLES["transfer"])  # rarely named, so seen too seldom to be held back
LEAST_OF_LABEL = 0.08  # weights of status, stance, mode and tone that are smaller cost time and change nothing


def train(lessons: Sequence[Lesson], say: Say, weighed: Weighed = flat) -> Model:
    """The weights of all choices. What rests on other choices is learnt from lessons those had not seen.

    `weighed` picks from the features of frames, labels and roles those that get weights (all of them).
    """
    say(f"{len(lessons)} texts, {sum(len(one.claims) for one in lessons)} claims")
    first = first_weights(lessons, weighed)
    drafted: Drafted = []
    for fold in range(FOLDS):
        weights = first_weights([one for one in lessons if one.fold != fold], weighed)
        drafted += [(one, *_drafts(one, weights)) for one in lessons if one.fold == fold]
        say(f"fold {fold + 1} of {FOLDS} drafted")
    model = Model(first)
    model["pair"] = fit(pair_decisions(drafted), STRENGTH["pair"])
    unseen = [Model(pair=fit(pair_decisions(_without(drafted, k)), STRENGTH["pair"])) for k in range(FOLDS)]
    for one, drafts, _ in drafted:
        settle_pairs(drafts, unseen[one.fold])
    model |= _detail_weights(drafted)
    for fold in range(FOLDS):
        unseen[fold] |= _detail_weights(_without(drafted, fold))
        say(f"fold {fold + 1} of {FOLDS} put together")
    model |= trust(drafted, unseen, say)
    return model


def _without(drafted: Drafted, fold: int) -> Drafted:
    return [one for one in drafted if one[0].fold != fold]


def _detail_weights(drafted: Drafted) -> Model:
    """Weights of what joins drafts and of the plain cells of what they make."""
    model = Model(merge=fit(merge_decisions(drafted), STRENGTH["merge"]))
    for name, decisions in detail_decisions(drafted).items():
        model[name] = fit(decisions, STRENGTH.get(name, STRENGTH["detail"]))
    return model


def first_weights(lessons: Sequence[Lesson], weighed: Weighed = flat) -> Model:
    """Weights of what is decided frame by frame: whether it reports anything, roles, labels."""
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for one in lessons:
        for aligned in one.aligned:
            frame_decisions(one, aligned, decisions, weighed)
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


def _drafts(one: Lesson, weights: Model) -> tuple[list[Draft], dict[int, Aligned]]:
    by_frame = {id(aligned.frame): aligned for aligned in one.aligned}
    drafts = draft_all(one.scene, [aligned.frame for aligned in one.aligned], weights)
    for made in drafts:
        label(made, weights)
    return drafts, {id(made): by_frame[id(made.frame)] for made in drafts}
