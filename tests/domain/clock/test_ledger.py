"""What holds of the clock whatever happens: counted day by day against a slow and simple other way."""

import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.clock.ledger import Extension, Pause, Terms, read
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.clock.rules import light_rules, office_hours, pause_rules
from luodi.domain.vocabulary import DayUnit, Refusal
from luodi.domain.workdays import official

pytestmark = pytest.mark.slow  # properties over hundreds of examples
CALENDAR = official(projected=True)
FIRST = datetime(2025, 1, 2, 9, tzinfo=SHANGHAI)
STOPPING = sorted(key for key, rule in pause_rules().items() if rule.stops)
RUNNING = sorted(key for key, rule in pause_rules().items() if not rule.stops)
COUNTED = (DayUnit.WORKING, DayUnit.CALENDAR)

moments = st.integers(0, 200 * 24).map(lambda hours: FIRST + timedelta(hours=hours))


@st.composite
def some_pauses(draw, kinds=(*STOPPING, *RUNNING), ended=False):
    found = []
    for _ in range(draw(st.integers(0, 4))):
        since = draw(moments)
        until = since + timedelta(hours=draw(st.integers(0, 900)))
        found.append(
            Pause(draw(st.sampled_from(kinds)), since, draw(st.sampled_from([until] if ended else [until, None])))
        )
    return found


def counted(day: date, unit: DayUnit) -> bool:
    return unit is DayUnit.CALENDAR or CALENDAR.is_workday(day)


def used_by_hand(accepted, pauses, now, unit):
    """Walk the calendar: every counted day after the start that no pause took; also how many a pause did take."""
    start = CALENDAR.next_workday(day_of(accepted))
    used = paused = 0
    day = start + timedelta(days=1)
    while day <= day_of(now):
        taken = any(
            pause_rules()[one.kind].stops and one.since <= now and day_of(one.since) < day
            and (one.until is None or one.until > now or day <= day_of(one.until)) for one in pauses
        )  # fmt: skip
        if counted(day, unit):
            used, paused = used + (not taken), paused + taken
        day += timedelta(days=1)
    return used, paused


def reading(accepted, pauses, now, budget=10, unit=DayUnit.WORKING, **more):
    return read(accepted=accepted, terms=Terms(budget, unit), pauses=pauses, now=now, calendar=CALENDAR, **more)


@given(moments, some_pauses(), moments, st.sampled_from(COUNTED))
def test_days_used_are_the_days_no_pause_took(accepted, pauses, now, unit):
    if now >= accepted:
        found = reading(accepted, pauses, now, unit=unit)
        assert (found.used, found.paused) == used_by_hand(accepted, pauses, now, unit)


@given(moments, some_pauses(), moments)
def test_a_pause_twice_counts_once(accepted, pauses, now):
    assert reading(accepted, pauses, now) == reading(accepted, [*pauses, *pauses], now)


@given(moments, some_pauses(), moments)
def test_the_order_of_pauses_means_nothing(accepted, pauses, now):
    found, other = reading(accepted, pauses, now), reading(accepted, pauses[::-1], now)
    assert found == other


@given(moments, some_pauses(), moments, st.integers(0, 60))
def test_due_less_used_is_left(accepted, pauses, now, budget):
    found = reading(accepted, pauses, now, budget)
    if found.started:
        late = found.left < 0
        assert late or found.left == budget - found.used
        assert not late or (found.used > budget and found.left <= -1)


@given(moments, some_pauses(ended=True), moments, st.integers(1, 60), st.sampled_from(COUNTED))
def test_the_due_day_is_the_first_on_which_the_budget_is_used(accepted, pauses, now, budget, unit):
    found = reading(accepted, pauses, now, budget, unit)
    if found.due is None:
        return
    end = datetime.combine(found.due, datetime.max.time(), SHANGHAI)
    used, _ = used_by_hand(accepted, [one for one in pauses if one.since <= now], end, unit)
    before, _ = used_by_hand(accepted, [one for one in pauses if one.since <= now], end - timedelta(days=1), unit)
    assert used >= budget
    assert unit is DayUnit.CALENDAR or before < budget


