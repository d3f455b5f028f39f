"""An edit of the calendar: weighed before, worked out by the worker once no process can know the older one."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from tests.cases.recount import check_all
from tests.cases.scene import Scene
from tests.people import hired

from luodi.cases import settling
from luodi.cases.readers.moving import moving
from luodi.config.schedule import SCHEDULE
from luodi.domain.vocabulary import Source, Text
from luodi.domain.workdays import Added
from luodi.domain.workdays.adding import single_day
from luodi.journal.readers import entries
from luodi.notices.models import Notice
from luodi.workcalendar import actions, readers
from luodi.workcalendar.models import CalendarEdit

DAY = date(2026, 11, 4)


def added(day: date = DAY) -> Added:
    return single_day(readers.in_force(), day, Text("临时放假", "day off"), Source("省政府通知", "晋政办〔示例〕7号"))


def edited(scene: Scene, day: date = DAY) -> int:
    scene.wait(minutes=1)
    return actions.add(added=added(day), reason="大雪", by=hired("province_officer"), at=scene.at)


def dues(scene: Scene, *cases: int) -> list[tuple[date | None, date | None]]:
    return [(row.due, row.promise_due) for row in map(scene.row, cases)]


def test_the_worker_moves_deadlines_and_the_record_says_why(scene: Scene) -> None:
    cases = scene.accepted("enterprise_establish"), scene.accepted("land_price_evaluation")
    was = dues(scene, *cases)
    edited(scene)
    assert settling.settle(at=scene.at).cases == 0, "another process may still write deadlines of the older calendar"
    assert CalendarEdit.objects.get().settled_at is None
    scene.wait(minutes=1)
    found = settling.settle(at=scene.at)
    assert (found.cases, found.projects) == (sum(a != b for a, b in zip(was, dues(scene, *cases), strict=True)), 1)
    assert found.cases
    assert CalendarEdit.objects.get().settled_at == scene.at
    (entry,) = entries(project=scene.slug, kinds=("case.reprojected",)).records
    said = json.loads(entry.payload)
    assert "省政府通知 晋政办〔示例〕7号" in said["reason"]
    assert said["days"] == [{"day": "2026-11-04", "works": False, "name": "临时放假"}]
    assert {one["case"] for one in said["cases"]} <= {scene.row(case).number for case in cases}
    assert Notice.objects.filter(kind="calendar_edited", person=scene.officer.person).count() == 1
    check_all(scene.slug)


def test_settling_twice_moves_nothing_again(scene: Scene) -> None:
    scene.accepted("enterprise_establish")
    edit = edited(scene)
    first = settling.at_once(edit=edit, by=scene.leader, at=scene.at)
    scene.wait(minutes=1)
    assert (first.cases, settling.settle(at=scene.at).cases) == (1, 0)
    assert CalendarEdit.objects.get().settled_at, "settled only by the worker, who goes over it again"
    assert entries(project=scene.slug, kinds=("case.reprojected",)).records[0].person == scene.leader.person
    assert settling.settle(at=scene.at).cases == 0
    assert len(entries(project=scene.slug, kinds=("case.reprojected",)).records) == 1


def test_a_case_accepted_after_the_edit_counts_by_it_at_once(scene: Scene) -> None:
    edited(scene)
    case = scene.accepted("enterprise_establish")
    was = dues(scene, case)
    scene.wait(minutes=1)
    assert settling.settle(at=scene.at).cases == 0
    assert dues(scene, case) == was


def test_a_crash_half_way_leaves_the_rest_for_the_next_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    case = scene.accepted("enterprise_establish")
    edited(scene)
    scene.wait(minutes=1)

    def crash(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("luodi.cases.actions.reprojecting.write", crash)
        with pytest.raises(KeyboardInterrupt):
            settling.settle(at=scene.at)
    assert CalendarEdit.objects.get().settled_at is None
    moved = dues(scene, case)
    settling.settle(at=scene.at)
    assert (dues(scene, case), CalendarEdit.objects.get().settled_at) == (moved, scene.at)


def test_the_preview_says_what_will_happen(scene: Scene, django_assert_max_num_queries: Any) -> None:
    cases = [scene.accepted("enterprise_establish"), scene.accepted("land_price_evaluation"), scene.opened()]
    before, after = readers.in_force(), readers.with_also(added())
    with django_assert_max_num_queries(3):
        weighed = moving(before=before, after=after, now=scene.at)
    assert [(one.day, one.works) for one in weighed.days] == [(DAY, False)]
    assert weighed.looked == weighed.open == 2, "what was not accepted yet has no deadline to move"
    foreseen = {one.number: (one.now, one.promise_now) for one in weighed.rows}
    edited(scene)
    scene.wait(minutes=1)
    assert settling.settle(at=scene.at).cases == len(foreseen) > 0
    rows = {row.number: (row.due, row.promise_due) for row in map(scene.row, cases)}
    assert {number: rows[number] for number in foreseen} == foreseen
    assert not moving(before=before, after=before, now=scene.at).days
    assert moving(before=before, after=readers.in_force(), now=scene.at, zones=("pinglu",)).open == 0


def test_a_day_behind_every_deadline_moves_nothing(scene: Scene) -> None:
    scene.accepted("enterprise_establish")
    far = date(2027, 11, 3)
    weighed = moving(before=readers.in_force(), after=readers.with_also(added(far)), now=scene.at)
    assert (len(weighed.days), weighed.rows, weighed.open) == (1, (), 0)


def test_the_worker_has_it_on_its_timetable() -> None:
    (one,) = [one for one in SCHEDULE if one.path == "luodi.cases.settling.settle"]
    assert timedelta(seconds=one.seconds) > settling.WAIT / 2
