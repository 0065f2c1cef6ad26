"""Events and embargoes as the tests of screening make them."""

from pathlib import Path
from typing import Any

from materiel.model.claim import Item, Party, Place, Transfer
from materiel.model.event import Event, Report
from materiel.model.finding import Finding
from materiel.screening.load import load_embargoes
from materiel.screening.screen import screen

COUNTRIES = {
    "North Korea": "KP",
    "Russia": "RU",
    "China": "CN",
    "Iran": "IR",
    "France": "FR",
    "Bulgaria": "BG",
    "Croatia": "HR",
    "United Kingdom": "GB",
    "United States": "US",
    "Türkiye": "TR",
    "United Arab Emirates": "AE",
    "Sudan": "SD",
    "Somalia": "SO",
    "Libya": "LY",
    "Azerbaijan": "AZ",
    "Indonesia": "ID",
    "South Sudan": "SS",
    "Belarus": "BY",
    "Iraq": "IQ",
    "Venezuela": "VE",
    "Ukraine": "UA",
    "European Union": "EU",
}

HEAD = """title = "UN arms embargo on Sudan"
issuer = "UN"
target = "SD"
sources = ["a test"]
"""
MEASURE = """
[[measures]]
direction = "to"
scope = "territory"
items = "arms"
force = "mandatory"
instrument = "Resolution 1"
paragraph = "¶1"
from = 2001-01-01
"""
EXEMPTION = """
[[exemptions]]
kind = "outright"
words = "what is meant for peace"
paragraph = "¶2"
"""


def party(said: str) -> Party:
    """`Houthis:YE`, or a country's name alone."""
    name, _, country = said.partition(":")
    return Party(text=name, name=name, country=country or COUNTRIES.get(name))


def event(
    supplier: str = "",
    recipient: str = "",
    items: str = "smallarms.rifle",
    date: str | None = "2022-06-01",
    *,
    published: str = "",
    place: str = "",
    **cells: Any,
) -> Event:
    """An event that tells a transfer; several parties or items are parted by `, `; each item is named as its class."""

    def parties(said: str) -> tuple[Party, ...]:
        return tuple(party(p) for p in said.split(", ") if p)

    for role in ("intermediary", "end_use"):
        cells[role] = parties(cells.get(role, ""))
    told = Transfer(
        **{"status": "delivered", "stance": "stated", **cells},
        supplier=parties(supplier),
        recipient=parties(recipient),
        items=tuple(Item(text=c, item_class=c) for c in items.split(", ") if c),
        places=(Place(text=place, name=place),) if place else (),
        date=date,
    )
    report = Report(article="a", number=0, outlet="b", published=published, root="b", claim=told)
    return event_of(told, (report,))


def event_of(told: Any, reports: tuple[Report, ...] = ()) -> Event:
    """An event that tells a claim."""
    return Event(id="e", told=told, values={}, contradictions=(), history=(), reports=reports, outlets=(), roots=())


def verdicts(*told: Any, **cells: Any) -> dict[str, str]:
    """The verdicts on the event that the arguments make, by the embargo's name."""
    return {f.embargo: f.verdict for f in screen(event(*told, **cells), load_embargoes())}


def finding(name: str, *told: Any, **cells: Any) -> Finding:
    """The finding of one embargo on the event that the arguments make."""
    return {f.embargo: f for f in screen(event(*told, **cells), load_embargoes())}[name]


def write(folder: Path, text: str, name: str = "un-sd") -> Path:
    """A folder of data with one embargo's file."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
