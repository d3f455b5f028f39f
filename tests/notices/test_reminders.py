"""Reminders: so many working days before, once each, anew when the day moves, and overdue afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.notices.conftest import AT, TODAY

from luodi.accounts.acting import Acting
from luodi.domain.workdays.reading import official
from luodi.notices import readers
from luodi.notices.reminders import Upcoming, remind

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 10)  # a Tuesday: five working days after the third


@pytest.fixture
def case(wang: Acting) -> Upcoming:
    """A case of Wang's, due in a week."""
    return Upcoming("due_soon", DUE, "case:7", {"project": "晶科", "matter": "环评"}, posts=(wang.post,))


def days(case: Upcoming, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Offset of the day in calendar days and reminders written, run every hour of office time."""
    for day in range(first, last):
        hours = [
            remind(at=AT + timedelta(days=day, hours=hour), upcoming=[case], calendar=official()) for hour in (0, 6)
        ]
        assert hours[1] == 0, "the second run of a day says nothing"
        yield day, hours[0]


def test_each_offset_is_said_once_and_then_it_is_overdue(case: Upcoming, wang: Acting) -> None:
    assert [day for day, said in days(case, -2, 15) if said] == [0, 6, 7, 8, 14]
    words = [row.words.zh for row in readers.listed(wang.person).rows]
    assert words[::-1] == [
        "晶科：环评应于 2026-03-10 前办结（还有 5 个工作日）",
        "晶科：环评应于 2026-03-10 前办结（还有 1 个工作日）",
        "晶科：环评应于 2026-03-10 前办结（还有 0 个工作日）",
        "晶科：环评应于 2026-03-10 办结，已逾期 1 个工作日",
        "晶科：环评应于 2026-03-10 办结，已逾期 5 个工作日",
    ]


def test_of_what_was_missed_only_the_last_is_said(case: Upcoming, wang: Acting) -> None:
    late = AT + timedelta(days=6)
    assert remind(at=late, upcoming=[case], calendar=official()) == 1
    assert "还有 1 个" in readers.listed(wang.person).rows[0].words.zh


def test_a_day_that_moved_is_reminded_of_anew(case: Upcoming) -> None:
    assert remind(at=AT, upcoming=[case], calendar=official()) == 1
    later = replace(case, due=DUE + timedelta(days=1))
    assert remind(at=AT, upcoming=[later], calendar=official()) == 0
    assert remind(at=AT + timedelta(days=1), upcoming=[later], calendar=official()) == 1


def test_a_new_owner_is_reminded_too(case: Upcoming, li: Acting) -> None:
    remind(at=AT, upcoming=[case], calendar=official())
    assert remind(at=AT, upcoming=[replace(case, posts=(li.post,))], calendar=official()) == 1


def test_calendar_days_count_where_the_kind_says_so(wang: Acting) -> None:
    facts = {"post": "审批专员"}
    post = Upcoming("post_expiring", TODAY + timedelta(days=30), "post:1", facts, people=(wang.person,))
    assert remind(at=AT - timedelta(days=61), upcoming=[post], calendar=official()) == 0
    assert remind(at=AT - timedelta(days=60), upcoming=[post], calendar=official()) == 1
    assert remind(at=AT, upcoming=[post], calendar=official()) == 1
    assert remind(at=AT + timedelta(days=31), upcoming=[post], calendar=official()) == 0


def test_far_days_ask_no_calendar(case: Upcoming) -> None:
    far = replace(case, due=date(9999, 12, 31))
    assert remind(at=AT, upcoming=[far, replace(far, due=date(1990, 1, 1))], calendar=official()) == 0


def test_a_kind_nobody_is_reminded_of_is_a_bug(case: Upcoming) -> None:
    with pytest.raises(ValueError, match="case_decided"):
        remind(at=AT, upcoming=[replace(case, kind="case_decided")], calendar=official())


def test_many_cost_few_queries(case: Upcoming, django_assert_max_num_queries: type) -> None:
    many = [replace(case, once=f"case:{number}") for number in range(300)]
    with django_assert_max_num_queries(10):
        assert remind(at=AT, upcoming=many, calendar=official()) == 300
    with django_assert_max_num_queries(6):
        assert remind(at=AT, upcoming=many, calendar=official()) == 0
