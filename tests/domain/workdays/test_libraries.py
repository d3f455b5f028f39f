"""Every day of 2019 to 2026 against two independent libraries, and the cases where other libraries go wrong."""

from datetime import date, timedelta
from timeit import timeit

import chinese_calendar
import holidays
import numpy as np
import pytest

from luodi.domain.workdays import official

FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
SPAN = DAYS[1360:1760]  # September 2022 to October 2023: every kind of holiday


def test_every_day_against_chinesecalendar() -> None:
    assert [day for day in DAYS if official().is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_against_holidays() -> None:
    other = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
    assert [day for day in DAYS if official().is_workday(day) != other.is_working_day(day)] == []


def test_the_names_of_holidays_fall_on_days_off_and_cover_all_days_off_in_the_week() -> None:
    calendar = official()
    assert not [day for day in calendar.holidays if calendar.is_workday(day)]
    assert not [
        day for day in DAYS if day.weekday() < 5 and not calendar.is_workday(day) and day not in calendar.holidays
    ]


@pytest.mark.slow
def test_find_workday_agrees_from_working_days_and_is_one_day_late_from_days_off() -> None:
    calendar = official()
    wrong = []
    for day in SPAN:
        ours = calendar.add(day, 3)
        by_hand = [
            later for later in (day + timedelta(days=n) for n in range(1, 30)) if chinese_calendar.is_workday(later)
        ]
        assert ours == by_hand[2]
        if chinese_calendar.find_workday(3, day) != ours:
            wrong.append(day)
    assert wrong == [day for day in SPAN if not calendar.is_workday(day)]
    assert chinese_calendar.find_workday(1, date(2023, 3, 11)) == date(2023, 3, 14)  # from a Saturday: not Monday
    assert calendar.add(date(2023, 3, 11), 1) == date(2023, 3, 13)


def test_numpy_does_not_know_days_on_which_a_weekend_is_worked() -> None:
    calendar = official()
    off = np.array([day for day in calendar.holidays if day.weekday() < 5], dtype="datetime64[D]")
    ours = calendar.add_many(calendar.dates[:-20], 10)
    theirs = np.busday_offset(calendar.dates[:-20], 10, roll="forward", holidays=off)
    assert (ours != theirs).mean() > 0.2
    made_up = [day for day in DAYS if calendar.is_workday(day) and day.weekday() > 4]
    assert len(made_up) == 52
    assert not np.is_busday(np.array(made_up, dtype="datetime64[D]"), holidays=off).any()


@pytest.mark.slow
def test_adding_is_a_thousand_times_faster_than_find_workday() -> None:
    calendar, day = official(), date(2023, 3, 10)
    ours = min(timeit(lambda: calendar.add(day, 100), number=2000) / 2000 for _ in range(3))
    theirs = min(timeit(lambda: chinese_calendar.find_workday(100, day), number=3) / 3 for _ in range(2))
    assert theirs > 1000 * ours
