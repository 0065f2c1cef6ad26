"""Dates: as exact as they are told, `2023`, `2023-09`, `2023-09-17`, or a span `start/end`."""

import re
from datetime import date

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def is_told_date(text: str) -> bool:
    """Whether a text is a date of the calendar in the form of corpus/GUIDE.md, a span from the earlier to the later."""
    parts = text.split("/")
    if len(parts) > 2 or not all(_DATE.fullmatch(part) and _is_day(part) for part in parts):
        return False
    common = min(map(len, parts))
    return parts[0][:common] <= parts[-1][:common]


def _is_day(part: str) -> bool:
    try:
        date.fromisoformat(f"{part}-01-01"[:10])
    except ValueError:
        return False
    return True
