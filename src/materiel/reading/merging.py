"""Merging: drafts of one and the same happening become one group, a group a claim."""

from materiel.reading.choice import bundled
from materiel.reading.drafts import Draft, Model, entity_of
from materiel.reading.mention import ItemMention, PartyMention
from materiel.reading.scene import Scene

AGAIN = "2|same"  # the same sides, kind of thing and number: one thing told once more, whatever it is listed with
REACH = 200  # drafts before one that it may be joined with
NEARBY = 25  # pieces between a person and the word for what they do
LEAST_NAMED = 0.1  # how likely a person must fill a role to tell two givers apart
MAIN_ROLES = {
    "transfer": ("supplier", "recipient"),
    "visit": ("visitor", "host"),
    "inspection": ("viewer",),
    "reaction": ("who",),
    "meeting": ("participants",),
    "agreement": ("parties",),
}


def shared(made: Draft, role: str) -> frozenset[str]:
    """The countries that likely share a role that many can have."""
    return frozenset(
        p.country for p, chance in made.roles.get(role, ()) if p is not None and p.country and chance > 0.5
    )


def likeness(scene: Scene, a: Draft, b: Draft) -> list[str]:
    """What two drafts of one kind have in common, `a` before `b`."""
    kind = a.frame.kind
    away = min(4, b.frame.sentence - a.frame.sentence)
    found = [f"{kind}", f"{kind}|away={away}"]
    if kind in ("meeting", "agreement"):
        one, other = (shared(d, MAIN_ROLES[kind][0]) for d in (a, b))
        found.append(f"{kind}|common={min(2, len(one & other))}|{min(2, len(one ^ other))}")
    else:
        for role in MAIN_ROLES[kind]:
            x, y = a.best(role), b.best(role)
            found.append(f"{kind}|{role}={'same' if x == y else 'open' if x is None or y is None else 'other'}")
    if a.frame.item and b.frame.item:
        found.append(_item_likeness(a, b))
        found.append(f"told-again={_told_again(a, b)}")
    if kind == "transfer":
        found += (*_sides_likeness(a, b), _all_told(a, b, min(2, away)))
    for cell in ("status", "tone"):
        if cell in a.labels:
            found.append(_by_label(kind, cell, a.label(cell), b.label(cell)))
    if a.frame.trigger is b.frame.trigger:
        found.append(f"{kind}|one-trigger")
    elif a.frame.trigger and b.frame.trigger and a.frame.trigger.trigger.id == b.frame.trigger.trigger.id:
        found.append(f"{kind}|same-trigger")
    mine, theirs = ({when.value for when in scene.dates_in[d.frame.sentence]} for d in (a, b))
    if away and mine and theirs:
        found.append(f"{kind}|date={'same' if mine & theirs else 'other'}")
    if scene.insight:
        found += scene.insight.together(a.frame, b.frame)
    return found


@bundled
def _by_label(kind: str, cell: str, x: str, y: str) -> tuple[str, ...]:
    found = (f"{kind}|{cell}={'same' if x == y else 'other'}",)
    return (*found, "status|" + "|".join(sorted((x, y)))) if kind == "transfer" and x != y else found


def _sides_likeness(a: Draft, b: Draft) -> list[str]:
    """Whether it passes in the same manner, and from and to the same people."""
    mine, theirs = a.label("mode"), b.label("mode")
    found = [f"mode={mine}" if mine == theirs else "mode=other"]
    for role in ("supplier", "recipient"):
        x, y = a.somebody(role), b.somebody(role)
        if x and y:
            found.append(f"{role}-name={x == y}")
        here, there = _named_here(a, role), _named_here(b, role)
        if here and there and here.name != there.name:
            found.append(f"{role}-another" + "|far" * (a.frame.sentence != b.frame.sentence))
            found.append(f"{role}-offices=" + "|".join(sorted((here.office, there.office))))
    return found


def _all_told(a: Draft, b: Draft, away: int) -> str:
    """What sides, things, status and manner say together of two transfers that are told `away` sentences apart."""
    x, y = a.frame.item, b.frame.item
    return _by_all(
        sum(a.best(role) == b.best(role) for role in MAIN_ROLES["transfer"]),
        kind_of(x, y) if x and y else "",
        away,
        a.label("status") == b.label("status"),
        a.label("mode") == b.label("mode"),
        a.frame.trigger is b.frame.trigger,
    )


