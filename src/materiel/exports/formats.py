"""Formats: the table of output forms; a form's module is loaded when it is asked for."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import BinaryIO, NamedTuple

from materiel.model.errors import ExportError
from materiel.model.finding import Screened

Writer = Callable[[Iterable[Screened], BinaryIO], None]


class Format(NamedTuple):
    """One form: what it is, the ending of its files, and the library it needs with the extra that brings it."""

    says: str
    suffix: str
    library: str | None = None
    extra: str | None = None


# Each has a module of its name beside this one, with a `write`.
FORMATS: dict[str, Format] = {
    "jsonl": Format("everything, one JSON object an event", ".jsonl"),
    "register": Format("a trade register as CSV, one row an event and item", ".csv"),
    "ftm": Format("FollowTheMoney entities, one JSON object a line", ".ftm.json", "followthemoney", "ftm"),
    "geojson": Format("flows between countries for a map", ".geojson"),
    "parquet": Format("the trade register with typed columns", ".parquet", "pyarrow", "parquet"),
}


def writer_of(name: str) -> Writer:
    """The function that writes a form; raises ExportError where there is no such form or its library is missing."""
    form = FORMATS.get(name)
    if form is None:
        raise ExportError(f"there is no format `{name}`; choose one of {', '.join(FORMATS)}")
    try:
        module = import_module(f"materiel.exports.{name}")
    except ModuleNotFoundError as error:
        if form.library is None or (error.name or "").partition(".")[0] != form.library:
            raise
        raise ExportError(
            f"the format `{name}` needs {form.library}; install it with `pip install 'materiel[{form.extra}]'`"
        ) from None
    writer: Writer = module.write
    return writer
