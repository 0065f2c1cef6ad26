"""Entries: everything that a language's files list, each entry with its line and its forms."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from materiel.languages.files import Files
from materiel.languages.shape import SHAPES, Trigger
from materiel.world.toml import Keys, lines_of, nearest_line


class Entry(NamedTuple):
    """One entry of a file. `scoped` are its forms, each with a scope in which no other entry may have it.

    `role` is how examples must mark the entry, empty for any word of an example.
    """

    file: str
    line: int
    label: str
    scoped: tuple[tuple[str, str], ...]
    role: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms, without their scopes."""
        return tuple(form for _, form in self.scoped)


def entries_of(folder: Path, files: Files) -> Iterator[Entry]:
    """Every entry but those of furniture.toml, whose forms are no words."""
    names, items = str(folder / "names.tsv"), str(folder / "items.tsv")
    for line, name in files.names:
        yield Entry(names, line, f"{name.sort} {name.form[0]}", _scoped(name.sort, name.form))
    for line, item in files.items:
        yield Entry(items, line, item.item_class, _scoped("item", item.forms))
    for line, trigger in files.triggers:
        yield _trigger(str(folder / "triggers.toml"), line, trigger)
    titles = str(folder / "titles.toml")
    for line, title in files.titles:
        yield Entry(titles, line, f"title {title.english}", _scoped("title", title.forms))
    for line, body in files.bodies:
        yield Entry(titles, line, f"body {body.english}", _scoped("body", body.forms))
    yield from _tables(folder / "cues.toml", {"": {c: (c, forms) for c, forms in files.cues.items()}})
    for kind in (files.numbers, files.dates, files.speech):
        path = folder / f"{type(kind).__name__.lower()}.toml"
        yield from _tables(path, {f: _groups(f, v) for f, v in _fields(kind)})


def _fields(record: msgspec.Struct) -> Iterator[tuple[str, object]]:
    for field in msgspec.structs.fields(record):
        yield field.encode_name, getattr(record, field.name)


def _groups(name: str, value: object) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The entries of a key of a TOML file, by their own key, each with a scope and its forms.

    A list is one entry; a table whose values are lists has an entry a list; any other an entry a key.
    """
    if isinstance(value, tuple):
        return {"": (name, value)}
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    if isinstance(value, dict):
        for key, said in value.items():
            listed = isinstance(said, tuple) and all(isinstance(form, str) for form in said)
            found[key] = (name, said if listed else (key,))
    return found


def _tables(path: Path, tables: dict[str, dict[str, tuple[str, tuple[str, ...]]]]) -> Iterator[Entry]:
    lines = lines_of(path)
    for table, groups in tables.items():
        for key, (scope, forms) in groups.items():
            keys: Keys = tuple(k for k in (table, key) if k)
            label = " ".join(str(k) for k in keys)
            yield Entry(str(path), nearest_line(lines, keys), label, _scoped(scope, forms))


def _trigger(path: str, line: int, trigger: Trigger) -> Entry:
    frame = f"{trigger.kind} {trigger.subject} {trigger.object}"
    scoped = tuple((f"{frame} {shape}", form) for shape in SHAPES for form in getattr(trigger, shape))
    return Entry(path, line, f"trigger {trigger.id}", scoped, role=trigger.kind)


def _scoped(scope: str, forms: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((scope, form) for form in forms)
