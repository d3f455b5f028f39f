"""When a limit may be extended, what a calendar edit refuses, and the hours of an office."""

from datetime import date, datetime
from typing import Any

import pytest

from luodi.config.sentences import say
from luodi.domain.clock.extending import check_extension
from luodi.domain.clock.ledger import Pause, Terms
from luodi.domain.clock.office import SHANGHAI, minutes_left_today
from luodi.domain.clock.reproject import Edit, Open, changed_days, edited, reproject
from luodi.domain.clock.rules import office_hours
from luodi.domain.vocabulary import DayUnit, Refusal, Source, Text
from luodi.domain.workdays import official

CALENDAR = official(projected=True)
DUE = date(2025, 7, 7)


def extend(kind="unit_head", **given):
    facts: dict[str, Any] = {"days": 10, "earlier": 0, "due": DUE, "today": DUE, **given}
    return check_extension(kind, **facts)


def test_ten_days_on_the_last_day():
    assert extend().basis == "行政许可法 第42条第一款"
    assert extend("joint", days=15).approver.zh == "本级人民政府负责人"
    assert extend("own_law", days=40, unit=DayUnit.CALENDAR).days is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"days": 11}, "extension_too_long"),
        ({"days": 0}, "extension_without_days"),
        ({"earlier": 1}, "extension_twice"),
        ({"today": date(2025, 7, 8)}, "extension_too_late"),
        ({"due": None}, "nothing_to_extend"),
        ({"unit": DayUnit.CALENDAR}, "extension_other_unit"),
        ({"kind": "unit_heed"}, "no_extension_kind"),
    ],
)
def test_an_extension_is_refused(given, code):
    with pytest.raises(Refusal) as refused:
        extend(**given)
    assert refused.value.code == code
    assert say(refused.value, "zh") != say(refused.value, "en")


def test_an_edited_calendar_counts_like_any_other():
    notice = Source("测试通知")
    after = edited(
        CALENDAR, [Edit(date(2025, 6, 13), False, Text("测试", "test")), Edit(date(2025, 6, 14), True)], notice
    )
    assert not after.is_workday(date(2025, 6, 13))
    assert after.is_workday(date(2025, 6, 14))
    assert after.holidays[date(2025, 6, 13)].zh == "测试"
    assert notice in after.notices[2025]
    assert after.count(date(2025, 1, 2), date(2025, 12, 31)) == CALENDAR.count(date(2025, 1, 2), date(2025, 12, 31))
    assert [(one.day.day, one.works) for one in changed_days(CALENDAR, after)] == [(13, False), (14, True)]
    assert edited(after, [Edit(date(2025, 6, 13), True), Edit(date(2025, 6, 14), False)]).days == CALENDAR.days
    assert CALENDAR.is_workday(date(2025, 6, 13))


def test_an_edit_is_refused():
    with pytest.raises(Refusal) as refused:
        edited(CALENDAR, [Edit(DUE, False), Edit(DUE, True)])
    assert refused.value.code == "day_edited_twice"
    with pytest.raises(Refusal):
        edited(CALENDAR, [Edit(date(2200, 1, 1), False)])


def test_a_stopped_clock_can_be_moved_too():
    """Its due day is not shown, but the days left are, and they change."""
    accepted = datetime(2025, 6, 9, 10, tzinfo=SHANGHAI)
    case = Open(7, accepted, Terms(10, DayUnit.WORKING), [Pause("hearing", datetime(2025, 6, 13, 9, tzinfo=SHANGHAI))])
    after = edited(CALENDAR, [Edit(date(2025, 6, 11), False)])
    now = datetime(2025, 6, 20, 9, tzinfo=SHANGHAI)
    (moved,) = reproject([case], before=CALENDAR, after=after, now=now)
    assert (moved.key, moved.was.left, moved.now.left) == (7, 6, 7)
    assert [day.day for day in moved.because] == [date(2025, 6, 11)]
    assert reproject([case], before=CALENDAR, after=CALENDAR, now=now) == ()


@pytest.mark.parametrize(
    ("clock", "minutes"), [("08:00", 480), ("09:00", 480), ("11:30", 330), ("12:30", 300), ("17:59", 1), ("18:00", 0)]
)
def test_what_is_left_of_a_day(clock, minutes):
    now = datetime.fromisoformat(f"2025-06-10T{clock}:00+08:00")
    assert minutes_left_today(office_hours(), now, CALENDAR) == minutes
    assert minutes_left_today(office_hours(), now.replace(day=14), CALENDAR) == 0
