"""What the calendar promises for any date: inverses, order, agreement of deadline and elapsed time, honest refusals."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from luodi.domain.vocabulary import DayUnit, Refusal
from luodi.domain.workdays import official

DAY = some.dates(date(2019, 3, 1), date(2025, 12, 31))
FEW = some.integers(1, 200)
ALL = official()
UNIT = some.sampled_from(list(DayUnit))


@given(DAY, FEW)
def test_count_undoes_add(day: date, days: int) -> None:
    assert ALL.count(day, ALL.add(day, days)) == days
    assert ALL.is_workday(ALL.add(day, days))


@given(DAY, some.integers(1, 30))
def test_adding_backwards_undoes_adding_forwards(day: date, days: int) -> None:
    start = ALL.next_workday(day)
    assert ALL.add(ALL.add(start, days), -days) == start


@given(DAY, FEW)
def test_more_days_end_later_and_a_later_start_does_not_end_earlier(day: date, days: int) -> None:
    assert ALL.add(day, days) < ALL.add(day, days + 1)
    assert ALL.add(day, days) <= ALL.add(day + timedelta(days=1), days)


@given(DAY, DAY, DAY)
def test_counting_is_additive(one: date, two: date, three: date) -> None:
    assert ALL.count(one, two) + ALL.count(two, three) == ALL.count(one, three)


@given(DAY)
def test_next_and_last_working_day(day: date) -> None:
    after, before = ALL.next_workday(day), ALL.last_workday(day)
    assert before <= day <= after
    assert ALL.is_workday(after)
    assert ALL.is_workday(before)
    assert ALL.is_workday(day) == (after == before == day)
    assert ALL.dates[ALL.index(day)] == np.datetime64(after)


@given(DAY, FEW)
def test_elapsed_reaches_the_period_exactly_on_the_day_it_is_due(day: date, days: int) -> None:
    due = ALL.due(day, days, DayUnit.WORKING)
    assert ALL.elapsed(day, due, DayUnit.WORKING) == days
    assert ALL.elapsed(day, due - timedelta(days=1), DayUnit.WORKING) < days


@given(DAY, some.integers(1, 10), UNIT)
def test_due_and_elapsed_never_disagree(day: date, period: int, unit: DayUnit) -> None:
    due = ALL.due(day, period, unit)
    first = next(d for d in (day + timedelta(days=n) for n in range(400)) if ALL.elapsed(day, d, unit) >= period)
    assert due == ALL.next_workday(first)
    assert ALL.is_workday(due)


@given(DAY, UNIT)
def test_nothing_has_elapsed_on_the_day_of_acceptance(day: date, unit: DayUnit) -> None:
    assert ALL.elapsed(day, day, unit) == 0
    assert ALL.due(day, 0, unit) == ALL.next_workday(day)


@given(some.lists(some.tuples(DAY, some.integers(-30, 200)), min_size=1, max_size=30))
def test_vectors_say_the_same_as_single_days(pairs: list[tuple[date, int]]) -> None:
    days = np.array([day for day, _ in pairs], dtype="datetime64[D]")
    counts = np.array([count for _, count in pairs], dtype=np.int32)
    added = ALL.add_many(days, counts)
    assert added.tolist() == [ALL.add(day, count) for day, count in pairs]
    assert ALL.count_many(days, added).tolist() == [
        ALL.count(day, end) for (day, _), end in zip(pairs, added.tolist(), strict=True)
    ]
    assert ALL.add_many(days, 5).tolist() == [ALL.add(day, 5) for day, _ in pairs]


BEYOND = {
    "is_workday": lambda calendar, day: calendar.is_workday(day),
    "add": lambda calendar, day: calendar.add(day, 1),
    "add none": lambda calendar, day: calendar.add(day, 0),
    "add back": lambda calendar, day: calendar.add(day, -1),
    "count": lambda calendar, day: calendar.count(day, day),
    "due": lambda calendar, day: calendar.due(day, 5, DayUnit.MONTHS),
    "elapsed": lambda calendar, day: calendar.elapsed(day, day, DayUnit.WORKING),
    "index": lambda calendar, day: calendar.index(day),
    "add_many": lambda calendar, day: calendar.add_many(np.array([day], dtype="datetime64[D]"), 1),
    "count_many": lambda calendar, day: calendar.count_many(*[np.array([day], dtype="datetime64[D]")] * 2),
}


@pytest.mark.parametrize("question", BEYOND)
@pytest.mark.parametrize(("day", "code"), [(date(2027, 1, 4), "no_holiday_notice"), (date(9999, 12, 31), "no_holiday_notice"),
                                           (date(2018, 12, 31), "before_first_holiday_notice")])  # fmt: skip
def test_beyond_the_notices_every_question_is_refused(question: str, day: date, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        BEYOND[question](ALL, day)
    assert refused.value.code == code
    if code == "no_holiday_notice":
        assert refused.value.facts["year"] == 2027


@pytest.mark.parametrize("unit", DayUnit)
def test_a_deadline_that_runs_beyond_the_notices_names_the_missing_year(unit: DayUnit) -> None:
    for period in (40, 10**6):
        with pytest.raises(Refusal, match="no_holiday_notice"):
            ALL.due(date(2026, 12, 30), period, unit)
    with pytest.raises(Refusal, match="no_holiday_notice"):
        ALL.add(date(2026, 12, 31), 1)
    with pytest.raises(Refusal, match="before_first_holiday_notice"):
        ALL.add(date(2019, 1, 2), -1)
    with pytest.raises(Refusal, match="negative_period"):
        ALL.due(date(2023, 3, 10), -1, unit)


def test_projected_years_are_opted_into_and_marked() -> None:
    projected = official(projected=True)
    assert projected.last == date(2041, 12, 31)
    assert projected.projected(date(2027, 1, 1))
    assert not projected.projected(date(2026, 12, 31))
    assert projected.is_workday(date(2027, 1, 1))  # a Friday: nothing else is known of it
    assert projected.add(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert projected.dates[: len(ALL.dates)].tolist() == ALL.dates.tolist()
    with pytest.raises(Refusal, match="beyond_projection"):
        projected.add(date(2041, 12, 31), 1)


def test_the_calendar_is_shared_and_cannot_be_changed() -> None:
    assert official() is ALL
    with pytest.raises(ValueError, match="read-only"):
        ALL.dates[0] = np.datetime64("2000-01-01")
    with pytest.raises(AttributeError):
        ALL.last = date(2030, 1, 1)  # type: ignore[misc]
    assert [str(source) for source in ALL.notices[2019]] == [
        "国务院办公厅关于2019年部分节假日安排的通知 国办发明电〔2018〕15号",
        "国务院办公厅关于调整2019年劳动节假期安排的通知 国办发明电〔2019〕3号",
    ]
