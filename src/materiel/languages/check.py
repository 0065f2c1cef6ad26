"""Check: everything that docs/languages.md asks of a language's folder, all problems at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.numbers import list_currencies

from materiel.languages.entries import Entry, entries_of
from materiel.languages.examples import Example, parse_examples
from materiel.languages.files import PACK, Files, read_files
from materiel.languages.inflection import InflectionError, spellings
from materiel.languages.load import FOLDER
from materiel.languages.markup import read_claims
from materiel.languages.pieces import folded
from materiel.languages.shape import CUES, PREPOSITIONS, NameLine, Pack
from materiel.languages.usage import Usage
from materiel.world.countries import is_country
from materiel.world.load import read_world, world_of
from materiel.world.problem import Problem
from materiel.world.shape import BLOCS, World
from materiel.world.toml import lines_of, nearest_line


def check(code: str, folder: Path | None = None) -> list[Problem]:
    """Everything that is wrong with a language, in order of file and line."""
    folder = folder or FOLDER / code
    files, problems = read_files(folder)
    examples, found = parse_examples(folder)
    problems += found
    world = world_of(read_world()[0])
    entries = list(entries_of(folder, files))
    usage = Usage(examples, files.pack)
    uninflected = list(_inflection_problems(entries, files))
    for group in (
        _pack_problems(code, folder, files),
        _reference_problems(folder, files, world),
        _trigger_problems(folder, files),
        _cue_problems(folder, files),
        _duplicates(entries),
        _example_problems(folder, examples, world),
        uninflected,
        () if uninflected else _unused(entries, usage),
        _unused_furniture(folder, files, examples),
    ):
        problems.extend(group)
    return sorted(set(problems))


def _pack_problems(code: str, folder: Path, files: Files) -> Iterator[Problem]:
    path, pack = folder / PACK, files.pack
    if pack is None:
        return
    lines = lines_of(path)
    for wrong, key, message in (
        (pack.code != code, "code", f"the code is `{pack.code}`, the folder's `{code}`"),
        (not pack.decimal or pack.decimal == pack.thousands, "decimal", "no decimal mark of its own"),
        (not 0 <= pack.floor <= 1, "floor", "the floor is a share, from 0 to 1"),
        (not pack.licence, "licence", "no licence"),
        (any(len(pair) != 2 for pair in pack.alike), "alike", "each entry is a pair of letters"),
        (not set(_ruled(pack)) <= set(PREPOSITIONS), "government", f"its values are {' '.join(PREPOSITIONS)}"),
    ):
        if wrong:
            yield Problem(str(path), nearest_line(lines, (key,)), message)


def _ruled(pack: Pack) -> Iterator[str]:
    """The classes that prepositions have by the case that follows."""
    return (cue for cases in pack.government.values() for cue in cases.values())


def _reference_problems(folder: Path, files: Files, world: World) -> Iterator[Problem]:
    """Names of nothing in the world, items of no class, currencies that there are not."""
    known = {
        "person": {p.name for p in world.people},
        "organisation": {o.name for o in world.organisations},
        "place": {p.name for p in world.places},
        "designation": {d.name for d in world.designations},
    }
    for line, name in files.names:
        if not _refers(name, known):
            yield Problem(str(folder / "names.tsv"), line, f"`{name.ref}` is no {name.sort} of the world")
    for line, item in files.items:
        if item.item_class not in world.item_classes:
            message = f"`{item.item_class}` is no class of item-classes.tsv"
            yield Problem(str(folder / "items.tsv"), line, message)
    path = folder / "numbers.toml"
    for currency in sorted(files.numbers.currencies.keys() - list_currencies()):
        line = nearest_line(lines_of(path), ("currencies", currency))
        yield Problem(str(path), line, f"`{currency}` is no ISO 4217 currency")


def _refers(name: NameLine, known: dict[str, set[str]]) -> bool:
    if name.sort == "place":
        return name.ref in known["place"] or is_country(name.ref)
    if name.sort == "bloc":
        return name.ref in BLOCS
    return name.ref in known[name.sort] if name.sort in known else is_country(name.ref)


def _trigger_problems(folder: Path, files: Files) -> Iterator[Problem]:
    seen = Counter(t.id for _, t in files.triggers)
    for line, trigger in files.triggers:
        for wrong, message in (
            (seen[trigger.id] > 1, f"the id `{trigger.id}` is not unique"),
            (not trigger.forms, f"trigger `{trigger.id}` has no forms"),
            (trigger.kind == "reaction" and not trigger.tone, f"reaction `{trigger.id}` has no tone"),
            (trigger.kind != "reaction" and trigger.tone, f"`{trigger.id}` has a tone and is no reaction"),
        ):
            if wrong:
                yield Problem(str(folder / "triggers.toml"), line, message)


def _cue_problems(folder: Path, files: Files) -> Iterator[Problem]:
    path = folder / "cues.toml"
    if not path.exists():
        return
    for cue in sorted(CUES - files.cues.keys()):
        yield Problem(str(path), 1, f"the cue class `{cue}` is missing")
    for cue in sorted(files.cues.keys() - CUES):
        yield Problem(str(path), nearest_line(lines_of(path), (cue,)), f"unknown cue class `{cue}`")


def _inflection_problems(entries: Sequence[Entry], files: Files) -> Iterator[Problem]:
    """Forms of inflections that pack.toml does not have."""
    classes = files.pack.inflections if files.pack else {}
    for entry in entries:
        for form in entry.forms:
            try:
                spellings(form, classes)
            except InflectionError as error:
                yield Problem(entry.file, entry.line, f"{entry.label}: {error}")


def _duplicates(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Forms that one scope has twice; case, hyphens and spaces make no difference."""
    first: dict[tuple[str, str, str], int] = {}
    for entry in entries:
        for scope, form in entry.scoped:
            line = first.setdefault((entry.file, scope, folded(form)), entry.line)
            if line != entry.line:
                yield Problem(entry.file, entry.line, f"{entry.label}: `{form}` stands on line {line} too")
        for (_, form), times in Counter((scope, folded(form)) for scope, form in entry.scoped).items():
            if times > 1:
                yield Problem(entry.file, entry.line, f"{entry.label}: `{form}` is said twice")


