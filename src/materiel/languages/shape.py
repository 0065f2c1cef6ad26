"""Shape of a language: the only place that says what a language may define (docs/languages.md)."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from materiel.languages.inflection import Case, spellings
from materiel.model.claim import Kind, Mode, Qualifier, Status, Tone

Forms = tuple[str, ...]
NameSort = Literal[
    "name",
    "short",
    "adjective",
    "demonym",
    "capital",
    "metonym",
    "bloc",
    "place",
    "person",
    "organisation",
    "designation",
]
Role = Literal["supplier", "recipient", "item", "visitor", "host", "participant", "viewer", "party", "who", "place"]
Shape = Literal["base", "present", "progressive", "past", "participle", "active", "passive", "noun"]
TitleSort = Literal[
    "head",
    "minister",
    "official",
    "spokesperson",
    "military",
    "governor",
    "diplomat",
    "lawmaker",
    "business",
    "expert",
    "person",
]
BodySort = Literal[
    "government",
    "ministry",
    "military",
    "navy",
    "airforce",
    "army",
    "police",
    "parliament",
    "company",
    "embassy",
    "group",
    "people",
]
Month = Literal[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
Weekday = Literal[0, 1, 2, 3, 4, 5, 6]
SHAPES: tuple[Shape, ...] = (
    "base",
    "present",
    "progressive",
    "past",
    "participle",
    "active",
    "passive",
    "noun",
)
PREPOSITIONS = (
    "from",
    "to",
    "for",
    "by",
    "with",
    "of",
    "in",
    "at",
    "against",
    "via",
    "between",
    "on",
    "about",
)
CLAUSE_WORDS = ("relative", "and", "or", "but", "while", "because", "if", "after", "before")
OTHER_CUES = (
    "passive_aux",
    "future",
    "perfect",
    "ongoing",
    "planned",
    "possible",
    "wanted",
    "talks",
    "approved",
    "contracted",
    "arrived",
    "started",
    "remaining",
    "negation",
    "not_yet",
    "refusal",
    "halted",
    "denial",
    "allegation",
    "reported",
    "officially",
    "recall",
    "first",
    "more",
    "sale",
    "gift",
    "aid",
    "loan",
    "exchange",
    "return",
    "licence",
    "use",
    "loss",
    "own",
    "domestic",
    "made_by",
    "used_by",
    "for_war",
    "exercise",
    "sport",
    "crime",
    "strike",
    "competitor",
    "secret",
    "total",
    "each",
    "same",
    "anaphor",
)
CUES = frozenset((*PREPOSITIONS, *CLAUSE_WORDS, *OTHER_CUES))


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """pack.toml.

    `head` is `last` where a noun phrase has its head last (`fighter jet`), else `first`; `alike` are pairs of letters
    of which writers use the second for the first; `latin` spells each letter in Latin ones. `inflections` are the
    endings of forms written `stem~class`, `government` says which class a preposition has before which case; `kinds`
    are the words between a thing and its type (`class`), `articles` those that open a phrase and say nothing of it
    (`the`), `partitives` those between a number and what it counts (`of`), `out_of` those between a number and the
    greater one that it is part of, `particles` small words within a name of a person (`van`).
    """

    code: str
    name: str
    decimal: str
    thousands: str
    licence: str
    floor: float
    head: Literal["first", "last"] = "last"
    endings: Forms = ()
    kinds: Forms = ()
    articles: Forms = ()
    partitives: Forms = ()
    out_of: Forms = ()
    particles: Forms = ()
    abbreviations: Forms = ()
    alike: Forms = ()
    latin: dict[str, str] = {}
    inflections: dict[str, str | Forms] = {}
    government: dict[str, dict[Case, str]] = {}


class NameLine(msgspec.Struct, frozen=True):
    """A line of names.tsv."""

    form: Forms
    sort: NameSort
    ref: str


class Name(msgspec.Struct, frozen=True):
    """What the language calls a country or another thing of the world."""

    form: str
    sort: NameSort
    ref: str


class ItemLine(msgspec.Struct, frozen=True):
    """A line of items.tsv."""

    item_class: str = msgspec.field(name="class")
    forms: Forms


class Trigger(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word that says that something passes, is visited …, in all its forms."""

    id: str
    kind: Kind
    subject: Role | None = None
    object: Role | None = None
    status: Status = "delivered"
    mode: Mode | None = None
    tone: Tone | None = None
    weak: bool = False
    base: Forms = ()
    present: Forms = ()
    progressive: Forms = ()
    past: Forms = ()
    participle: Forms = ()
    active: Forms = ()
    passive: Forms = ()
    noun: Forms = ()

    @property
    def forms(self) -> tuple[tuple[str, Shape], ...]:
        """Every form with its shape."""
        return tuple((form, shape) for shape in SHAPES for form in getattr(self, shape))


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """numbers.toml."""

    cardinals: dict[str, int] = {}
    multipliers: dict[str, int | float] = {}
    vague: dict[Literal["some"], Forms] = {}
    qualifiers: dict[Qualifier, Forms] = {}
    articles: Forms = ()
    counters: Forms = ()
    measures: Forms = ()
    calibres: Forms = ()
    rounding: Forms = ()
    units: dict[str, Forms] = {}
    currencies: dict[str, Forms] = {}


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """dates.toml."""

    months: dict[str, Month] = {}
    weekdays: dict[str, Weekday] = {}
    units: dict[Literal["day", "week", "month", "quarter", "year"], Forms] = {}
    words: dict[str, int] = {}
    shifts: dict[str, int] = {}
    past: Forms = ()
    next: Forms = ()
    this: Forms = ()
    ago: Forms = ()
    earlier: Forms = ()
    later: Forms = ()
    decade: tuple[str, ...] = ()
    early: Forms = ()
    mid: Forms = ()
    late: Forms = ()
    until: Forms = ()
    from_: Forms = msgspec.field(default=(), name="from")
    seasons: dict[str, tuple[Month, Month]] = {}
    ignore: Forms = ()


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun for people who act for a state or its bodies."""

    forms: Forms
    english: str
    sort: TitleSort


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun for a body that is a party of the country beside it."""

    forms: Forms
    english: str
    sort: BodySort


class Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """speech.toml: who says so."""

    verbs: Forms = ()
    prepositions: Forms = ()
    unnamed: Forms = ()
    reports: Forms = ()
    media: Forms = ()
    quoting: Forms = ()


class Furniture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """furniture.toml: lines of a page that are not the article."""

    starts: Forms = ()
    is_: Forms = msgspec.field(default=(), name="is")
    contains: Forms = ()


class Language(Pack, frozen=True, kw_only=True):
    """All that materiel knows of one language: its pack, and what the other files and CLDR say."""

    names: tuple[Name, ...]
    items: dict[str, Forms]
    triggers: tuple[Trigger, ...]
    cues: dict[str, Forms]
    numbers: Numbers
    dates: Dates
    titles: tuple[Title, ...]
    bodies: tuple[Body, ...]
    speech: Speech
    furniture: Furniture
    country_names: dict[str, str]

    def spelt(self, forms: Iterable[str]) -> Iterator[str]:
        """Every spelling of forms, those written `stem~class` with all their endings."""
        for form in forms:
            yield from (spelling.form for spelling in spellings(form, self.inflections))
