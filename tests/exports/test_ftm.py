"""FollowTheMoney: the library itself takes every entity."""

import io
import json
from collections.abc import Iterable

import pytest

from made_events import all_events, gift, hostile, visit
from materiel.model.finding import Screened

model = pytest.importorskip("followthemoney").model


def written(events: Iterable[Screened]) -> list[dict[str, object]]:
    from materiel.exports.ftm import write  # noqa: PLC0415 - the library may be missing

    stream = io.BytesIO()
    write(events, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def proxies(events: Iterable[Screened]) -> list:  # type: ignore[type-arg]
    return [model.get_proxy(data) for data in written(events)]


def test_every_entity_is_valid_and_every_reference_holds() -> None:
    entities = {proxy.id: proxy for proxy in proxies(all_events())}
    for data in written(all_events()):
        model.get(data["schema"]).validate(data)
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (prop, value)
            if prop.type.name == "entity":
                assert entities[value].schema.is_a(prop.range), (prop, value)


def test_nothing_is_written_twice() -> None:
    ids = [data["id"] for data in written([*all_events(), gift()])]
    assert len(ids) == len(set(ids))


def test_gift_is_an_event_with_a_link() -> None:
    found = {proxy.schema.name: proxy for proxy in proxies([gift()])}
    happening, link = found["Event"], found["UnknownLink"]
    assert happening.first("name").startswith("Governor of Primorsky Krai → Kim Jong Un: arms transfer: 5 × loitering")
    assert happening.get("startDate") == ["2023-09-17"]
    assert set(happening.get("country")) == {"ru", "kp"}
    assert len(happening.get("proof")) == 3
    assert any("Vladimir Putin (Yonhap)" in note for note in happening.get("notes"))
    assert any("resolution 1718" in note for note in happening.get("notes"))
    assert link.first("role") == ("arms transfer: 5 × loitering munition, 1 × Geran-25, body armour (delivered)")
    assert found["Person"].first("name") == "Kim Jong Un"
    assert found["LegalEntity"].first("name") == "Governor of Primorsky Krai"


def test_visit_is_a_trip_where_both_ends_are_known() -> None:
    found = {proxy.schema.name: proxy for proxy in proxies([visit()])}
    assert (found["Trip"].first("startDate"), found["Trip"].first("endDate")) == ("2023-09-12", "2023-09-17")
    assert "Trip" not in {proxy.schema.name for proxy in proxies([visit(host=None)])}


def test_hostile_text_stays_text() -> None:
    stream = json.dumps(written([hostile()]), ensure_ascii=False)
    assert "\x1b" not in stream
    assert "<b>a</b>" in stream