@given(moments, some_pauses(), moments, moments, st.sampled_from([*COUNTED, DayUnit.MONTHS]))
def test_time_only_goes_forward(accepted, pauses, one, other, unit):
    earlier, later = (reading(accepted, pauses, now, 5, unit) for now in sorted((one, other)))
    assert earlier.used <= later.used
    if unit is not DayUnit.MONTHS:
        assert earlier.paused <= later.paused
    if earlier.left is not None and unit is DayUnit.WORKING:
        assert earlier.left >= later.left
        assert earlier.hours_left is None or earlier.hours_left >= later.hours_left
    if earlier.due and later.due:
        assert earlier.due <= later.due
    if earlier.light == "red":
        assert later.light == "red"


@given(moments, st.integers(0, 30), st.integers(0, 400), st.integers(5, 40))
def test_resuming_gives_the_days_back(accepted, after, hours, budget):
    since = accepted + timedelta(days=after)
    until = since + timedelta(hours=hours)
    without = reading(accepted, [], until, budget)
    paused = reading(accepted, [Pause("hearing", since, until)], until, budget)
    took = CALENDAR.count(max(day_of(since), without.started), max(day_of(until), without.started))
    if day_of(since) < without.due:
        assert paused.due == CALENDAR.add(without.due, took) if took else paused.due == without.due
    else:
        assert paused.due == without.due


@given(moments, some_pauses(kinds=tuple(RUNNING)), moments)
def test_a_pause_without_a_ground_changes_nothing(accepted, pauses, now):
    assert reading(accepted, pauses, now) == reading(accepted, [], now)


@given(moments, moments, st.integers(0, 60), st.sampled_from(list(DayUnit)))
def test_due_is_what_the_calendar_says(accepted, now, budget, unit):
    found = reading(accepted, [], max(now, accepted), budget, unit)
    assert found.due == CALENDAR.due(day_of(accepted), budget, unit)
    assert found.used == CALENDAR.elapsed(day_of(accepted), day_of(max(now, accepted)), unit)


@given(moments, some_pauses(), moments, moments)
def test_what_happens_later_is_not_known_yet(accepted, pauses, now, later):
    """The past can be asked for: events after the moment change nothing."""
    known = [one for one in pauses if one.since <= now]
    known = [one if one.until is None or one.until <= now else Pause(one.kind, one.since) for one in known]
    closed = later if later > now else None
    extension = [Extension(10, now + timedelta(seconds=1))]
    assert reading(accepted, pauses, now, closed=closed, extensions=extension) == reading(accepted, known, now)


@given(moments, some_pauses(), moments)
def test_a_closed_clock_stands_still(accepted, pauses, closed):
    if closed >= accepted:
        one, other = (reading(accepted, pauses, closed + timedelta(days=days), closed=closed) for days in (0, 50))
        assert one == other
        assert not one.running


def test_a_pause_past_its_maximum_no_longer_stops():
    rules = pause_rules("swc_report")
    since = datetime(2025, 6, 10, 9, tzinfo=SHANGHAI)
    last = CALENDAR.add(day_of(since), 30)
    for day, running in ((last, False), (CALENDAR.add(last, 1), True)):
        now = datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
        found = reading(since, [Pause("expert_review", since)], now, rules=rules)
        assert found.running is running
        assert bool(found.outlasted) is running
        assert found.paused == 30


def test_hours_are_office_hours():
    hours = office_hours()
    assert sum(end - start for start, end in hours.spans) == hours.per_day == 480
    assert light_rules().amber == 1


@given(moments, moments)
def test_a_day_left_is_eight_hours_not_twentyfour(accepted, now):
    found = reading(accepted, [], max(now, accepted))
    assert found.hours_left <= 8 * (found.left + 1)


def test_where_the_calendar_ends_it_refuses():
    with pytest.raises(Refusal):
        reading(FIRST, [], FIRST, 100_000)
    with pytest.raises(Refusal):
        reading(FIRST, [], FIRST, 100_000, DayUnit.CALENDAR)
    with pytest.raises(Refusal):
        reading(FIRST, [], FIRST, 10_000, DayUnit.MONTHS)
    with pytest.raises(Refusal):
        reading(datetime(1999, 1, 1, tzinfo=SHANGHAI), [], FIRST)


def test_fifty_readings_take_a_moment():
    pauses = [Pause("expert_review", FIRST + timedelta(days=3), FIRST + timedelta(days=9))]
    terms, now = Terms(20, DayUnit.WORKING, 10), FIRST + timedelta(days=20)
    fastest = 1.0
    for _ in range(20):
        began = time.perf_counter()
        for _ in range(50):
            read(accepted=FIRST, terms=terms, pauses=pauses, now=now, calendar=CALENDAR)
        fastest = min(fastest, time.perf_counter() - began)
    assert fastest < 0.005
