"""Tuning: the adapters and heads of the encoder, learnt from lessons with PyTorch; what it asks is in `encoder`."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from materiel.encoder.base import base_encoder
from materiel.encoder.insight import Answers, EncoderInsight
from materiel.encoder.questions import KINDS, LABEL_ENDS, OFFSETS, RELATIONS, SORTS, Questions, questions_of
from materiel.encoder.windows import windows_of
from materiel.learning.align import label_of, right_mentions, right_party
from materiel.learning.score import date_credit, name_credit, source_credit
from materiel.learning.train import EXAMPLE, Lesson
from materiel.reading.details import find_places, find_sources, in_reach
from materiel.reading.drafts import CHOSEN_ROLES, LABELS, SHARED_ROLES, Draft, label_cells, may_share
from materiel.reading.features import candidates

RANK = 16
FROZEN = 6  # layers below which nothing is learnt, so that their output is computed once
WIDE = 192
EPOCHS = 10
BATCH = 1500  # pieces of one step
SEED = 20231
PARTS = 3  # the insight of a lesson comes from a net that learnt from the other parts
Say = Callable[[str], None]


@dataclass
class Asked:
    """A lesson's questions with their right answers; each answer has what it counts."""

    lesson: Lesson
    questions: Questions
    worth: list[tuple[int, float, float]] = field(default_factory=list)  # frame, answer, weight
    choices: list[tuple[int, int, list[int], list[int], float]] = field(default_factory=list)
    # frame, relation, mentions, right ones (len(mentions) is none of them), weight
    shared: list[tuple[int, int, int, float, float]] = field(default_factory=list)  # frame, relation, mention, answer, weight
    labels: list[tuple[int, int, int, float]] = field(default_factory=list)  # frame, cell, answer, weight
    together: list[tuple[int, int, float, float]] = field(default_factory=list)  # frames, answer, weight
    answered: "Answered | None" = None
    low: list[Tensor] = field(default_factory=list)  # states of its windows after the frozen layers


def ask(lesson: Lesson) -> Asked:
    """The questions of a lesson with the answers that its annotation gives."""
    frames = [a.frame for a in lesson.aligned]
    q = questions_of(lesson.scene, frames)
    asked = Asked(lesson, q)
    scene = lesson.scene
    part = EXAMPLE if lesson.example else 1.0
    sources, places = find_sources(scene), find_places(scene)
    sums = [n for n in scene.numbers if n.currency and n.amount]
    for k, aligned in enumerate(lesson.aligned):
        frame, weight = aligned.frame, aligned.weight * part
        asked.worth.append((k, float(aligned.claim is not None), weight))
        if aligned.claim is None:
            continue
        claim = lesson.claims[aligned.claim]
        parties = candidates(scene, frame)
        rows = [q.mention_at[p.first, p.last] for p in parties]
        for role in CHOSEN_ROLES.get(frame.kind, ()):
            cells = [c for n in aligned.claims for c in lesson.claims[n][role]]
            right = right_mentions(parties, cells) if cells else frozenset((len(parties),))
            if right:
                asked.choices.append((k, RELATIONS.index(role), rows, sorted(right), weight))
        for role in SHARED_ROLES.get(frame.kind, ()):
            for party, row in zip(parties, rows, strict=True):
                if may_share(scene, frame, party):
                    yes = any(right_party(party, c) for c in claim[role])
                    asked.shared.append((k, RELATIONS.index(role), row, float(yes), weight))
        for cell in label_cells(frame.kind):
            asked.labels.append((k, list(LABELS).index(cell), label_of(cell, claim), weight))
        group = [Draft(frame, [], 1.0)]
        for source in sources:
            if in_reach(scene, group, source.first):
                yes = any(source_credit(g, scene.text.quote(source.first, source.last)) for g in claim["sources"])
                row = q.mention_at[source.first, source.last]
                asked.shared.append((k, RELATIONS.index("source"), row, float(yes), weight / 2))
        for place in places:
            if in_reach(scene, group, place.first):
                said = {"text": scene.text.quote(place.first, place.last), "name": place.name}
                yes = any(name_credit(g, said) for g in claim["places"])
                row = q.mention_at[place.first, place.last]
                asked.shared.append((k, RELATIONS.index("place"), row, float(yes), weight / 2))
        dates = [w for w in scene.dates if in_reach(scene, group, w.first)]
        if dates:
            credit = [date_credit(claim["date"], w.value) if claim["date"] else 0.0 for w in dates]
            right = [n for n, c in enumerate(credit) if c and c == max(credit)] or [len(dates)]
            rows = [q.mention_at[w.first, w.last] for w in dates]
            asked.choices.append((k, RELATIONS.index("date"), rows, right, weight / 2))
        if sums and frame.kind == "transfer":
            value = claim["value"]
            right = [
                n
                for n, s in enumerate(sums)
                if value and s.amount == value["amount"] and s.currency == value["currency"]
            ] or [len(sums)]
            rows = [q.mention_at[n.first, n.last] for n in sums]
            asked.choices.append((k, RELATIONS.index("value"), rows, right, weight / 2))
    _ask_together(asked, part)
    asked.answered = Answered(asked)
    return asked


