"""No code names a language: adding a language is adding data."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers

import materiel.languages.load
from materiel.languages.load import available

SOURCE = Path(materiel.languages.load.__file__).parents[1]
CODES = frozenset(available())
LOCALES = frozenset(locale_identifiers())
FIELD_CALLS = ("get", "pop", "getattr", "setdefault", "field", "add_column", "Column", "_key", "_of", "first", "cell")


def constants(nodes: list[ast.expr | None]) -> list[object]:
    return [n.value if isinstance(n, ast.Constant) else None for n in nodes]


def all_locales(values: list[object]) -> bool:
    """Whether a collection has a pack's code and nothing but codes of languages."""
    return any(v in CODES for v in values) and all(v in LOCALES for v in values)


def named(tree: ast.AST) -> Iterator[int]:
    """The lines on which a language's code is compared, listed among codes, or handed to a function.

    The name of a field may look like a code (`id`): as a key or a column beside other names it is none.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            hit = any(v in CODES for v in constants([node.left, *node.comparators]))
        elif isinstance(node, ast.Dict):
            hit = all_locales(constants(list(node.keys)))
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            hit = all_locales(constants(list(node.elts)))
        elif isinstance(node, ast.MatchValue):
            hit = isinstance(node.value, ast.Constant) and node.value.value in CODES
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            hit = name not in FIELD_CALLS and any(v in CODES for v in constants(list(node.args)))
        else:
            continue
        if hit:
            yield getattr(node, "lineno", getattr(getattr(node, "value", None), "lineno", 0))


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_module_names_a_language(path: Path) -> None:
    assert list(named(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_no_code_lies_in_a_languages_folder() -> None:
    assert [p for code in CODES for p in (SOURCE / "languages" / code).rglob("*.py")] == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_scan_finds_what_it_looks_for(code: str) -> None:
    wrong = f"""
if language == "{code}": pass
names = {{"{code}": 1}}
if language in ("{code}",): pass
load_language("{code}")
match language:
    case "{code}": pass
"""
    assert sorted(set(named(ast.parse(wrong)))) == [2, 3, 4, 5, 7]
    assert list(named(ast.parse(f'x = row["{code}"]; y = ("{code}", "title"); z = row.get("{code}")'))) == []
