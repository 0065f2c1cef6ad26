"""Insight: what a trained encoder makes of a scene, as features beside those that words alone give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from materiel.reading.frames import Frame
    from materiel.reading.mention import PartyMention


class Insight(Protocol):
    """The features that an encoder adds to each choice; a scene read quickly has none."""

    def frame(self, frame: Frame) -> list[str]:
        """Whether a frame reports anything, and in what state, stance, mode or tone."""

    def unaided(self, frame: Frame) -> float:
        """The chance that a frame reports something by what words alone tell."""

    def party(self, frame: Frame, party: PartyMention) -> list[str]:
        """Which roles of a frame a party fills."""

    def nobody(self, frame: Frame) -> list[str]:
        """Which roles of a frame nobody fills."""

    def together(self, a: Frame, b: Frame) -> list[str]:
        """Whether two frames tell of one happening."""

    def detail(self, frames: Sequence[Frame], cell: str, spans: Sequence[tuple[int, int]]) -> list[str]:
        """Whether a mention, or any of the mentions of one, at pieces `first, last` of `spans`, fills a plain cell
        (source, place, date, value) of a claim of these frames."""