def _ask_together(asked: Asked, part: float) -> None:
    real = [(k, a) for k, a in enumerate(asked.lesson.aligned) if a.claims]
    for n, (j, x) in enumerate(real):
        for k, y in real[n + 1 :]:
            if x.frame.kind == y.frame.kind and not (x.claim is None and y.claim is None):
                one = x.claim == y.claim if None not in (x.claim, y.claim) else bool(set(x.claims) & set(y.claims))
                weight = part * min(x.weight, y.weight) / max(1.0, len(real) / 4)
                asked.together.append((j, k, float(one), weight))


class Adapted(nn.Module):
    """A matrix of the base, frozen, with a low-rank adapter (Hu et al. 2021)."""

    def __init__(self, weight: Tensor, bias: Tensor, rank: int) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self.down = nn.Parameter(torch.randn(rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(weight.shape[0], rank))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight, self.bias) + F.linear(F.linear(x, self.down), self.up) * 2.0


class Layer(nn.Module):
    """One layer of the encoder (post-norm, exact GELU), with adapters where `rank` is not 0."""

    def __init__(self, number: int, rank: int) -> None:
        super().__init__()
        base = base_encoder()
        width, inner, self.heads, self.epsilon = base.shape.width, base.shape.inner, base.shape.heads, base.shape.epsilon
        shapes = {"q": (width, width), "k": (width, width), "v": (width, width), "ao": (width, width)}
        shapes |= {"fi": (inner, width), "fo": (width, inner)}
        for name, shape in shapes.items():
            weight = torch.from_numpy(base.tensor(f"l{number}.{name}.w").reshape(shape))
            bias = torch.from_numpy(base.tensor(f"l{number}.{name}.b"))
            if rank:
                self.add_module(name, Adapted(weight, bias, rank))
            else:
                made = nn.Linear(shape[1], shape[0])
                made.weight, made.bias = nn.Parameter(weight, False), nn.Parameter(bias, False)
                self.add_module(name, made)
        for name in ("aln", "oln"):
            for part in "wb":
                self.register_buffer(f"{name}_{part}", torch.from_numpy(base.tensor(f"l{number}.{name}.{part}")))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, w = x.shape
        q, k, v = (m(x).view(b, n, self.heads, -1).transpose(1, 2) for m in (self.q, self.k, self.v))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        x = F.layer_norm(x + self.ao(seen.transpose(1, 2).reshape(b, n, w)), (w,), self.aln_w, self.aln_b, self.epsilon)
        y = self.fo(F.gelu(self.fi(x)))
        return F.layer_norm(x + y, (w,), self.oln_w, self.oln_b, self.epsilon)


