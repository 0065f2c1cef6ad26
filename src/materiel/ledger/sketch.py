"""Sketch: what a claim says, as numbers by which a million claims can be compared."""

import hashlib
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from materiel.ledger.parties import named
from materiel.ledger.topics import topics_of
from materiel.model.claim import ROLES, Claim, Item, Kind, Mode, Party, Qualifier, Stance, Status, Tone, Value
from materiel.world.load import load_world

Ints = NDArray[np.int32]
Sketches = NDArray[np.void]

KINDS = get_args(Kind)
STATUSES = get_args(Status)
STANCES = get_args(Stance)
MODES = ("", *get_args(Mode))
TONES = ("", *get_args(Tone))
QUALIFIERS = ("", *get_args(Qualifier))
PARTIES, ITEMS, TOKENS, PLACES, TOPICS = 4, 4, 3, 3, 6  # so many of each are compared; more are rare and change nothing
NAN = float("nan")
NO_TOKENS = (0,) * TOKENS
VAGUE = frozenset(("weapon", "equipment", "other"))
LONG_WORD = 4  # letters from which a word of a designation tells the type by itself (`Abrams`, `Leopard`)
TYPE = re.compile(r"[^\W\d_]+[- ]?\d+")
WORD = re.compile(r"[^\W_]+")

# One claim. Names, countries, classes and tokens are 31-bit hashes, 0 where there is none; days are proleptic
# ordinals, 0 where unknown; a quantity is NaN where unknown.
SKETCH = np.dtype(
    [
        ("claim", np.int64),  # a hash of the claim: orders claims the same way everywhere
        ("article", np.int32),
        ("kind", np.int8),
        ("status", np.int8),
        ("stance", np.int8),
        ("mode", np.int8),
        ("tone", np.int8),
        ("giver", np.int32, PARTIES),  # countries of supplier, visitor, viewer, who, participants, parties
        ("giver_name", np.int32, PARTIES),
        ("giver_rank", np.int8, PARTIES),
        ("taker", np.int32, PARTIES),  # countries of recipient and host
        ("taker_name", np.int32, PARTIES),
        ("taker_rank", np.int8, PARTIES),
        ("item", np.int32, ITEMS),
        ("family", np.int32, ITEMS),
        ("vague", np.bool_, ITEMS),
        ("token", np.int32, (ITEMS, TOKENS)),
        ("quantity", np.float32, ITEMS),
        ("qualifier", np.int8, ITEMS),
        ("first", np.int32),
        ("last", np.int32),
        ("span", np.bool_),  # whether it is told as lasting from one day to another
        ("published", np.int32),
        ("place", np.int32, PLACES),
        ("value", np.float64),
        ("currency", np.int32),
        ("topic", np.int32, TOPICS),  # of what a reaction is about, or an agreement
    ]
)


def _plain_hash(text: str) -> int:
    """A 31-bit hash of a text, the same on every machine; never 0."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") >> 1 or 1


_hash = cache(_plain_hash)  # of names, classes and words, which come again and again


def claim_key(article: str, number: int) -> int:
    """A 63-bit number that stands for one claim of one article, the same on every machine."""
    return number_of(f"{article}\0{number}".encode())


def claim_id(key: int) -> str:
    """The 16 hex digits by which a claim is named."""
    return f"{key:016x}"


def number_of(content: bytes) -> int:
    """A 63-bit hash of bytes, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") >> 1


def sketch(article: str, number: int, published: str, claim: Claim) -> Sketches:
    """The sketch (shape (1,), dtype SKETCH) of the `number`-th claim of an article published on an ISO date."""
    return sketch_all([(article, number, published, claim)])


def sketch_all(rows: Iterable[tuple[str, int, str, Claim]]) -> Sketches:
    """The sketches of (article, number, published, claim), one a row, in the order given."""
    return np.fromiter((_row(*row) for row in rows), SKETCH)


