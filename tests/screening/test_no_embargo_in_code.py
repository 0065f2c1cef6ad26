"""No code of screening names a country: what is barred to whom is data."""

import ast
from pathlib import Path

import pytest

import materiel.screening.load
from materiel.world.countries import country_codes, english_names

SOURCE = Path(materiel.screening.load.__file__).parent
NAMES = country_codes() | set(english_names().values())


def named(text: str) -> list[str]:
    """The countries that the strings of a module name, docstrings aside."""
    strings = [n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [s for s in strings if s in NAMES]


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*.py")), ids=lambda p: p.name)
def test_no_module_names_a_country(path: Path) -> None:
    assert named(path.read_text(encoding="utf-8")) == []


def test_the_scan_finds_what_it_looks_for() -> None:
    assert named('if target == "KP" or name in ("Iran", "to"): pass') == ["KP", "Iran"]