class Heads(nn.Module):
    """What is decided of frames, mentions and pairs, from the encoder's last states."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.none = nn.Parameter(torch.zeros(width))
        self.kind = nn.Embedding(len(KINDS), WIDE)
        self.frame = nn.Linear(2 * width, WIDE)
        self.mention = nn.Linear(width, WIDE)
        self.sort = nn.Linear(len(SORTS), WIDE, bias=False)
        self.offset = nn.Embedding(OFFSETS, WIDE)
        self.pair_frame = nn.Linear(WIDE, WIDE)
        self.pair_mention = nn.Linear(WIDE, WIDE, bias=False)
        self.pair_both = nn.Linear(WIDE, WIDE, bias=False)
        self.relation = nn.Linear(WIDE, len(RELATIONS))
        self.nobody = nn.Linear(WIDE, len(RELATIONS))
        self.worth = nn.Linear(WIDE, 1)
        self.label = nn.Linear(WIDE, LABEL_ENDS[-1])
        self.both_sum = nn.Linear(WIDE, WIDE)
        self.both_apart = nn.Linear(WIDE, WIDE, bias=False)
        self.both_times = nn.Linear(WIDE, WIDE, bias=False)
        self.together = nn.Linear(WIDE, 1)
        self.drop = nn.Dropout(0.15)

    def frames(self, states: Tensor, q: Questions) -> Tensor:
        """A vector a frame, shape (frames, WIDE)."""
        own = span_means(states, q.frame_span)
        led = span_means(states, q.trigger_span)
        there = torch.from_numpy(q.trigger_span[:, 1] > 0)[:, None]
        led = torch.where(there, led, self.none)
        kind = self.kind(torch.from_numpy(q.kind))
        return F.gelu(self.frame(self.drop(torch.cat([own, led], 1))) + kind)

    def relations(self, frames: Tensor, states: Tensor, q: Questions) -> Tensor:
        """A score for each frame, mention and relation."""
        mention = self.mention(self.drop(span_means(states, q.mention_span))) + self.sort(torch.from_numpy(q.sort))
        mention = F.gelu(mention)
        both = frames[:, None, :] * mention[None, :, :]
        hidden = (
            self.pair_frame(frames)[:, None, :]
            + self.pair_mention(mention)[None, :, :]
            + self.pair_both(both)
            + self.offset(torch.from_numpy(q.offset))
        )
        return self.relation(self.drop(F.gelu(hidden)))

    def pairs(self, frames: Tensor, a: Tensor, b: Tensor) -> Tensor:
        """A score for each two frames (rows a and b): whether they are of one claim."""
        x, y = frames[a], frames[b]
        return self.together(F.gelu(self.both_sum(x + y) + self.both_apart((x - y).abs()) + self.both_times(x * y)))[:, 0]


def span_means(states: Tensor, spans: np.ndarray) -> Tensor:
    """The mean state of each span (first, last piece), shape (spans, width); empty spans give 0."""
    total = torch.cat([states.new_zeros(1, states.shape[1]), states.cumsum(0)])
    first, last = torch.from_numpy(spans[:, 0]), torch.from_numpy(spans[:, 1])
    return (total[last] - total[first]) / (last - first).clamp(min=1)[:, None]


class Net(nn.Module):
    """The upper layers of the encoder with adapters, and the heads."""

    def __init__(self) -> None:
        super().__init__()
        layers = base_encoder().shape.layers
        self.layers = nn.ModuleList(Layer(n, RANK) for n in range(FROZEN, layers))
        self.heads = Heads(base_encoder().shape.width)

    def states(self, low: Tensor, mask: Tensor) -> Tensor:
        """The last states of windows, from those of the frozen layers; shapes (windows, pieces, width)."""
        for layer in self.layers:
            low = layer(low, mask)
        return low


class Frozen:
    """The lower layers, run once a text."""

    def __init__(self) -> None:
        base = base_encoder()
        self.base = base
        self.layers = [Layer(n, 0).eval() for n in range(FROZEN)]
        self.position = torch.from_numpy(base.tensor("emb.pos").reshape(-1, base.shape.width))
        self.type = torch.from_numpy(base.tensor("emb.type").reshape(-1, base.shape.width))[0]
        self.norm = [torch.from_numpy(base.tensor(f"emb.ln.{p}")) for p in "wb"]

    @torch.no_grad()
    def __call__(self, windows: Sequence[np.ndarray]) -> list[Tensor]:
        """The states of windows after the frozen layers, each of shape (pieces, width)."""
        width, longest = self.base.shape.width, max(map(len, windows))
        ids = np.stack([np.pad(w, (0, longest - len(w))) for w in windows])
        x = torch.from_numpy(self.base.rows("emb.word", ids.reshape(-1))).view(*ids.shape, width)
        x = F.layer_norm(x + self.position[:longest] + self.type, (width,), *self.norm, self.base.shape.epsilon)
        mask = torch.tensor([[n < len(w) for n in range(longest)] for w in windows])
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, mask)
        return [x[n, : len(w)].to(torch.bfloat16) for n, w in enumerate(windows)]


def prepare(asked: Sequence[Asked], say: Say) -> None:
    """Run the frozen layers over every lesson's windows."""
    frozen = Frozen()
    begin, end, _, _ = base_encoder().special
    for some in batches(asked, random.Random(0)):
        owners = [(one, w) for one in some for w in windows_of(one.questions)]
        ids = [np.concatenate([[begin], one.questions.pieces.ids[w.first : w.last], [end]]) for one, w in owners]
        for (one, _), states in zip(owners, frozen(ids), strict=True):
            one.low.append(states)
    say(f"{len(asked)} texts through the frozen layers")


