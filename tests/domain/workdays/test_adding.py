"""What an officer may add to the calendar, and what is refused with a sentence."""

from datetime import date, timedelta
from typing import Any

import pytest

from luodi.config.sentences import say
from luodi.domain.vocabulary import Refusal, Source, Text
from luodi.domain.workdays import Added, in_force, official
from luodi.domain.workdays.adding import single_day, year_notice
from luodi.domain.workdays.notices import Holiday

CALENDAR = official(projected=True)
NEXT = CALENDAR.published.year + 1
PAPER = Source("国务院办公厅关于放假安排的通知", "国办发明电〔示例〕1号")
SPRING = Text("春节", "Spring Festival")


def weekend(year: int) -> date:
    """A Saturday of February."""
    first = date(year, 2, 1)
    return first + timedelta(days=(5 - first.weekday()) % 7)


def notice(**more: Any) -> Added:
    first = weekend(NEXT) + timedelta(days=2)
    said: dict[str, Any] = {
        "year": NEXT, "source": PAPER, "holidays": [Holiday(SPRING, first, first + timedelta(days=4))],
        "workdays": [weekend(NEXT)],
    } | more  # fmt: skip
    return year_notice(CALENDAR, said["year"], said["source"], said["holidays"], said["workdays"])


def test_the_next_notice_makes_a_year_certain() -> None:
    first = weekend(NEXT) + timedelta(days=2)
    after = in_force((notice(),))
    assert CALENDAR.projected(first)
    assert not after.projected(first)
    assert CALENDAR.is_workday(first)
    assert not after.is_workday(first)
    assert after.is_workday(weekend(NEXT)), "a make-up day"
    assert not CALENDAR.is_workday(weekend(NEXT))


def refused(act: Any) -> str:
    """The code of the refusal, said in both languages."""
    with pytest.raises(Refusal) as found:
        act()
    assert say(found.value, "zh") != say(found.value, "en")
    return found.value.code


DAY = date(NEXT, 2, 10)
WRONG: dict[str, dict[str, Any]] = {
    "calendar_year_skipped": {"year": NEXT + 1},
    "calendar_year_too_early": {"year": CALENDAR.first.year - 1},
    "calendar_no_holidays": {"holidays": []},
    "dates_turned_round": {"holidays": [Holiday(SPRING, DAY, DAY - timedelta(days=1))]},
    "holiday_too_long": {"holidays": [Holiday(SPRING, DAY, DAY + timedelta(days=30))]},
    "makeup_on_weekday": {"workdays": [weekend(NEXT) + timedelta(days=2)]},
    "day_outside_year": {"holidays": [Holiday(SPRING, date(NEXT + 1, 1, 1), date(NEXT + 1, 1, 1))]},
    "day_edited_twice": {"workdays": [weekend(NEXT), weekend(NEXT)]},
}


@pytest.mark.parametrize("code", WRONG)
def test_what_no_notice_says_is_refused(code: str) -> None:
    assert refused(lambda: notice(**WRONG[code])) == code


def test_a_single_day_must_change_something() -> None:
    day = date(2026, 11, 4)
    off = in_force((single_day(CALENDAR, day, Text("临时放假", "day off"), PAPER),))
    assert (CALENDAR.is_workday(day), off.is_workday(day)) == (True, False)
    assert refused(lambda: single_day(off, day, Text("放假", "off"), PAPER)) == "day_stands_so_already"
    assert refused(lambda: single_day(CALENDAR, day, None, PAPER)) == "day_stands_so_already"


def test_what_was_added_last_counts() -> None:
    day = date(2026, 11, 4)
    off = single_day(CALENDAR, day, Text("临时放假", "day off"), PAPER)
    back = single_day(in_force((off,)), day, None, PAPER)
    assert in_force((off, back)).is_workday(day), "a wrong day is set right by another edit"
    later = in_force((single_day(CALENDAR, date(NEXT, 3, 3), Text("放假", "off"), PAPER), notice()))
    assert not later.is_workday(date(NEXT, 3, 3)), "a day of its own outlives the notice of its year"
