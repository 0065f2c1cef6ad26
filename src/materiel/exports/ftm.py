"""FollowTheMoney: events, their parties and articles as entities for Aleph, OpenSanctions' tools and their like."""

from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import BinaryIO

from followthemoney import model
from followthemoney.proxy import EntityProxy

from materiel.exports.known import Sort, sort_of
from materiel.exports.words import act_words, contradiction_words, number_words, parties_of, title_words
from materiel.model.claim import Claim, Party, Transfer, Visit
from materiel.model.codec import encode
from materiel.model.event import Event
from materiel.model.finding import Screened
from materiel.world.countries import country_codes, english_names

# What is neither (a brigade, "unnamed officials") is a LegalEntity: FollowTheMoney's word for not told which.
_SCHEMATA: dict[Sort, str] = {
    "person": "Person",
    "state": "PublicBody",
    "force": "PublicBody",
    "body": "PublicBody",
    "bloc": "Organization",
    "group": "Organization",
    "agency": "Organization",
    "outlet": "Organization",
    "maker": "Company",
}
_LISTED_BLOCS = ("EU", "UN")  # those that FollowTheMoney has among its countries


def write(screened: Iterable[Screened], stream: BinaryIO) -> None:
    """Writes one entity a line; an article or a party that several events share stands once."""
    seen: set[str | None] = set()
    for one in screened:
        for entity in entities(one):
            if entity.id not in seen:
                seen.add(entity.id)
                stream.write(encode(entity.to_dict()) + b"\n")


def entities(screened: Screened) -> Iterator[EntityProxy]:
    """The entities of an event: its articles, its parties, itself, and a link for each supplier and recipient."""
    event, told = screened.event, screened.event.told
    articles = list(_articles(event))
    parties = {party: _party(party) for party in parties_of(told)}
    yield from articles
    yield from parties.values()
    addresses = _ends(told)
    yield from addresses
    happening = _entity("Trip" if addresses else "Event", "event", event.id)
    for role, address in zip(("startLocation", "endLocation"), addresses, strict=False):
        happening.add(role, address.id)
    _describe(happening, screened)
    happening.add("involved", [party.id for party in parties.values()])
    happening.add("proof", [article.id for article in articles])
    yield happening
    if isinstance(told, Transfer):
        for supplier in told.supplier:
            for recipient in told.recipient:
                yield _link(event, parties[supplier], parties[recipient], articles)


def _entity(schema: str, *key: str) -> EntityProxy:
    """An entity whose id is a hash of what makes it one."""
    entity = model.make_entity(schema)
    entity.id = "materiel-" + sha1("\0".join(key).encode(), usedforsecurity=False).hexdigest()
    return entity


def _articles(event: Event) -> Iterator[EntityProxy]:
    for report in {report.article: report for report in event.reports}.values():
        article = _entity("Article", "article", report.article)
        article.add("publisher", report.outlet)
        article.add("publishedAt", report.published)
        article.add("language", report.language)
        article.add("fileName" if "://" not in report.article else "sourceUrl", report.article)
        yield article


def _party(party: Party) -> EntityProxy:
    sort = sort_of(party.name)
    entity = _entity(_SCHEMATA[sort] if sort else "LegalEntity", "party", party.name, party.country or "")
    entity.add("name", party.name)
    entity.add("country", _country(party.country))
    return entity


def _country(code: str | None) -> str | None:
    return code if code in country_codes() or code in _LISTED_BLOCS else None


def _ends(told: Claim) -> list[EntityProxy]:
    """Where a trip begins and ends; empty where either cannot be told, for which a Trip cannot be written."""
    if not isinstance(told, Visit):
        return []
    ends = [(place.name, place.country or "") for place in told.places] or _homes(told.host)
    starts = _homes(told.visitor)
    return [_address(*starts[0]), _address(*ends[0])] if starts and ends else []


def _homes(parties: tuple[Party, ...]) -> list[tuple[str, str]]:
    """The parties' countries, with their names."""
    names = english_names()
    return [(names[party.country], party.country) for party in parties if party.country in country_codes()]


def _address(name: str, country: str) -> EntityProxy:
    address = _entity("Address", "address", name, country)
    address.add("full", name)
    address.add("country", _country(country))
    return address


def _describe(happening: EntityProxy, screened: Screened) -> None:
    """What an event's entity says of it in words and dates."""
    event, told = screened.event, screened.event.told
    happening.add("name", title_words(told))
    happening.add("recordId", event.id)
    happening.add("summary", _summary(event))
    happening.add("notes", [contradiction_words(contradiction) for contradiction in event.contradictions])
    happening.add("notes", [finding.words for finding in screened.findings])
    countries = [party.country for party in parties_of(told)] + [place.country for place in told.places]
    happening.add("country", map(_country, countries))
    happening.add("location", [place.name for place in told.places])
    items = getattr(told, "items", ())
    happening.add("keywords", [told.kind, told.status, told.stance, getattr(told, "mode", None)])
    happening.add("keywords", [word for item in items for word in (item.item_class, item.designation)])
    _date(happening, told)


def _summary(event: Event) -> str:
    told = event.told
    value = told.value if isinstance(told, Transfer) else None
    worth = f", worth {number_words(value.amount)} {value.currency}" if value else ""
    return f"{act_words(told)}{worth}; according to {', '.join(event.roots) or 'nobody named'}"


def _date(entity: EntityProxy, told: Claim) -> None:
    """A day, month or year as the start, both ends of a span."""
    start, _, end = (told.date or "").partition("/")
    entity.add("startDate", start)
    entity.add("endDate", end)


def _link(event: Event, supplier: EntityProxy, recipient: EntityProxy, articles: list[EntityProxy]) -> EntityProxy:
    """The arrow from one supplier to one recipient."""
    link = _entity("UnknownLink", "link", event.id, str(supplier.id), str(recipient.id))
    link.add("subject", supplier.id)
    link.add("object", recipient.id)
    link.add("role", act_words(event.told))
    link.add("status", event.told.status)
    link.add("summary", _summary(event))
    link.add("recordId", event.id)
    link.add("proof", [article.id for article in articles])
    _date(link, event.told)
    return link