def batches(asked: Sequence[Asked], rng: random.Random) -> list[list[Asked]]:
    """Lessons of about one length together, about BATCH pieces at once, in a random order."""
    ranked = sorted(asked, key=lambda a: (len(a.questions.pieces.ids) + rng.random() * 40))
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
    x = torch.stack([F.pad(w.float(), (0, 0, 0, longest - len(w))) for w in low])
    mask = torch.tensor([[n < len(w) for n in range(longest)] for w in low])
    with torch.autocast("cpu", torch.bfloat16):
        states = net.states(x, mask).float()
    found, at = [], 0
    for one in some:
        parts = []
        for window in windows_of(one.questions):
            parts.append(states[at, 1 + window.own - window.first : 1 + window.last - window.first])
            at += 1
        found.append(torch.cat(parts))
    return found


class Answered:
    """A lesson's answers as tensors, for all of its questions at once."""

    def __init__(self, one: Asked) -> None:
        self.worth = columns(one.worth)
        self.labels = [columns([(k, y, w) for k, c, y, w in one.labels if c == cell]) for cell in range(len(LABELS))]
        self.shared = columns(one.shared)
        self.together = columns(one.together)
        longest = max((len(rows) for _, _, rows, _, _ in one.choices), default=0)
        self.frame, self.relation, self.weight = columns([(k, r, w) for k, r, _, _, w in one.choices]) or (None,) * 3
        if one.choices:
            self.rows = torch.tensor([[*rows, *[0] * (longest - len(rows))] for _, _, rows, _, _ in one.choices])
            # The last candidate, nobody, always stands; `right` and `there` are over candidates and nobody.
            width = [[*[1] * len(rows), *[0] * (longest - len(rows)), 1] for _, _, rows, _, _ in one.choices]
            self.there = torch.tensor(width, dtype=torch.bool)
            self.right = torch.zeros(len(one.choices), longest + 1, dtype=torch.bool)
            for n, (_, _, rows, right, _) in enumerate(one.choices):
                self.right[n, [longest if r == len(rows) else r for r in right]] = True


def columns(rows: Sequence[tuple[float, ...]]) -> list[Tensor] | None:
    """The columns of rows as tensors, whole numbers as such; None of no rows."""
    return [torch.tensor(c) for c in zip(*rows, strict=True)] if rows else None


def loss_of(net: Net, one: Asked, states: Tensor) -> Tensor:
    """What a lesson's wrong answers cost, summed."""
    q, heads, right = one.questions, net.heads, one.answered
    frames = heads.frames(states, q)
    k, y, w = right.worth
    total = yes_or_no(heads.worth(heads.drop(frames))[k, 0], y, w)
    if any(right.labels):
        scores = heads.label(heads.drop(frames))
        for cell, answers in enumerate(right.labels):
            if answers:
                k, y, w = answers
                low = LABEL_ENDS[cell - 1] if cell else 0
                total = total + (F.cross_entropy(scores[k, low : LABEL_ENDS[cell]], y, reduction="none") * w).sum()
    if q.mentions:
        scores = heads.relations(frames, states, q)
        if one.choices:
            rel = right.relation
            found = scores[right.frame[:, None], right.rows, rel[:, None]]
            found = torch.cat([found, heads.nobody(frames)[right.frame, rel][:, None]], 1)
            found = found.masked_fill(~right.there, -1e4)
            among = found.masked_fill(~right.right, -1e4).logsumexp(1)
            total = total + ((found.logsumexp(1) - among) * right.weight).sum()
        if right.shared:
            k, r, m, y, w = right.shared
            total = total + 0.5 * yes_or_no(scores[k, m, r], y, w)
    if right.together:
        a, b, y, w = right.together
        total = total + yes_or_no(heads.pairs(frames, a, b), y, w)
    return total


def yes_or_no(scores: Tensor, answers: Tensor, weights: Tensor) -> Tensor:
    """The summed, weighted cost of scores (log-odds) of yes-or-no answers."""
    return (F.binary_cross_entropy_with_logits(scores, answers, reduction="none") * weights).sum()


def tune(asked: Sequence[Asked], say: Say, epochs: int = EPOCHS) -> Net:
    """Adapters and heads learnt from prepared lessons; the same lessons give the same net on one machine."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    net = Net()
    adapters = [p for n, p in net.named_parameters() if n.startswith("layers")]
    groups = [{"params": adapters, "lr": 6e-4}, {"params": list(net.heads.parameters()), "lr": 1e-3}]
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
            cost.backward()
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
                worth=heads.worth(frames)[:, 0].numpy(),
                labels=heads.label(frames).numpy(),
                relations=heads.relations(frames, states, q).numpy(),
                nobody=heads.nobody(frames).numpy(),
                together=heads.pairs(frames, a.flatten(), b.flatten()).view(n, n).numpy(),
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
            parts = name.split(".")
            if parts[0] == "layers":
                parts[1] = str(int(parts[1]) + FROZEN)
            found[".".join(parts)] = value.detach().numpy().astype(np.float16)
    return found
