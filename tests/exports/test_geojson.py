"""GeoJSON: the structure that RFC 7946 asks for."""

import io
import json
from typing import Any

import pytest

from made_events import all_events, jets, party, visit
from materiel.exports.geojson import geometry, line_between, write
from materiel.model.claim import Meeting, Place, Transfer

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2}


def collection() -> dict[str, Any]:
    stream = io.BytesIO()
    write(all_events(), stream)
    found: dict[str, Any] = json.loads(stream.getvalue())
    return found


def check(coordinates: Any, depth: int) -> None:
    if depth:
        for inner in coordinates:
            check(inner, depth - 1)
    else:
        longitude, latitude = coordinates
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


def test_structure() -> None:
    found = collection()
    assert found["type"] == "FeatureCollection"
    ids = [feature["id"] for feature in found["features"]]
    assert len(ids) == len(set(ids)) == 5
    for feature in found["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        shape = feature["geometry"]
        if shape is not None:
            check(shape["coordinates"], DEPTH[shape["type"]])


def test_flow_place_and_none() -> None:
    gift, place, order, visited, hostile = collection()["features"]
    assert gift["geometry"]["type"] == "LineString"
    assert gift["properties"]["contradicted"] is True
    assert gift["properties"]["items"][0] == "5 × loitering munition"
    assert gift["properties"]["findings"][0]["verdict"] == "matches"
    assert (place["properties"]["place"], place["geometry"]["type"]) == ("Vladivostok", "Point")
    assert order["geometry"]["type"] == "MultiLineString"
    assert visited["geometry"]["coordinates"] == gift["geometry"]["coordinates"][::-1]
    assert hostile["geometry"] is None  # a bloc is nowhere


def test_one_side_or_one_country_is_a_point() -> None:
    one = Transfer(supplier=(party("X"),), recipient=(party("Y", "ID"),), status="agreed", stance="stated")
    assert geometry(one) == {"type": "Point", "coordinates": (115.0, -2.3)}
    talk = Meeting(status="delivered", stance="stated", places=(Place(text="Bali", name="Bali", country="ID"),))
    assert geometry(talk) == geometry(one)
    assert geometry(Meeting(status="agreed", stance="stated", participants=(party("Y", "ID"),))) is None
    assert geometry(jets("agreed", 1, None)) is not None
    assert geometry(visit(None).event.told) == {"type": "Point", "coordinates": (127.2, 40.1)}


@pytest.mark.parametrize("east", [(170.0, 10.0), (179.0, -20.0)])
def test_lines_are_cut_at_the_antimeridian(east: tuple[float, float]) -> None:
    west = (-170.0, 30.0)
    first, second = line_between(east, west)
    assert (first[0], second[1]) == (east, west)
    assert (first[1][0], second[0][0]) == (180.0, -180.0)
    assert first[1][1] == second[0][1]
    assert min(east[1], 30.0) < first[1][1] < 30.0
    assert [line[::-1] for line in line_between(west, east)][::-1] == [first, second]
    assert line_between((0.0, 0.0), (180.0, 0.0)) == [[(0.0, 0.0), (180.0, 0.0)]]


def test_no_event_is_an_empty_collection() -> None:
    stream = io.BytesIO()
    write([], stream)
    assert json.loads(stream.getvalue()) == {"type": "FeatureCollection", "features": []}
