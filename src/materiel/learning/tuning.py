"""Tuning: the encoder's adapters and heads learnt from lessons; each lesson told by a net that has not seen it."""

import random
from collections.abc import Callable, Sequence
from zlib import crc32

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, pad

from materiel.encoder.base import base_encoder
from materiel.encoder.insight import Answers, EncoderInsight
from materiel.encoder.questions import LABEL_ENDS, prior_of
from materiel.learning.asking import Asked
from materiel.learning.net import FROZEN, Frozen, Net
from materiel.learning.train import FOLDS, Lesson, first_weights

EPOCHS = 4
BATCH = 1500  # pieces of one step
SEED = 20231
PARTS = 2  # the insight into a lesson comes from a net that learnt from the other parts
RATES = {"layers": 6e-4, "heads": 1e-3}
SHARED = 0.5  # what a question counts that is asked of every mention, beside a choice among them
Say = Callable[[str], None]


def prepare(asked: Sequence[Asked], say: Say) -> None:
    """Run the frozen layers over every lesson's windows."""
    frozen = Frozen()
    begin, end, _, _ = base_encoder().special
    for some in batches(asked, random.Random(0)):
        owners = [(one, w) for one in some for w in one.questions.windows()]
        ids = [np.concatenate([[begin], one.questions.pieces.ids[w.first : w.last], [end]]) for one, w in owners]
        for (one, _), states in zip(owners, frozen(ids), strict=True):
            one.low.append(states)
    say(f"{len(asked)} texts through the frozen layers")


def give_priors(asked: Sequence[Asked]) -> None:
    """Give every lesson's questions the scores of quick weights that were learnt from other lessons."""
    for fold in range(FOLDS):
        weights = first_weights([one.lesson for one in asked if one.lesson.fold != fold])
        for one in asked:
            if one.lesson.fold == fold:
                one.questions.prior = prior_of(one.lesson.scene, one.questions, weights)


def batches(asked: Sequence[Asked], rng: random.Random) -> list[list[Asked]]:
    """Lessons of about one length together, about BATCH pieces at once, in a random order."""
    ranked = sorted(asked, key=lambda a: len(a.questions.pieces.ids) + rng.random() * 40)
    found: list[list[Asked]] = [[]]
    size = 0
    for one in ranked:
        if found[-1] and size + len(one.questions.pieces.ids) > BATCH:
            found.append([])
            size = 0
        found[-1].append(one)
        size += len(one.questions.pieces.ids)
    rng.shuffle(found)
    return found


def run(net: Net, some: Sequence[Asked]) -> list[Tensor]:
    """The last states of each lesson's pieces."""
    low = [w for one in some for w in one.low]
    longest = max(len(w) for w in low)
    x = torch.stack([pad(w.float(), (0, 0, 0, longest - len(w))) for w in low])
    mask = torch.tensor([[n < len(w) for n in range(longest)] for w in low])
    with torch.autocast("cpu", torch.bfloat16):
        states = net.states(x, mask).float()
    found, at = [], 0
    for one in some:
        parts = []
        for window in one.questions.windows():
            parts.append(states[at, 1 + window.own - window.first : 1 + window.last - window.first])
            at += 1
        found.append(torch.cat(parts))
    return found


def loss_of(net: Net, one: Asked, states: Tensor) -> Tensor:
    """What a lesson's wrong answers cost, summed."""
    q, heads, right = one.questions, net.heads, one.answered
    frames = heads.frames(states, q)
    assert right.worth is not None, "a lesson without frames asks nothing"
    k, y, w = right.worth
    total = yes_or_no(heads.worths(frames, q)[k], y, w)
    if any(right.labels):
        scores = heads.labels(frames, q)
        for cell, answers in enumerate(right.labels):
            if answers:
                k, y, w = answers
                low = LABEL_ENDS[cell - 1] if cell else 0
                total = total + (cross_entropy(scores[k, low : LABEL_ENDS[cell]], y, reduction="none") * w).sum()
    if q.mentions:
        scores = heads.relations(frames, states, q)
        if right.choices:
            k, rel, w = right.choices
            found = scores[k[:, None], right.rows, rel[:, None]]
            found = torch.cat([found, heads.nobodies(frames, q)[k, rel][:, None]], 1)
            found = found.masked_fill(~right.there, -1e4)
            among = found.masked_fill(~right.right, -1e4).logsumexp(1)
            total = total + ((found.logsumexp(1) - among) * w).sum()
        if right.shared:
            k, r, m, y, w = right.shared
            total = total + SHARED * yes_or_no(scores[k, m, r], y, w)
    if right.together:
        a, b, y, w = right.together
        total = total + yes_or_no(heads.pairs(frames, a, b, q), y, w)
    return total


