"""The records of reading: what an article says happened, cell by cell, with the words each rests on."""

from typing import Literal, cast

import msgspec

Kind = Literal["transfer", "visit", "meeting", "inspection", "agreement", "reaction"]
Status = Literal["sought", "offered", "considered", "agreed", "under_way", "delivered", "refused", "halted"]
Stance = Literal["stated", "alleged", "denied"]
Mode = Literal["gift", "sale", "aid", "loan", "exchange", "return", "licence"]
Tone = Literal["concern", "condemnation", "support", "denial", "demand"]
Qualifier = Literal["exact", "about", "at_least", "at_most", "some"]


class Span(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """Characters `start` up to, not including, `end`, in code points of the article's field as given.

    `field` is `text`, or `title` for words that only the title has.
    """

    start: int
    end: int
    field: Literal["text", "title"] = "text"


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes part: its fullest mention, plain English name and country (ISO 3166-1 alpha-2 or a bloc)."""

    text: str
    name: str
    country: str | None = None
    span: Span | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where it happens, in the form of a party."""

    text: str
    name: str
    country: str | None = None
    span: Span | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What passes or is viewed; `item_class` (`class` in JSON) is one of world/data/item-classes.tsv."""

    text: str
    item_class: str = msgspec.field(name="class")
    designation: str | None = None
    quantity: int | float | None = None
    qualifier: Qualifier | None = None
    unit: str | None = None
    span: Span | None = None


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """What a deal is worth: `amount` in whole units of `currency` (ISO 4217)."""

    amount: int | float
    currency: str


class ClaimBase(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The cells that every kind of claim has; `event` is an annotator's key, never filled by a reader.

    `spans` maps the name of a plain cell (status, date, value, sources …) to the spans of the words it rests
    on, `evidence` lists the sentences, `confidence` is the calibrated chance that the claim is right.
    """

    status: Status
    stance: Stance
    sources: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    date: str | None = None
    event: str | None = None
    spans: dict[str, tuple[Span, ...]] = {}
    evidence: tuple[Span, ...] = ()
    confidence: float | None = None

    @property
    def kind(self) -> Kind:
        """What sort of claim it is, as JSON has it."""
        return cast(Kind, self.__struct_config__.tag)


class Transfer(ClaimBase, frozen=True, kw_only=True, tag="transfer"):
    """Arms, related materiel or a gift passes, or is to pass, from one party to another."""

    supplier: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    intermediary: tuple[Party, ...] = ()
    end_use: tuple[Party, ...] = ()
    items: tuple[Item, ...] = ()
    mode: Mode | None = None
    value: Value | None = None


class Visit(ClaimBase, frozen=True, kw_only=True, tag="visit"):
    """A person or delegation travels to another country or a site; `days` is the visit's length."""

    visitor: tuple[Party, ...] = ()
    host: tuple[Party, ...] = ()
    days: int | None = None


class Meeting(ClaimBase, frozen=True, kw_only=True, tag="meeting"):
    """Parties talk, in person or otherwise."""

    participants: tuple[Party, ...] = ()


class Inspection(ClaimBase, frozen=True, kw_only=True, tag="inspection"):
    """Somebody views or is shown materiel or a military site."""

    viewer: tuple[Party, ...] = ()
    items: tuple[Item, ...] = ()


class Agreement(ClaimBase, frozen=True, kw_only=True, tag="agreement"):
    """A treaty, pact or memorandum that is no transfer in itself."""

    parties: tuple[Party, ...] = ()
    subject: str | None = None


class Reaction(ClaimBase, frozen=True, kw_only=True, tag="reaction"):
    """A party voices concern, condemnation, support, denial or demand about something."""

    who: tuple[Party, ...] = ()
    tone: Tone
    about: str | None = None


Claim = Transfer | Visit | Meeting | Inspection | Agreement | Reaction

ROLES: dict[str, tuple[str, ...]] = {
    "transfer": ("supplier", "recipient", "intermediary", "end_use"),
    "visit": ("visitor", "host"),
    "meeting": ("participants",),
    "inspection": ("viewer",),
    "agreement": ("parties",),
    "reaction": ("who",),
}
