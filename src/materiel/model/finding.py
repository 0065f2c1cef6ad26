"""A finding: an embargo that an event falls under on its date, in words that an officer could quote."""

from typing import Literal

import msgspec

from materiel.model.event import Event

Verdict = Literal["matches", "possible", "exempt"]
Force = Literal["mandatory", "EU-binding", "political", "voluntary"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One embargo met by one event.

    `verdict`: `matches` where every condition holds on the cells as told; `possible` where one cannot be told (the
    date, the item's class, who in the state gets it); `exempt` where an exemption covers it as told. `words` is the
    whole finding as sentences; `why` the conditions met, each in words; `exemptions` those that could apply;
    `uncertain` what is not certain, the state of the embargo after `known_until` among it.
    """

    embargo: str
    title: str
    issuer: str
    target: str
    force: Force
    verdict: Verdict
    instrument: str
    paragraph: str
    why: tuple[str, ...]
    exemptions: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    contested_by: tuple[str, ...] = ()
    words: str


class Screened(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the findings of its screening; none where it meets no embargo or was not screened."""

    event: Event
    findings: tuple[Finding, ...] = ()
