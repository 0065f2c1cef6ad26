"""Registers: what a row tells and the news does not is neither right nor wrong, and is told."""

import msgspec
import pytest
from made_reports import stories, told

from materiel.ledger.likeness import shipped_likeness
from materiel.ledger.registers import candidates, compared


@pytest.mark.parametrize(
    ("news", "row", "silent"),
    [
        ("armour.tank", "10 armour.tank; worth USD 7000", ("quantity of armour.tank", "value")),
        ("10 armour.tank; worth USD 9000", "10 armour.tank; worth USD 7000", ()),
        ("4 armour", "10 armour.tank", ()),
        ("armour.tank", "armour.tank", ()),
        ("armour.tank; 4 uav", "10 armour.tank", ("quantity of armour.tank",)),
    ],
)
def test_what_the_news_does_not_tell(news: str, row: str, silent: tuple[str, ...]) -> None:
    event = told(f"2031-03-02 en\na delivered: NO > UA; {news}")
    (coded,) = stories(f"2031-03-02 en\na delivered: NO > UA; {row}")
    of_event = tuple(msgspec.structs.replace(claim, event=event.id) for claim in coded.claims)
    found = compared(msgspec.structs.replace(coded, claims=of_event), candidates([event]), shipped_likeness())
    assert found.event == event.id
    assert found.silent == silent
