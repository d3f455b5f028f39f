"""What is changed of a standing task force stays on the record: its last day, a member's, days of duty; and as of a moment."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.entry.scene import NOW, TODAY, recorded
from tests.people import hired

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import Refusal
from luodi.journal.models import Entry
from luodi.notices.models import Notice
from luodi.projects.readers import Recorded, team
from luodi.taskforces import actions, changing, days, readers
from luodi.taskforces.models import Moved
from luodi.taskforces.readers import ForceRow

pytestmark = pytest.mark.django_db
ENDS = TODAY + timedelta(days=20)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def project(db: None) -> Recorded:
    return recorded()


@pytest.fixture
def leader(project: Recorded) -> Acting:
    return hired("leader")


@pytest.fixture
def force(project: Recorded, leader: Acting) -> int:
    return actions.found_force(
        project=project, name="专班", document="示例1号", starts=TODAY, ends=ENDS, by=leader, at=NOW
    )


def lent(force: int, by: Acting, starts: date = TODAY, ends: date = ENDS) -> Acting:
    who = hired("navigator")
    actions.join(force=force, post=who.post, role="navigator", starts=starts, ends=ends, by=by, at=NOW)
    return who


def on_duty(force: int, who: Acting, by: Acting, *after: int, at: datetime = NOW) -> None:
    wanted = [TODAY + timedelta(days=one) for one in after]
    actions.roster(force=force, post=who.post, days=wanted, by=by, at=at)


def shown(project: Recorded, on: date = TODAY, as_of: datetime | None = None) -> ForceRow:
    found = readers.force(project.id, on, as_of=as_of)
    assert found is not None
    return found


def moved(force: int, ends: date, by: Acting, at: datetime = LATER) -> None:
    changing.move_end(force=force, ends=ends, why="任务变化", document="示例2号", by=by, at=at)


def test_a_force_ended_early_takes_powers_and_duty_with_it_and_tells_everybody(
    project: Recorded, leader: Acting, force: int
) -> None:
    who = lent(force, leader)
    never = lent(force, leader, starts=TODAY + timedelta(days=9))
    on_duty(force, who, leader, 0, 5)
    last = TODAY + timedelta(days=2)
    moved(force, last, leader)
    for on, held in ((last, True), (last + timedelta(days=1), False)):
        assert bool(readers.in_power(who.post, project.id, on)) is held
        assert (who.post in {one.post for one in team("p", on)}) is held
    assert not readers.in_power(never.post, project.id, TODAY + timedelta(days=10))
    assert never.post not in {one.post for one in team("p", TODAY + timedelta(days=10))}
    assert [one.names for one in shown(project).duty] == [("navigator",), (), ()]
    told = set(Notice.objects.filter(kind="force_moved").values_list("person", flat=True))
    assert told == {who.person, never.person}
    assert shown(project, last + timedelta(days=1)).over
    with pytest.raises(Refusal, match="force_over"):
        moved(force, ENDS, leader, NOW + timedelta(days=5))


def test_a_prolonged_force_keeps_those_who_were_lent_until_its_last_day(
    project: Recorded, leader: Acting, force: int
) -> None:
    whole, part = lent(force, leader), lent(force, leader, ends=TODAY + timedelta(days=3))
    beyond = ENDS + timedelta(days=10)
    moved(force, beyond, leader)
    assert readers.in_power(whole.post, project.id, beyond)
    assert {one.post for one in team("p", beyond)} >= {whole.post}
    assert not readers.in_power(part.post, project.id, TODAY + timedelta(days=4))
    assert [(one.name, one.was, one.ends) for one in shown(project).moves] == [
        ("navigator", ENDS, beyond), ("", ENDS, beyond),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (ENDS, "force_end_same"),
        (TODAY - timedelta(days=1), "force_ends_first"),
        (ENDS + timedelta(days=40), "force_exists"),
    ],
)
def test_a_last_day_that_cannot_be(project: Recorded, leader: Acting, force: int, ends: date, code: str) -> None:
    actions.found_force(
        project=project, name="后", document="3号", starts=ENDS + timedelta(days=30), ends=ENDS + timedelta(days=60),
        by=leader, at=NOW,
    )  # fmt: skip
    with pytest.raises(Refusal, match=code):
        moved(force, ends, leader)
    assert not Moved.objects.exists()


def test_a_member_leaves_early_and_only_earlier(project: Recorded, leader: Acting, force: int) -> None:
    who = lent(force, leader)
    on_duty(force, who, leader, 1, 4)
    number = shown(project).members[0].id
    last = TODAY + timedelta(days=1)
    with pytest.raises(Refusal, match="force_leave_later"):
        changing.leave(member=number, ends=ENDS, why="x", by=leader, at=LATER)
    changing.leave(member=number, ends=last, why="另有任用", by=leader, at=LATER)
    assert who.post not in {one.post for one in team("p", last + timedelta(days=1))}
    assert [one.on for one in shown(project).taken_off] == [TODAY + timedelta(days=4)]
    assert list(Notice.objects.filter(kind="force_left").values_list("person", flat=True)) == [who.person]
    with pytest.raises(Refusal, match="force_no_such_member"):
        changing.leave(member=number, ends=last, why="x", by=leader, at=NOW + timedelta(days=3))


def test_whoever_was_on_the_team_anyway_stays_on_it(project: Recorded, leader: Acting, force: int) -> None:
    from luodi.projects.actions import assign_member

    who = hired("navigator")
    assign_member(project="p", post=who.post, role="navigator", starts=TODAY, by=leader, at=NOW)
    actions.join(force=force, post=who.post, role="navigator", starts=TODAY, ends=ENDS, by=leader, at=NOW)
    moved(force, TODAY, leader)
    assert who.post in {one.post for one in team("p", ENDS)}


def test_a_day_of_duty_is_taken_off_or_taken_over_and_both_stay_on_the_record(
    project: Recorded, leader: Acting, force: int
) -> None:
    first, second = lent(force, leader), lent(force, leader)
    on_duty(force, first, leader, 1, 2)
    one, two = (day.held[0].id for day in shown(project).duty[1:3])
    changing.change_duty(duty=one, to=second.post, why="换班", by=leader, at=LATER)
    changing.change_duty(duty=two, to=None, why="停工", by=leader, at=LATER)
    assert [[row.post for row in day.held] for day in shown(project).duty[1:3]] == [[second.post], []]
    assert [(row.post, row.to, row.off_why) for row in shown(project).taken_off] == [
        (first.post, "navigator", "换班"), (first.post, "", "停工"),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="force_no_such_duty"):
        changing.change_duty(duty=two, to=None, why="停工", by=leader, at=LATER)
    on_duty(force, first, leader, 2, at=LATER)  # and on again
    three = shown(project).duty[2].held[0].id
    for to, at, code in (
        (leader.post, LATER, "force_duty_stranger"), (first.post, LATER, "force_duty_already"),
        (second.post, NOW + timedelta(days=3), "force_duty_past"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            changing.change_duty(duty=three, to=to, why="x", by=leader, at=at)
    kinds = Entry.objects.filter(project="p", kind="force.duty_changed").count()
    assert kinds == 2


def test_as_of_a_moment_the_force_stands_as_it_was_known_then(
    project: Recorded, leader: Acting, force: int, django_assert_num_queries: object
) -> None:
    who, water = lent(force, leader), hired("bureau_officer", unit="water")
    on_duty(force, who, leader, 1)
    asked = days.ask_service(force=force, kind="food", text="饭", people=3, wanted=TODAY, by=leader, at=NOW)
    log = days.write_log(
        force=force, on=TODAY, done="挖", obstacle="渠", solver=water.organisation, due=TODAY, by=leader, at=NOW
    )
    days.answer_service(service=asked, answer="已订", by=leader, at=LATER)
    days.close_log(log=log, result="改道", on=TODAY, by=water, at=LATER)
    moved(force, TODAY, leader)
    now, then = shown(project, as_of=LATER), shown(project, as_of=LATER - timedelta(minutes=1))
    assert shown(project) == now
    assert (now.ends, now.members[0].ends, now.services[0].answer, now.log[0].result) == (TODAY, TODAY, "已订", "改道")
    assert (then.ends, then.members[0].ends, then.services[0].answer, then.log[0].result) == (ENDS, ENDS, "", "")
    assert (then.duty[1].names, then.moves, then.services[0].left, then.log[0].left) == (("navigator",), (), 0, 0)
    assert readers.force(project.id, TODAY, as_of=NOW - timedelta(minutes=1)) is None
    with django_assert_num_queries(6):  # type: ignore[operator]
        shown(project)


def test_whoever_asked_for_support_is_told_and_unwritten_days_are_named(
    project: Recorded, leader: Acting, force: int
) -> None:
    asked = days.ask_service(force=force, kind="food", text="饭", people=3, wanted=TODAY, by=leader, at=NOW)
    days.answer_service(service=asked, answer="已订", by=hired("navigator"), at=LATER)
    assert list(Notice.objects.filter(kind="force_service_answered").values_list("person", flat=True)) == [
        leader.person
    ]
    monday = date(2026, 11, 23)
    assert shown(project, monday).unwritten == (TODAY,)  # a Friday; nobody is asked about the weekend


def test_last_days_moved_are_only_added_to(leader: Acting, force: int) -> None:
    moved(force, TODAY, leader)
    for change in (lambda: Moved.objects.update(why="y"), lambda: Moved.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