def _example_problems(folder: Path, examples: Sequence[Example], world: World) -> Iterator[Problem]:
    """Examples that are not unique or whose markup makes no claim."""
    if not examples:
        yield Problem(str(folder / "examples"), 1, "no examples")
    first: dict[str, Example] = {}
    for example in examples:
        other = first.setdefault(example.name, example)
        if other is not example:
            where = f"{Path(other.file).name}:{other.line}"
            yield Problem(example.file, example.line, f"the name `{example.name}` is that of {where} too")
        yield from read_claims(example, world)[1]


def _unused(entries: Sequence[Entry], usage: Usage) -> Iterator[Problem]:
    for entry in entries:
        if entry.forms and not _used(entry, usage):
            how = f"marked `{entry.role}`" if entry.role else "in an example"
            yield Problem(entry.file, entry.line, f"{entry.label}: no form is ever {how}")


def _used(entry: Entry, usage: Usage) -> bool:
    return any(not entry.role or found.within(entry.role) for form in entry.forms for found in usage.find(form))


def _unused_furniture(folder: Path, files: Files, examples: Sequence[Example]) -> Iterator[Problem]:
    path, furniture = folder / "furniture.toml", files.furniture
    texts = [e.text.casefold() for e in examples if e.silence]
    lines = lines_of(path)
    for key, forms, used in (
        ("starts", furniture.starts, lambda text, form: text.startswith(form)),
        ("is", furniture.is_, lambda text, form: text == form),
        ("contains", furniture.contains, lambda text, form: form in text),
    ):
        if forms and not any(used(text, form.casefold()) for text in texts for form in forms):
            yield Problem(str(path), nearest_line(lines, (key,)), f"`{key}`: no example is such a line")
