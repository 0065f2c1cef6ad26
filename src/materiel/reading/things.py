"""Things: what a claim says passed or was shown, each type or class once."""

from materiel.languages.pieces import pieces
from materiel.model.claim import Item
from materiel.reading.drafts import Draft
from materiel.reading.mention import ItemMention
from materiel.reading.scene import Scene


def items_of(scene: Scene, group: list[Draft]) -> tuple[Item, ...]:
    """The things of a transfer: one for each type or class, vague names only where nothing else is said."""
    return _distinct(scene, [d.frame.item for d in group if d.frame.item])


def plain_items(scene: Scene, items: set[ItemMention]) -> tuple[Item, ...]:
    """The things that are shown, in the order of the text."""
    return _distinct(scene, sorted(items, key=lambda i: i.first))


def _distinct(scene: Scene, mentions: list[ItemMention]) -> tuple[Item, ...]:
    if any(not m.vague for m in mentions):
        mentions = [m for m in mentions if not m.vague]
    kept: list[list[ItemMention]] = []
    for mention in mentions:
        for same in kept:
            if any(_same_thing(mention, other) for other in same):
                same.append(mention)
                break
        else:
            kept.append([mention])
    return tuple(_item(scene, same) for same in kept)


def _same_thing(a: ItemMention, b: ItemMention) -> bool:
    if a.designation and b.designation:
        x, y = pieces(a.designation), pieces(b.designation)
        return x == y or (a.top == b.top and (_stands_in(x, y) or _stands_in(y, x)))
    if a.item_class == b.item_class:
        return True
    return a.top == b.top and ("." not in a.item_class or "." not in b.item_class)


def _stands_in(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is part of a longer one, piece by piece: `Mi-24` of `Mi-24V`, `Mi-2` not of `Mi-24`."""
    return any(long[k : k + len(short)] == short for k in range(len(long) - len(short) + 1))


def _item(scene: Scene, same: list[ItemMention]) -> Item:
    named = next((m for m in same if m.designation), None)
    counted = max(
        (m for m in same if m.qualifier),
        key=lambda m: (m.quantity != 1, m.designation is not None, -m.first),
        default=None,
    )
    exact = named or max(same, key=lambda m: ("." in m.item_class, -m.first))
    shown = counted or exact
    text = scene.text
    start, end = text.starts[shown.first], text.ends[text.closed(shown.first, shown.last) - 1]
    return Item(
        text=text.string[start:end],
        item_class=exact.item_class,
        designation=named.designation if named else None,
        quantity=counted.quantity if counted else None,
        qualifier=counted.qualifier if counted else None,
        unit=counted.unit if counted else None,
        span=text.span(start, end),
    )
