"""Days: what a written date leaves open, and how periods lie to it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.screening.days import Days, covered, days_of, in_words, overlaps

DAYS = st.integers(0, 30).map(lambda n: date(2020, 2, 1) + timedelta(n))
PERIODS = st.lists(st.tuples(DAYS, st.none() | DAYS).filter(lambda p: p[1] is None or p[0] < p[1]), max_size=4)


def test_dates_as_written() -> None:
    assert days_of("2020") == Days(date(2020, 1, 1), date(2020, 12, 31))
    assert days_of("2020-02") == Days(date(2020, 2, 1), date(2020, 2, 29))
    assert days_of("2020-02-03") == days_of("2020-02-03T10:00:00Z") == Days(date(2020, 2, 3), date(2020, 2, 3))
    assert days_of("2020-02-03/2020-03") == Days(date(2020, 2, 3), date(2020, 3, 31))


@pytest.mark.parametrize("written", [None, "", "soon", "2020-13", "2020-02-30", "2021/2020", "2020/", "2020/2021/2022"])
def test_what_is_no_date(written: str | None) -> None:
    assert days_of(written) is None


def test_days_in_words() -> None:
    assert in_words(Days(date(2020, 2, 3), date(2020, 2, 3))) == "3 February 2020"
    assert in_words(Days(date(2020, 2, 3), date(2020, 3, 4))) == "from 3 February 2020 to 4 March 2020"


@given(DAYS, DAYS, PERIODS)
def test_periods_are_as_day_by_day(one: date, other: date, periods: list[tuple[date, date | None]]) -> None:
    days = Days(min(one, other), max(one, other))
    each = [days.first + timedelta(n) for n in range((days.last - days.first).days + 1)]

    def holds(day: date, since: date, until: date | None) -> bool:
        return since <= day and (until is None or day < until)

    assert covered(days, periods) == all(any(holds(day, *p) for p in periods) for day in each)
    for period in periods:
        assert overlaps(days, *period) == any(holds(day, *period) for day in each)


def test_the_last_day_there_is_can_be_covered() -> None:
    last = Days(date.max, date.max)
    assert covered(last, [(date(2020, 1, 1), None)])
    assert not covered(last, [(date(2020, 1, 1), date.max)])


def test_news_without_a_date_is_of_now() -> None:
    assert overlaps(None, date(2020, 1, 1), None)
    assert not overlaps(None, date(2020, 1, 1), date(2021, 1, 1))
    assert not covered(None, [(date(2020, 1, 1), None)])
