"""Money beside the works: in step, ahead, behind; by what was stated, else by the time that has passed."""

from datetime import date
from decimal import Decimal

import pytest

from luodi.domain.factors.funding import Pace, standing

START, FINISH = date(2026, 1, 1), date(2026, 4, 11)  # a hundred days


@pytest.mark.parametrize(
    ("drawn", "done", "today", "pace"),
    [
        (0, None, START, Pace.NOTHING),
        (30, 25, START, Pace.EVEN),
        (36, 25, START, Pace.AHEAD),
        (14, 25, START, Pace.BEHIND),
        (100, 25, START, Pace.DONE),
        (50, None, date(2026, 2, 20), Pace.EVEN),  # half of the time has passed
        (50, None, date(2026, 1, 11), Pace.AHEAD),
    ],
)
def test_the_pace(drawn, done, today, pace):
    found = standing(
        amount=Decimal(100), drawn=Decimal(drawn), done=None if done is None else Decimal(done), start=START, finish=FINISH,
        today=today,
    )  # fmt: skip
    assert found.pace is pace


def test_without_a_plan_nothing_is_compared():
    found = standing(amount=Decimal(100), drawn=Decimal(50), done=None, start=None, finish=None, today=START)
    assert (found.passed, found.pace) == (None, Pace.EVEN)
