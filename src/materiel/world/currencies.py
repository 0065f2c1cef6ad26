"""Currencies: the codes of ISO 4217 (by Babel, from CLDR)."""

from functools import cache

from babel.numbers import list_currencies


def is_currency(code: str) -> bool:
    """Whether a value may be in this currency, one of today or of the past."""
    return code in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())
