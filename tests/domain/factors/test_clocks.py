"""The light of a request: what an officer would say from three dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.factors.clocks import Mark, light, worst
from luodi.domain.factors.life import CLOSED, State, following

TODAY = date(2026, 11, 21)


def day(days):
    return None if days is None else TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("state", "needed", "promised", "mark", "late"),
    [
        ("requested", 100, None, Mark.OPEN, 0),
        ("requested", 20, None, Mark.SOON, 10),  # 30 days to arrange, 20 left
        ("accepted", -1, None, Mark.LATE, 31),
        ("scheduled", 50, 40, Mark.SET, 0),
        ("scheduled", 50, 50, Mark.SET, 0),
        ("scheduled", 50, 51, Mark.LATE, 1),
        ("scheduled", 50, -1, Mark.LATE, 0),  # the promise has passed, the need has not
        ("partly_met", -3, -1, Mark.LATE, 3),
        ("blocked", 50, None, Mark.BLOCKED, 0),
        ("scheduled", None, 9, Mark.SET, 0),
        ("requested", None, None, Mark.OPEN, 0),
        ("met", -50, -40, Mark.MET, 0),
        ("dropped", -50, None, Mark.DROPPED, 0),
    ],
)
def test_the_light(state, needed, promised, mark, late):
    found = light(state=State(state), needed=day(needed), promised=day(promised), lead_days=30, today=TODAY)
    assert (found.mark, found.late) == (mark, late), found.why


@given(
    st.sampled_from(State), st.none() | st.integers(-400, 400), st.none() | st.integers(-400, 400), st.integers(1, 400)
)
def test_what_is_late_is_never_shown_as_on_time(state, needed, promised, lead):
    found = light(state=state, needed=day(needed), promised=day(promised), lead_days=lead, today=TODAY)
    assert found.late >= 0
    if found.mark in (Mark.SET, Mark.OPEN):
        assert found.late == 0
    if state not in CLOSED:
        assert found.expected is not None
        assert found.expected >= TODAY


def test_the_worst_of_several_is_shown():
    assert worst([Mark.MET, Mark.SOON, Mark.SET]) is Mark.SOON


def test_what_is_over_stays_over_and_all_else_can_end():
    for state in State:
        assert (following(state) == frozenset()) == (state in CLOSED)
        assert state in CLOSED or State.DROPPED in following(state)
