"""Things: what a claim says passed or was shown, each type or class once."""

from materiel.model.claim import Item
from materiel.reading.drafts import Draft
from materiel.reading.mention import ItemMention
from materiel.reading.scene import Scene


def items_of(scene: Scene, group: list[Draft]) -> tuple[Item, ...]:
    """The things of a transfer: one for each type or class, vague names only where nothing else is said."""
    return _distinct(scene, [(d.frame.item, d.worth) for d in group if d.frame.item])


def plain_items(scene: Scene, items: set[ItemMention]) -> tuple[Item, ...]:
    """The things that are shown, in the order of the text."""
    return _distinct(scene, [(i, 1.0) for i in sorted(items, key=lambda i: i.first)])


def _distinct(scene: Scene, mentions: list[tuple[ItemMention, float]]) -> tuple[Item, ...]:
    if any(not m.vague for m, _ in mentions):
        mentions = [(m, w) for m, w in mentions if not m.vague]
    kept: list[list[tuple[ItemMention, float]]] = []
    for mention, worth in mentions:
        for same in kept:
            if any(_same_thing(mention, other) for other, _ in same):
                same.append((mention, worth))
                break
        else:
            kept.append([(mention, worth)])
    return tuple(_item(scene, same) for same in kept)


def _same_thing(a: ItemMention, b: ItemMention) -> bool:
    if a.designation and b.designation:
        x, y = a.designation.lower(), b.designation.lower()
        return x == y or x in y or y in x
    if a.item_class == b.item_class:
        return True
    return a.top == b.top and ("." not in a.item_class or "." not in b.item_class)


def _item(scene: Scene, same: list[tuple[ItemMention, float]]) -> Item:
    named = next((m for m, _ in same if m.designation), None)
    counted = max(
        (m for m, _ in same if m.qualifier),
        key=lambda m: (m.quantity != 1, m.designation is not None, -m.first),
        default=None,
    )
    exact = named or max((m for m, _ in same), key=lambda m: ("." in m.item_class, -m.first))
    shown = counted or exact
    text = scene.text
    start, end = text.starts[shown.first], text.ends[shown.last - 1]
    return Item(
        text=text.string[start:end],
        item_class=exact.item_class,
        designation=named.designation if named else None,
        quantity=counted.quantity if counted else None,
        qualifier=counted.qualifier if counted else None,
        unit=counted.unit if counted else None,
        span=text.span(start, end),
    )
