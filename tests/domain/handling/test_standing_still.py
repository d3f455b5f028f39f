"""How long building works are held up: by every working day on which they stood still, each once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.handling.halting import works_until
from luodi.domain.workdays import official

CALENDAR = official(projected=True)
STARTED, TODAY = date(2026, 3, 2), date(2026, 11, 4)  # both working days
CASES = [
    ([], STARTED, None, "nothing stopped"),
    ([(date(2026, 11, 3), date(2026, 11, 5))], STARTED, date(2026, 11, 6), "two days, the find's own among them"),
    ([(date(2026, 6, 1), date(2026, 6, 8))], STARTED, date(2026, 11, 11), "five days in June still count"),
    ([(date(2026, 6, 1), date(2026, 6, 8)), (date(2026, 6, 3), date(2026, 6, 9))], STARTED, date(2026, 11, 12), "each once"),
    ([(date(2026, 6, 6), date(2026, 6, 7))], STARTED, None, "a weekend costs nothing"),
    ([(date(2026, 2, 2), date(2026, 3, 4))], STARTED, date(2026, 11, 6), "only what came after the start"),
    ([(date(2026, 11, 3), date(2026, 12, 31))], None, date(2026, 12, 31), "not begun: they wait"),
    ([(date(2026, 6, 1), date(2026, 6, 8))], None, None, "not begun, and over"),
    ([(date(2026, 6, 1), date(2026, 6, 8))], date(2027, 1, 1), None, "begins later"),
]  # fmt: skip


@pytest.mark.parametrize(("stops", "started", "until", "why"), CASES, ids=[case[3] for case in CASES])
def test_held_up(stops, started, until, why) -> None:
    assert works_until(stops, started, TODAY, CALENDAR) == until, why


days = st.integers(0, 240).map(lambda n: STARTED + timedelta(days=n))


@given(st.lists(st.tuples(days, days).map(sorted).map(tuple), max_size=4), days)
def test_as_days_pass_the_delay_stays_the_same(stops, today) -> None:
    """The day moves on with `today`, so that a forecast made tomorrow says what today's said."""

    def delay(day: date) -> int:
        until = works_until(stops, STARTED, day, CALENDAR)
        return CALENDAR.index(until) - CALENDAR.index(CALENDAR.next_workday(day)) if until else 0

    assert delay(today) == delay(today + timedelta(days=1))
    assert delay(today) <= sum((until - since).days for since, until in stops)
