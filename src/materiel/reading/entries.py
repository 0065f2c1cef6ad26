"""Entries: every form that a language pack and the world list, with what it means."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from materiel.languages.shape import Language
from materiel.world.shape import World

FORCES = frozenset(("military", "navy", "airforce", "army"))
TOLD = "told"  # a thing of the world by what a language calls it; its own name is another
CIVIL = "civil"  # a class that no munitions list has (food, paintings) opens no gate by itself
# A report names what passes, says that it does, and says whose it is: a form of each must stand in an article.
GATES = (("item", "designation"), ("trigger",), ("country", "person", "organisation"))


class Entry(NamedTuple):
    """What a form means: `sort` of thing, `ref` to it, `detail` of the form."""

    sort: str
    ref: Any
    detail: str = ""


BACK = Entry("cue", "anaphor")  # words that refer to what was named (`the state`)


def gates_of(entry: Entry) -> tuple[int, ...]:
    """The gates that a meaning opens: forces and defence bodies stand for materiel, goods that arm nobody do not."""
    if entry.sort == "body":
        return (0,) if entry.ref.sort in FORCES else ()
    if entry.detail == CIVIL:
        return ()
    return tuple(gate for gate, sorts in enumerate(GATES) if entry.sort in sorts)


def entries_of(language: Language, world: World) -> Iterator[tuple[str, Entry]]:
    """Every form that a language or the world lists, with its meaning."""
    named: dict[str, dict[str, Any]] = {
        "person": {p.name: p for p in world.people},
        "organisation": {o.name: o for o in world.organisations},
        "place": {p.name: p for p in world.places},
        "designation": {d.name: d for d in world.designations},
    }
    for form, code in language.country_names.items():
        yield form, Entry("country", code, "name")
    for name in language.names:
        if name.sort in named:
            yield name.form, Entry(name.sort, named[name.sort][name.ref], TOLD)
        else:
            yield name.form, Entry("country", name.ref, name.sort)
    for sort, things in (
        ("person", world.people),
        ("organisation", world.organisations),
        ("place", world.places),
    ):
        for thing in things:
            for form in (thing.name, *thing.forms):
                yield form, Entry(sort, thing)
    for weapon in world.designations:
        for form in (weapon.name, *weapon.forms):
            yield form, Entry("designation", weapon)
    for item_class, forms in language.items.items():
        listed = world.item_classes[item_class].munitions_list
        yield from ((f, Entry("item", item_class, "" if listed else CIVIL)) for f in forms)
    yield from _words_of(language)


def _words_of(language: Language) -> Iterator[tuple[str, Entry]]:
    """The common words of a language: triggers, cues, numbers, dates, titles, speech."""
    for trigger in language.triggers:
        yield from ((f, Entry("trigger", trigger, shape)) for f, shape in trigger.forms)
    for cue, forms in language.cues.items():
        yield from ((f, Entry("cue", cue)) for f in forms)
    for title in language.titles:
        yield from ((f, Entry("title", title)) for f in title.forms)
    for body in language.bodies:
        yield from ((f, Entry("body", body)) for f in body.forms)
    speech, numbers, dates = language.speech, language.numbers, language.dates
    for name in ("verbs", "prepositions", "unnamed", "reports", "media", "quoting"):
        yield from ((f, Entry("speech", name)) for f in getattr(speech, name))
    for sort, table in (
        ("cardinal", numbers.cardinals),
        ("multiplier", numbers.multipliers),
        ("month", dates.months),
        ("weekday", dates.weekdays),
        ("dayword", dates.words),
        ("dayshift", dates.shifts),
        ("season", dates.seasons),
    ):
        yield from ((f, Entry(sort, value)) for f, value in table.items())
    for sort, groups in (
        ("vague", numbers.vague),
        ("qualifier", numbers.qualifiers),
        ("unit", numbers.units),
        ("currency", numbers.currencies),
        ("timeunit", dates.units),
    ):
        yield from ((f, Entry(sort, key)) for key, forms in groups.items() for f in forms)
    for sort, forms in (
        ("article", numbers.articles),
        ("counter", numbers.counters),
        ("measure", numbers.measures),
        ("calibre", numbers.calibres),
        ("past", dates.past),
        ("next", dates.next),
        ("this", dates.this),
        ("ago", dates.ago),
        ("earlier", dates.earlier),
        ("later", dates.later),
        ("early", dates.early),
        ("mid", dates.mid),
        ("late", dates.late),
        ("until", dates.until),
        ("since", dates.from_),
        ("skip", dates.ignore),
    ):
        yield from ((f, Entry(sort, None)) for f in forms)
