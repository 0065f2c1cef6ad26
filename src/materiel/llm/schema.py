"""Schema: what a model is asked for, made from the schema of our records: words to quote stand in place of spans."""

from functools import cache
from typing import Any, get_args

import msgspec

from materiel.model.claim import Claim, Item, Party, Place, Value
from materiel.world.load import load_world

Schema = dict[str, Any]

KINDS: dict[str, type[Claim]] = {str(k.__struct_config__.tag): k for k in get_args(Claim)}
# What a reader never fills, or what is worked out from the quotations.
OURS = ("event", "spans", "evidence", "confidence")
# Cells whose value is a passage of the article itself.
PASSAGES = ("about", "subject")
ITEM_QUOTES = ("quantity", "designation")


def plain_cells(kind: type[Claim]) -> tuple[str, ...]:
    """The cells of a kind of claim whose value is no passage of the article, so that one must be quoted for it."""
    return tuple(
        f.encode_name
        for f in msgspec.structs.fields(kind)
        if f.default != () and f.encode_name not in (*OURS, *PASSAGES)
    )


@cache
def answer_schema() -> Schema:
    """The JSON Schema of an answer, `{"claims": [...]}`, within what servers take that hold a model to a schema.

    Every key is required, no other is allowed, and the words for `class` are those of world/data/item-classes.tsv.
    """
    records, shapes = msgspec.json.schema_components(
        (*KINDS.values(), Party, Place, Item, Value), ref_template="#/$defs/{name}"
    )
    shapes.pop("Span")
    for kind, record in zip(KINDS.values(), records, strict=False):
        _claim(shapes[record["$ref"].rpartition("/")[2]], plain_cells(kind))
    item = shapes["Item"]["properties"]
    item["class"] = {"enum": sorted(load_world().item_classes)}
    item["quotes"] = _quotes(ITEM_QUOTES)
    for shape in shapes.values():
        _close(shape)
    claims = {"type": "array", "items": {"anyOf": records[: len(KINDS)]}}
    top = {"type": "object", "properties": {"claims": claims}}
    _close(top)
    return {**top, "$defs": shapes}


def _claim(shape: Schema, quoted: tuple[str, ...]) -> None:
    """A claim as a model is to give it: its quotations come before the values that rest on them."""
    cells = {name: cell for name, cell in shape["properties"].items() if name not in OURS}
    shape["properties"] = {"kind": cells.pop("kind"), "quotes": _quotes(quoted), **cells}


def _quotes(cells: tuple[str, ...]) -> Schema:
    shape: Schema = {"type": "object", "properties": {cell: {"type": ["string", "null"]} for cell in cells}}
    _close(shape)
    return shape


def _close(shape: Schema) -> None:
    """Require every key of an object, and allow no other."""
    shape["properties"].pop("span", None)
    for cell in shape["properties"].values():
        cell.pop("default", None)
    shape.pop("title", None)
    shape.pop("description", None)
    shape |= {"required": list(shape["properties"]), "additionalProperties": False}
