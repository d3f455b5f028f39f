"""What officers add to the calendar: in force for every process, on the record, and never half there."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.people import hired

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import Refusal, Source, Text
from luodi.domain.workdays import Added, official
from luodi.domain.workdays.adding import single_day
from luodi.journal.readers import last
from luodi.workcalendar import actions, readers
from luodi.workcalendar.models import CalendarDay, CalendarEdit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
WEDNESDAY, SATURDAY = date(2026, 12, 2), date(2026, 12, 5)
PAPER = Source("省政府办公厅通知", "晋政办〔示例〕7号", "https://example.com/7")


def off(day: date = WEDNESDAY) -> Added:
    return single_day(readers.in_force(), day, Text("临时放假", "day off"), PAPER)


@pytest.fixture
def officer(db: None) -> Acting:
    return hired("province_officer")


def add(officer: Acting, added: Added, **more: Any) -> int:
    return actions.add(added=added, by=officer, at=AT, **more)


def test_without_edits_the_published_calendar_is_in_force() -> None:
    readers.forget()
    assert readers.in_force() == official(projected=True)
    assert readers.mark() == ""


def test_an_added_day_is_in_force_at_once_and_on_the_record(officer: Acting) -> None:
    edit = add(officer, off(), reason="大雪")
    assert not readers.in_force().is_workday(WEDNESDAY)
    (row,) = readers.edits()
    assert (row.id, row.who, row.title, row.settled_at) == (edit, officer.label, PAPER.title, None)
    assert row.added() == off_of(row)
    entry = last("calendar")
    assert entry
    assert (entry.kind, entry.hash, entry.person) == ("calendar.edited", row.entry, officer.person)
    said = json.loads(entry.payload)
    assert (said["days"], said["reason"]) == ([{"day": "2026-12-02", "works": False, "name": "临时放假"}], "大雪")


def off_of(row: readers.EditRow) -> Added:
    return Added(PAPER, None, row.days)


def test_before_and_with_also_are_weighed_without_writing(officer: Acting) -> None:
    works = single_day(readers.in_force(), SATURDAY, None, PAPER)
    assert readers.with_also(works).is_workday(SATURDAY)
    assert not CalendarEdit.objects.exists()
    edit = add(officer, off())
    assert readers.without([edit]) == official(projected=True)
    assert not readers.with_also(works).is_workday(WEDNESDAY)


def test_what_was_rolled_back_is_not_in_force(officer: Acting) -> None:
    @transaction.atomic
    def crash() -> None:
        add(officer, off())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert readers.in_force().is_workday(WEDNESDAY)


def test_another_process_knows_within_its_seconds(officer: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    """One `Known` stands for the other process: it keeps what it has seen, and looks again when that has grown old."""
    other, clock = readers.Known(), [100.0]
    monkeypatch.setattr(readers, "monotonic", lambda: clock[0])
    assert other.look().is_workday(WEDNESDAY)
    add(officer, off())
    clock[0] += readers.KEPT_SECONDS - 1
    assert other.look().is_workday(WEDNESDAY)
    clock[0] += 1
    assert not other.look().is_workday(WEDNESDAY)
    readers.in_force()
    assert other.mark == readers.mark() != ""


def test_the_calendar_costs_no_query_in_between(django_assert_num_queries: Any) -> None:
    readers.forget()
    with django_assert_num_queries(1):
        readers.in_force()
    with django_assert_num_queries(0):
        readers.in_force()
        readers.mark()


def test_the_same_form_twice_is_one_edit(officer: Acting) -> None:
    added = off()
    add(officer, added, key="form-1")
    with pytest.raises(Refusal, match="already_done"):
        add(officer, added, key="form-1")
    assert (CalendarEdit.objects.count(), CalendarDay.objects.count()) == (1, 1)


def test_an_edit_names_its_paper(officer: Acting) -> None:
    with pytest.raises(Refusal, match="text_missing"):
        add(officer, Added(Source(" "), None, ((WEDNESDAY, Text("放假", "off")),)))
    with pytest.raises(Refusal, match="text_too_long"):
        add(officer, Added(Source("通知", None, "https://" + "x" * 600), None, ((WEDNESDAY, Text("放假", "off")),)))


def test_a_day_off_has_a_name_and_a_day_stands_once(officer: Acting) -> None:
    edit = CalendarEdit.objects.get(pk=add(officer, off()))
    for wrong in ({"day": SATURDAY, "works": False, "zh": ""}, {"day": WEDNESDAY, "works": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarDay.objects.create(edit=edit, **wrong)
