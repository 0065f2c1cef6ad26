"""Decode: raw values as the records of shape.py, with every bad key told, not only the first."""

import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from materiel.world.toml import Keys

T = TypeVar("T", bound=msgspec.Struct)
Fault = tuple[Keys, str]

INDEX = re.compile(r" - at `\$\[(\d+)\]`$")


def decode(kind: type[T], raw: dict[str, Any]) -> tuple[T | None, list[Fault]]:
    """`raw` as a struct without what does not fit, and all faults, each with the path of its key.

    The struct is None where a key that it must have is missing or bad.
    """
    try:
        return msgspec.convert(raw, kind), []
    except msgspec.ValidationError as error:
        faults = list(_faults_of(kind, raw)) or [((), str(error))]
    try:
        return msgspec.convert(_without(raw, {keys for keys, _ in faults}, ()), kind), faults
    except msgspec.ValidationError:
        return None, faults


def _without(raw: Any, bad: set[Keys], at: Keys) -> Any:
    if not isinstance(raw, dict):
        return raw
    return {k: _without(v, bad, (*at, k)) for k, v in raw.items() if (*at, k) not in bad}


def _faults_of(kind: type[msgspec.Struct], raw: dict[str, Any]) -> Iterator[Fault]:
    """Every fault of a table."""
    fields = {f.encode_name: f for f in msgspec.structs.fields(kind)}
    for key, value in raw.items():
        if key not in fields:
            yield (key,), f"unknown key; known are {' '.join(fields)}"
        elif get_origin(fields[key].type) is dict and isinstance(value, dict):
            key_kind, value_kind = get_args(fields[key].type)
            for inner, said in value.items():
                yield from _fault(key_kind, inner, (key, inner))
                yield from _fault(value_kind, said, (key, inner))
        else:
            yield from _fault(fields[key].type, value, (key,))
    for name, field in fields.items():
        if field.required and name not in raw:
            yield (), f"`{name}` is missing"


def _fault(kind: Any, raw: Any, at: Keys) -> Iterator[Fault]:
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        yield at, INDEX.sub(lambda m: f" (number {int(m.group(1)) + 1} of the list)", str(error))
