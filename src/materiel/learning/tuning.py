"""Tuning: the encoder's upper layers and the heads learnt from lessons."""

import os
import random
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from zlib import crc32

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, pad

from materiel.encoder.base import base_encoder
from materiel.encoder.insight import Answers, EncoderInsight
from materiel.encoder.questions import LABEL_ENDS, Scores, scores_of_lists
from materiel.learning.asking import Asked
from materiel.learning.lessons import FOLDS, Lesson, Say
from materiel.learning.net import Frozen, Net, original
from materiel.learning.train import first_weights

EPOCHS = 2  # of all lessons
EPOCHS_OF_PART = 3  # of half of them: until those nets are about as sure of what they learnt as the one that ships
BATCH = 600  # pieces of one step
SEED = 20231
PARTS = 2  # the insight into a lesson comes from a net that learnt from the other parts
RATES = {"layers": 1.2e-4, "heads": 1e-3}
AT_ONCE = 3  # nets that learn at a time; each takes 2 GB beside the lessons
NICE = 10  # by which processes that tune give way to the one that learns the weights of the stages meanwhile
RANK = 48  # of what is kept of a change
SHARED = 0.5  # what a question counts that is asked of every mention, beside a choice among them


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


def rate_lists(asked: Sequence[Asked]) -> None:
    """Give every lesson the scores of quick weights that were learnt from other lessons."""
    for fold in range(FOLDS):
        weights = first_weights([one.lesson for one in asked if one.lesson.fold != fold])
        for one in asked:
            if one.lesson.fold == fold:
                one.lists = scores_of_lists(one.lesson.scene, one.questions, weights)


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
    total = yes_or_no(heads.worths(frames)[k], y, w)
    if any(right.labels):
        scores = heads.labels(frames)
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
            found = torch.cat([found, heads.nobody(frames)[k, rel][:, None]], 1)
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
    layers = [p for p in net.layers.parameters() if p.requires_grad]
    groups = [
        {"params": layers, "lr": RATES["layers"]},
        {"params": list(net.heads.parameters()), "lr": RATES["heads"]},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.02, fused=True)
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
        say(f"epoch {epoch + 1} of {epochs}: {total / weight:.3f} a frame")
    for n, name, matrix in net.matrices():
        up, down = adapter(matrix.weight, n, name)
        matrix.weight.data = original(n, name) + up @ down
    return net.eval()


def adapter(learnt: Tensor, n: int, name: str) -> tuple[Tensor, Tensor]:
    """The nearest change of rank RANK to what a matrix has learnt (Eckart and Young 1936): `original + up @ down`."""
    u, s, v = torch.linalg.svd(learnt.detach() - original(n, name), full_matrices=False)
    root = s[:RANK].sqrt()
    return u[:, :RANK] * root, root[:, None] * v[:RANK]


Running = dict[str, Connection]


def start_all(jobs: Mapping[str, tuple[Sequence[Asked], int]], say: Say) -> Running:
    """Begin to tune nets by name, of lessons and epochs, each in a process of one thread: the same on any number of
    cores."""
    context = get_context("fork")  # the lessons are shared, not copied
    turns = context.Semaphore(AT_ONCE)

    def work(name: str, some: Sequence[Asked], epochs: int, end: Connection) -> None:
        os.nice(NICE)
        torch.set_num_threads(1)
        with turns:
            net = tune(some, lambda line: say(f"{name}: {line}"), epochs)
        end.send({key: value.numpy() for key, value in net.state_dict().items()})

    ends = {}
    for name, job in jobs.items():
        ends[name], other = context.Pipe(duplex=False)
        context.Process(target=work, args=(name, *job, other), daemon=True).start()
        other.close()  # so that the end of the process is seen here
    return ends


def finish_all(running: Running) -> dict[str, Net]:
    """The nets that were begun, when all have learnt."""
    nets = {}
    for name, end in running.items():
        try:
            learnt = end.recv()
        except EOFError as error:
            raise RuntimeError(f"learning from {name} broke off; see what it said above") from error
        nets[name] = Net().eval()
        nets[name].load_state_dict({key: torch.from_numpy(value) for key, value in learnt.items()})
    return nets


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
                Scores(
                    worth=heads.worths(frames).numpy(),
                    labels=heads.labels(frames).numpy(),
                    relations=heads.relations(frames, states, q).numpy(),
                    nobody=heads.nobody(frames).numpy(),
                ),
                together=heads.pairs(frames, a.flatten(), b.flatten(), q).view(n, n).numpy(),
            )
        )
    return found


def part_of(lesson: Lesson) -> int:
    """The part of the lessons that one is in, by its id alone."""
    return crc32(lesson.article.id.encode()) // 7 % PARTS


def tell(net: Net, asked: Sequence[Asked]) -> None:
    """Give lessons' scenes the insight of a net."""
    for one, answers in zip(asked, answers_of(net, asked), strict=True):
        one.lesson.scene.insight = EncoderInsight(one.lesson.scene, one.questions, answers, one.lists)


def learnt_of(net: Net) -> dict[str, np.ndarray]:
    """What a net has learnt, by the names that `encoder` knows, in half precision."""
    found = {f"heads.{name}": value.detach() for name, value in net.heads.named_parameters()}
    for n, name, matrix in net.matrices():
        up, down = adapter(matrix.weight, n, name)
        found |= {f"layers.{n}.{name}.up": up, f"layers.{n}.{name}.down": down}
    return {name: value.numpy().astype(np.float16) for name, value in found.items()}
