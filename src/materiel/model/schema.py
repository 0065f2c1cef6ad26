"""Schema: the published JSON Schema of articles (what goes in) and readings (what comes out)."""

from typing import Any

import msgspec

from materiel.model.article import Reading
from materiel.model.codec import Given

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def article_schema() -> dict[str, Any]:
    """The schema of an article as `materiel read` takes it."""
    return _schema(Given, "An article")


def reading_schema() -> dict[str, Any]:
    """The schema of one line of `materiel read --format jsonl`: every key of a record is always there."""
    schema = _schema(Reading, "The claims of an article")
    for name, record in schema["$defs"].items():
        if name != "Span":  # which leaves `field` out where it is `text`
            record["required"] = list(record["properties"])
            for cell in record["properties"].values():
                cell.pop("default", None)
    return schema


def to_json(schema: dict[str, Any]) -> str:
    """A schema as it stands in docs/schema."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def _schema(kind: type[msgspec.Struct], title: str) -> dict[str, Any]:
    schema = {"$schema": DIALECT, "title": title, **msgspec.json.schema(kind)}
    for record in schema["$defs"].values():
        record["description"] = " ".join(record["description"].split())
    return schema
