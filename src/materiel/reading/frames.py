"""Frames: the places of a text that may report something, each with the words that would say so."""

import msgspec

from materiel.reading.mention import ItemMention
from materiel.reading.scene import BORDER_COST, Scene, TriggerMention

WEAK_COST = 5  # a word that means this only in company is as good as so many pieces further


class Frame(msgspec.Struct, frozen=True, eq=False):
    """One possible report: an item that may pass (`transfer`), else a trigger word of the kind.

    `trigger` is the word that most likely governs it, `second` the next, both in its sentence; `lead` is one of
    the sentence before, where its own has none.
    """

    kind: str
    sentence: int
    first: int
    last: int
    item: ItemMention | None
    trigger: TriggerMention | None
    second: TriggerMention | None = None
    lead: TriggerMention | None = None

    @property
    def subject(self) -> str | None:
        """The role that its trigger gives its subject; `-` without a trigger."""
        return self.trigger.trigger.subject if self.trigger else "-"


def find_frames(scene: Scene) -> list[Frame]:
    """The frames of an article in the order of the text: one an item, one a trigger of each other kind."""
    frames = [_around_item(scene, item) for item in scene.items]
    for triggers in scene.triggers_in:
        for trigger in triggers:
            if trigger.kind != "transfer":
                frames.append(_around_trigger(scene, trigger))
    frames.sort(key=lambda f: (f.first, f.last, f.kind))
    return frames


def _around_item(scene: Scene, item: ItemMention) -> Frame:
    sentence = scene.sentence(item.first)
    ranked = sorted(
        (t for t in scene.triggers_in[sentence] if t.first >= item.last or t.last <= item.first),
        key=lambda t: (_cost(scene, item, t), t.first),
    )
    transfers = [t for t in ranked if t.kind == "transfer"]
    lead = None
    if not transfers and sentence and scene.triggers_in[sentence - 1]:
        before = [t for t in scene.triggers_in[sentence - 1] if t.kind == "transfer"]
        lead = before[-1] if before else None
    first = transfers[0] if transfers else None
    return Frame(
        "transfer",
        sentence,
        item.first,
        item.last,
        item,
        first,
        transfers[1] if len(transfers) > 1 else None,
        lead,
    )


def _cost(scene: Scene, item: ItemMention, trigger: TriggerMention) -> int:
    gap = item.first - trigger.last if trigger.last <= item.first else trigger.first - item.last
    return gap + BORDER_COST * scene.between(item.first, trigger.first) + WEAK_COST * bool(trigger.trigger.weak)


def _around_trigger(scene: Scene, trigger: TriggerMention) -> Frame:
    others = [t for t in scene.triggers_in[trigger.sentence] if t is not trigger and t.kind == trigger.kind]
    near = min(others, key=lambda t: abs(t.first - trigger.first), default=None)
    return Frame(trigger.kind, trigger.sentence, trigger.first, trigger.last, None, trigger, near)