def _row(article: str, number: int, published: str, claim: Claim) -> tuple[Any, ...]:
    """The fields of SKETCH, in order."""
    kind = claim.kind
    roles = ROLES[kind]
    value: Value | None = getattr(claim, "value", None)
    items = _items(claim)[:ITEMS]
    first, last = days_of(claim.date)
    return (
        claim_key(article, number),
        _plain_hash(article),
        KINDS.index(kind),
        STATUSES.index(claim.status),
        STANCES.index(claim.stance),
        MODES.index(_cell(claim, "mode")),
        TONES.index(_cell(claim, "tone")),
        *_parties(getattr(claim, roles[0])),
        *_parties(getattr(claim, roles[1]) if len(roles) > 1 else ()),
        _padded([_hash(i.item_class) for i in items], ITEMS),
        _padded([_hash(i.item_class.partition(".")[0]) for i in items], ITEMS),
        _padded([i.item_class in VAGUE for i in items], ITEMS),
        _padded(
            [_padded([_hash(t) for t in tokens_of(i.designation)[:TOKENS]], TOKENS) for i in items], ITEMS, NO_TOKENS
        ),
        _padded([NAN if i.quantity is None else i.quantity for i in items], ITEMS, NAN),
        _padded([QUALIFIERS.index(i.qualifier or "") for i in items], ITEMS),
        first,
        last,
        "/" in (claim.date or ""),
        days_of(published)[0],
        _padded([_hash(p.name.casefold()) for p in claim.places[:PLACES]], PLACES),
        value.amount if value else 0.0,
        _hash(value.currency) if value else 0,
        _padded([_hash(t) for t in topics_of(_cell(claim, "about") or _cell(claim, "subject"))[:TOPICS]], TOPICS),
    )


def _padded(values: list[Any], size: int, absent: Any = 0) -> tuple[Any, ...]:
    return (*values, *(absent,) * (size - len(values)))


def _parties(parties: Sequence[Party]) -> tuple[tuple[Any, ...], ...]:
    """States, names and ranks of the parties on one side."""
    told = [(party, named(party.name, party.country)) for party in parties[:PARTIES]]
    return (
        _padded([_hash(party.country or one.name) for party, one in told], PARTIES),
        _padded([_hash(one.name) if one.name else 0 for _, one in told], PARTIES),
        _padded([one.rank for _, one in told], PARTIES),
    )


def _cell(claim: Claim, name: str) -> str:
    return getattr(claim, name, None) or ""


def _items(claim: Claim) -> Sequence[Item]:
    """The items of a claim, those with a type's name or an exact class first."""
    items: Sequence[Item] = getattr(claim, "items", ())
    return sorted(items, key=lambda i: (i.designation is None, i.item_class in VAGUE))


@cache
def tokens_of(designation: str | None) -> tuple[str, ...]:
    """What tells a type, whatever its variant: `F-16C/D` gives f16, `M1A1 Abrams` m1 and abrams."""
    if not designation:
        return ()
    name = _known_types().get(_plain(designation), designation).casefold()
    found = [_plain(t) for t in TYPE.findall(name)]
    found += [w for w in WORD.findall(TYPE.sub(" ", name)) if len(w) >= LONG_WORD and not any(c.isdigit() for c in w)]
    return tuple(dict.fromkeys(found)) or (_plain(name),)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


@cache
def _known_types() -> dict[str, str]:
    """The first name of each type that has several (`Shaheds` is `Shahed-136`)."""
    return {_plain(form): d.name for d in load_world().designations for form in d.forms}


@cache
def days_of(told: str | None) -> tuple[int, int]:
    """First and last day (proleptic ordinals) of an ISO date, month, year or `start/end`; (0, 0) of none."""
    if not told:
        return 0, 0
    start, _, end = told.partition("/")
    first = _bounds(start)
    return first[0], _bounds(end)[1] if end else first[1]


def _bounds(told: str) -> tuple[int, int]:
    year, month, day = ([int(p) for p in told[:10].split("-")] + [0, 0])[:3]
    if day:
        return (date(year, month, day).toordinal(),) * 2
    if month:
        return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
