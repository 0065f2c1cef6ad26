"""GeoJSON (RFC 7946): events as lines between countries and points in them, for a map."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from materiel.exports.words import DIRECTED, contradiction_words, item_words, parties_of, title_words
from materiel.model.claim import Claim, Party, Place
from materiel.model.codec import encode
from materiel.model.finding import Screened
from materiel.world.load import load_world

Point = tuple[float, float]  # longitude, latitude: the order of RFC 7946
Line = list[Point]
Json = dict[str, Any]


def write(screened: Iterable[Screened], stream: BinaryIO) -> None:
    """Writes one FeatureCollection, a feature a line: each event, followed by the places of those that are lines."""
    stream.write(b'{"type":"FeatureCollection","features":[')
    before = b"\n"
    for one in screened:
        for feature in features(one):
            stream.write(before + encode(feature))
            before = b",\n"
    stream.write(b"\n]}\n")


def features(screened: Screened) -> Iterator[Json]:
    """An event's feature, `geometry` null where no country is known, then one for each place beside its line."""
    event = screened.event
    shape = geometry(event.told)
    told = _properties(screened)
    yield {"type": "Feature", "id": event.id, "geometry": shape, "properties": told}
    if shape and shape["type"].endswith("LineString"):
        for number, place in enumerate(event.told.places):
            for point in _points([place]):
                yield {
                    "type": "Feature",
                    "id": f"{event.id}/place/{number}",
                    "geometry": {"type": "Point", "coordinates": point},
                    "properties": {"event": event.id, "kind": "place", "place": place.name, "country": place.country},
                }


def _properties(screened: Screened) -> Json:
    event, told = screened.event, screened.event.told
    return {
        "event": event.id,
        "kind": told.kind,
        "title": title_words(told),
        "supplier": [party.name for party in getattr(told, "supplier", ())],
        "recipient": [party.name for party in getattr(told, "recipient", ())],
        "parties": [party.name for party in parties_of(told)],
        "items": [item_words(item) for item in getattr(told, "items", ())],
        "places": [place.name for place in told.places],
        "status": told.status,
        "stance": told.stance,
        "date": told.date,
        "roots": event.roots,
        "contradicted": bool(event.contradictions),
        "contradictions": [contradiction_words(c) for c in event.contradictions],
        "findings": [
            {"embargo": f.embargo, "title": f.title, "verdict": f.verdict, "words": f.words} for f in screened.findings
        ],
    }


def geometry(claim: Claim) -> Json | None:
    """Lines from each giver's to each taker's country, or points: the places, else the side that is known.

    A bloc has no point. Countries have one each, so a point stands for a country, never for an exact spot.
    """
    starts, ends = ([], []) if claim.kind not in DIRECTED else map(_points, _sides(claim))
    lines = [part for start in starts for end in ends if start != end for part in line_between(start, end)]
    if lines:
        return _shape("LineString", lines)
    points = _points(claim.places) or list(dict.fromkeys((*starts, *ends)))
    return _shape("Point", points) if points else None


def _sides(claim: Claim) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    giver, taker = DIRECTED[claim.kind]
    return getattr(claim, giver), getattr(claim, taker)


def _shape(kind: str, coordinates: list[Any]) -> Json:
    if len(coordinates) == 1:
        return {"type": kind, "coordinates": coordinates[0]}
    return {"type": f"Multi{kind}", "coordinates": coordinates}


def _points(known: Iterable[Party | Place]) -> list[Point]:
    """The points of their countries, each once."""
    positions = load_world().positions
    found = (positions.get(one.country) for one in known if one.country)
    return list(dict.fromkeys((p.longitude, p.latitude) for p in found if p))


def line_between(start: Point, end: Point) -> list[Line]:
    """The shorter way from one point to another; cut in two where it crosses the antimeridian (RFC 7946, 3.1.9)."""
    (x1, y1), (x2, y2) = start, end
    if abs(x2 - x1) <= 180:
        return [[start, end]]
    edge = 180.0 if x1 > 0 else -180.0
    way = x2 - x1 + 2 * edge  # how far east (west: negative) the end lies by the shorter way
    crossing = round(y1 + (y2 - y1) * (edge - x1) / way, 6)
    return [[start, (edge, crossing)], [(-edge, crossing), end]]
