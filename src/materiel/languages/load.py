"""Load: a language's folder of data as one value."""

from functools import cache
from pathlib import Path

import msgspec

from materiel.languages.files import PACK, Files, read_files
from materiel.languages.shape import Forms, Language, Name, Pack
from materiel.world.countries import forms_in
from materiel.world.problem import DataError, Problem

FOLDER = Path(__file__).parent


class LanguageError(DataError):
    """A language's files cannot be used."""


def available(folder: Path = FOLDER) -> tuple[str, ...]:
    """The codes of the languages that have a folder."""
    return tuple(sorted(p.parent.name for p in folder.glob(f"*/{PACK}")))


def language_of(files: Files, pack: Pack) -> Language:
    """The language that its files describe."""
    items: dict[str, Forms] = {}
    for _, line in files.items:
        items[line.item_class] = items.get(line.item_class, ()) + line.forms
    names = tuple(Name(form, n.sort, n.ref) for _, n in files.names for form in n.form)
    told = {name.form for name in names}
    return Language(
        **msgspec.structs.asdict(pack),
        names=names,
        items=items,
        triggers=tuple(t for _, t in files.triggers),
        cues=files.cues,
        numbers=files.numbers,
        dates=files.dates,
        titles=tuple(t for _, t in files.titles),
        bodies=tuple(b for _, b in files.bodies),
        speech=files.speech,
        furniture=files.furniture,
        country_names={form: code for form, code in forms_in(pack.code).items() if form not in told},
    )


def load_language(code: str, folder: Path | None = None) -> Language:
    """A language by its code, from `folder` if given; raises LanguageError, which lists all that is wrong."""
    return _load(code, folder or FOLDER / code)


@cache
def _load(code: str, folder: Path) -> Language:
    files, problems = read_files(folder)
    if files.pack is not None and files.pack.code != code:
        problems.append(Problem(str(folder / PACK), 1, f"the code is `{files.pack.code}`, not `{code}`"))
    if problems or files.pack is None:
        raise LanguageError(f"language {code}", problems)
    return language_of(files, files.pack)