def yes_or_no(scores: Tensor, answers: Tensor, weights: Tensor) -> Tensor:
    """The summed, weighted cost of scores (log-odds) of yes-or-no answers."""
    return (binary_cross_entropy_with_logits(scores, answers, reduction="none") * weights).sum()


def tune(asked: Sequence[Asked], say: Say, epochs: int = EPOCHS) -> Net:
    """Adapters and heads learnt from prepared lessons; the same lessons give the same net on one machine."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    net = Net()
    adapters = [p for n, p in net.named_parameters() if n.startswith("layers")]
    groups = [
        {"params": adapters, "lr": RATES["layers"]},
        {"params": list(net.heads.parameters()), "lr": RATES["heads"]},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = epochs * len(batches(asked, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / (0.1 * steps)) * max(0.02, 1 - s / steps)
    )
    for epoch in range(epochs):
        net.train()
        total, weight = 0.0, 0.0
        for some in batches(asked, rng):
            states = run(net, some)
            costs = [loss_of(net, one, s) for one, s in zip(some, states, strict=True)]
            count = sum(sum(w for *_, w in one.worth) for one in some) + 5.0
            cost = torch.stack(costs).sum() / count
            optimiser.zero_grad()
            cost.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, weight = total + cost.item() * count, weight + count
        say(f"  epoch {epoch + 1} of {epochs}: {total / weight:.3f} a frame")
    return net.eval()


@torch.no_grad()
def answers_of(net: Net, asked: Sequence[Asked]) -> list[Answers]:
    """What a net answers to the questions of lessons."""
    found = []
    for one in asked:
        q, heads = one.questions, net.heads
        states = run(net, [one])[0]
        frames = heads.frames(states, q)
        n = len(q.frames)
        a, b = torch.meshgrid(torch.arange(n), torch.arange(n), indexing="ij")
        found.append(
            Answers(
                worth=heads.worths(frames, q).numpy(),
                labels=heads.labels(frames, q).numpy(),
                relations=heads.relations(frames, states, q).numpy(),
                nobody=heads.nobodies(frames, q).numpy(),
                together=heads.pairs(frames, a.flatten(), b.flatten(), q).view(n, n).numpy(),
            )
        )
    return found


def part_of(lesson: Lesson) -> int:
    """The part of the lessons that one is in, by its id alone."""
    return crc32(lesson.article.id.encode()) // 7 % PARTS


def tell_unseen(asked: Sequence[Asked], say: Say) -> None:
    """Give every lesson's scene the insight of a net that has not seen it."""
    for part in range(PARTS):
        say(f"part {part + 1} of {PARTS}")
        net = tune([a for a in asked if part_of(a.lesson) != part], say)
        tell(net, [a for a in asked if part_of(a.lesson) == part])


def tell(net: Net, asked: Sequence[Asked]) -> None:
    """Give lessons' scenes the insight of a net."""
    for one, answers in zip(asked, answers_of(net, asked), strict=True):
        one.lesson.scene.insight = EncoderInsight(one.lesson.scene, one.questions, answers)


def learnt_of(net: Net) -> dict[str, np.ndarray]:
    """What a net has learnt, by the names that `encoder` knows, in half precision."""
    found = {}
    for name, value in net.named_parameters():
        if value.requires_grad:
            parts = name.replace(".matrix", "").split(".")
            if parts[0] == "layers":
                parts[1] = str(int(parts[1]) + FROZEN)
            found[".".join(parts)] = value.detach().numpy().astype(np.float16)
    return found