@bundled
def _by_all(same: int, alike: str, away: int, status: bool, mode: bool, trigger: bool) -> tuple[str, ...]:
    sides = f"sides={same}"
    return (
        sides,
        f"{sides}|{alike}|{away}",
        f"{sides}|{status}|{mode}|{away}",
        f"{sides}|{trigger}|{alike}",
        f"{sides}|{status}|{alike}",
    )


def _named_here(made: Draft, role: str) -> PartyMention | None:
    """The person or office that likeliest fills a role of those named near the draft's own words; None if nobody."""
    if role not in made.near:
        entity, frame = made.best(role), made.frame
        anchor = frame.trigger.first if frame.trigger else frame.first
        found = [
            (p, -m.first, m)
            for m, p in made.roles[role]
            if p > LEAST_NAMED and m and m.person and entity_of(m) == entity and abs(m.first - anchor) <= NEARBY
        ]
        made.near[role] = max(found, key=lambda n: n[:2])[2] if found else None
    return made.near[role]


def kind_of(x: ItemMention, y: ItemMention) -> str:
    """How alike the classes of two things are: class, top, vague or other."""
    if x.item_class == y.item_class:
        return "class"
    return "top" if x.top == y.top else "vague" if x.vague or y.vague else "other"


def _item_likeness(a: Draft, b: Draft) -> str:
    x, y = a.frame.item, b.frame.item
    assert x is not None and y is not None
    types, numbers = "", ""
    if x.designation and y.designation:
        types = str(x.designation.lower() == y.designation.lower())
    elif x.designation or y.designation:
        types = "one"
    if x.quantity is not None and y.quantity is not None:
        numbers = str(x.quantity == y.quantity)
    elif x.quantity is not None or y.quantity is not None:
        numbers = "one"
    return _by_items(kind_of(x, y), a.frame.sentence == b.frame.sentence, types, numbers)


@bundled
def _by_items(alike: str, together: bool, types: str, numbers: str) -> list[str]:
    found = [f"item={alike}", f"item={alike}|{together}"]
    if types in ("True", "False"):
        found.append(f"designation={types}")
    if types:
        found.append(f"designation={types}|{alike}")
    if numbers:
        found.append(f"quantity={numbers}|{alike}")
    return found


def _told_again(a: Draft, b: Draft) -> str:
    """Whether the same sides pass a thing of the same class and number once more, told in another sentence."""
    x, y = a.frame.item, b.frame.item
    if x is None or y is None or x.item_class != y.item_class or a.frame.sentence == b.frame.sentence:
        return "no"
    sides = sum(a.best(role) == b.best(role) for role in MAIN_ROLES["transfer"])
    if x.quantity is None or y.quantity is None:
        return f"{sides}|open"
    return f"{sides}|{'same' if x.quantity == y.quantity > 1 else 'one' if x.quantity == y.quantity else 'other'}"


def merge(scene: Scene, drafts: list[Draft], model: Model) -> list[list[Draft]]:
    """Groups of drafts, each in text order; a draft joins the group it is on average most like, if like at all.

    It is compared with the REACH drafts before it, more than an article has, lest a book take the square of its time.
    """
    groups: list[list[Draft]] = []
    group_of: list[int] = []
    for n, made in enumerate(drafts):
        near: dict[int, list[Draft]] = {}
        for k in range(max(0, n - REACH), n):
            if drafts[k].frame.kind == made.frame.kind:
                near.setdefault(group_of[k], []).append(drafts[k])
        best, best_score = None, 0.0
        for at in sorted(near):
            alike = [model.score("merge", likeness(scene, other, made)) for other in near[at]]
            again = any(_told_again(other, made) == AGAIN for other in near[at])
            total = max(alike) if again else sum(alike) / len(alike)
            if total > best_score:
                best, best_score = at, total
        if best is None:
            best = len(groups)
            groups.append([])
        groups[best].append(made)
        group_of.append(best)
    return groups
