"""The published schema is the one that the records have."""

import json
from pathlib import Path
from typing import Any

import msgspec

from materiel.model.article import Reading
from materiel.model.claim import Claim, Transfer
from materiel.model.codec import Given, encode_reading
from materiel.model.schema import article_schema, reading_schema, to_json

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"


def test_the_published_schemas_are_up_to_date() -> None:
    for name, schema in (("article", article_schema()), ("reading", reading_schema())):
        file = PUBLISHED / f"{name}.json"
        assert file.read_text(encoding="utf-8") == to_json(schema), (
            f"materiel schema --{name} > docs/schema/{name}.json"
        )


def test_an_article_needs_only_its_text() -> None:
    definition = article_schema()["$defs"]["Given"]
    assert definition["required"] == ["text"]
    assert set(definition["properties"]) == set(Given.__struct_fields__)


def test_a_reading_has_every_key_that_is_required() -> None:
    claim: Claim = Transfer(status="delivered", stance="stated")
    written: dict[str, Any] = json.loads(encode_reading(Reading(id="a", language="en", claims=(claim,))))
    definitions = reading_schema()["$defs"]
    assert sorted(definitions["Reading"]["required"]) == sorted(written)
    assert sorted(definitions["Transfer"]["required"]) == sorted(written["claims"][0])


def test_schemas_are_json() -> None:
    assert msgspec.json.decode(to_json(reading_schema()))["$schema"].startswith("https://json-schema.org/")
