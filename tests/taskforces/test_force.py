"""A task force: it ends by itself and its members' rights with it; holes in the roster; support answered; obstacles solved."""

from datetime import date, datetime, timedelta

import pytest
from tests.entry.scene import NOW, TODAY, recorded
from tests.people import hired

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.vocabulary import Refusal
from luodi.journal.models import Entry
from luodi.projects.readers import Recorded, team
from luodi.taskforces import actions, approaching, days, readers
from luodi.taskforces.readers import ForceRow

pytestmark = pytest.mark.django_db
ENDS = TODAY + timedelta(days=20)


@pytest.fixture
def project(db: None) -> Recorded:
    return recorded()


@pytest.fixture
def leader(project: Recorded) -> Acting:
    return hired("leader")


@pytest.fixture
def force(project: Recorded, leader: Acting) -> int:
    return founded(project, leader)


def founded(project: Recorded, by: Acting, starts: date = TODAY, ends: date = ENDS) -> int:
    return actions.found_force(
        project=project, name="专班", document="示例1号", starts=starts, ends=ends, by=by, at=NOW
    )  # fmt: skip


def lent(force: int, who: Acting, by: Acting, role: str = "navigator", ends: date = ENDS) -> None:
    actions.join(force=force, post=who.post, role=role, starts=TODAY, ends=ends, by=by, at=NOW)


def shown(project: Recorded, on: date = TODAY) -> ForceRow:
    found = readers.force(project.id, on)
    assert found is not None
    return found


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)


def test_a_member_has_powers_and_rights_until_the_last_day_and_not_after(
    project: Recorded, leader: Acting, force: int
) -> None:
    who = hired("navigator")
    lent(force, who, leader)
    for on, held in ((TODAY, True), (ENDS, True), (ENDS + timedelta(days=1), False)):
        assert bool(readers.in_power(who.post, project.id, on)) is held
        assert (who.post in {one.post for one in team("p", on)}) is held
        assert shown(project, on).over is not held
    with pytest.raises(Refusal, match="force_over"):
        days.write_log(
            force=force, on=ENDS, done="x", obstacle="", solver=None, due=None, by=leader,
            at=moment(ENDS + timedelta(days=1)),
        )  # fmt: skip


def test_who_does_not_exist_is_neither_lent_nor_asked_to_solve(leader: Acting, force: int) -> None:
    with pytest.raises(Refusal, match="choice_missing"):
        actions.join(force=force, post=10**6, role="navigator", starts=TODAY, ends=ENDS, by=leader, at=NOW)
    with pytest.raises(Refusal, match="choice_missing"):
        days.write_log(
            force=force, on=TODAY, done="x", obstacle="缺电", solver=10**6, due=ENDS, by=leader, at=NOW
        )  # fmt: skip


def test_the_warning_comes_before_the_end(project: Recorded, leader: Acting, force: int) -> None:
    who = hired("navigator")
    lent(force, who, leader)
    (ending,) = [one for one in approaching.approaching(since=TODAY, until=ENDS) if one.kind == "force_ending"]
    assert (ending.due, list(ending.posts)) == (ENDS, [who.post])
    assert shown(project).warn
    assert not list(approaching.approaching(since=ENDS + timedelta(days=1), until=ENDS + timedelta(days=9)))


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (TODAY, TODAY - timedelta(days=1), "force_ends_first"),
        (date(2026, 1, 1), date(2026, 2, 1), "force_over_already"),
        (ENDS, ENDS + timedelta(days=9), "force_exists"),
    ],
)
def test_what_cannot_be_founded(
    project: Recorded, leader: Acting, force: int, starts: date, ends: date, code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        founded(project, leader, starts, ends)


def test_a_member_stays_within_the_force_and_joins_once(leader: Acting, force: int) -> None:
    who = hired("navigator")
    with pytest.raises(Refusal, match="force_member_beyond"):
        lent(force, who, leader, ends=ENDS + timedelta(days=1))
    lent(force, who, leader)
    with pytest.raises(Refusal, match="force_member_already"):
        lent(force, who, leader)
    with pytest.raises(Refusal, match="force_role_unknown"):
        lent(force, who, leader, role="king")


def test_the_roster_shows_its_holes(project: Recorded, leader: Acting, force: int) -> None:
    who, stranger = hired("navigator"), hired("navigator")
    lent(force, who, leader)
    span = [TODAY, TODAY + timedelta(days=2)]
    assert actions.roster(force=force, post=who.post, days=span, by=leader, at=NOW) == 2
    assert actions.roster(force=force, post=who.post, days=span, by=leader, at=NOW) == 0
    found = shown(project)
    assert found.holes[0] == TODAY + timedelta(days=1)
    assert len(found.duty) == 14
    assert len(found.holes) == 12
    with pytest.raises(Refusal, match="force_duty_stranger"):
        actions.roster(force=force, post=stranger.post, days=span, by=leader, at=NOW)
    with pytest.raises(Refusal, match="force_days_beyond"):
        actions.roster(force=force, post=who.post, days=[ENDS + timedelta(days=1)], by=leader, at=NOW)


def test_support_is_asked_for_with_a_day_and_answered_once(project: Recorded, leader: Acting, force: int) -> None:
    wanted = TODAY + timedelta(days=2)
    asked = days.ask_service(
        force=force, kind="lodging", text="十人", people=10, wanted=wanted, by=leader, at=NOW
    )  # fmt: skip
    assert shown(project).services[0].left == 2
    days.answer_service(service=asked, answer="已订", by=leader, at=NOW)
    assert (shown(project).services[0].answer, shown(project).services[0].left) == ("已订", None)
    with pytest.raises(Refusal, match="force_service_answered"):
        days.answer_service(service=asked, answer="再订", by=leader, at=NOW)
    with pytest.raises(Refusal, match="force_service_unknown"):
        days.ask_service(force=force, kind="gold", text="x", people=None, wanted=wanted, by=leader, at=NOW)
    with pytest.raises(Refusal, match="force_day_past"):
        days.ask_service(
            force=force, kind="food", text="x", people=None, wanted=TODAY - timedelta(days=1), by=leader, at=NOW
        )


def test_an_obstacle_has_a_solver_and_is_closed_by_it(project: Recorded, leader: Acting, force: int) -> None:
    water = hired("bureau_officer", unit="water")
    with pytest.raises(Refusal, match="force_obstacle_without_solver"):
        days.write_log(
            force=force, on=TODAY, done="挖", obstacle="渠", solver=None, due=TODAY, by=leader, at=NOW
        )  # fmt: skip
    log = days.write_log(
        force=force, on=TODAY, done="挖", obstacle="渠", solver=water.organisation, due=TODAY, by=leader, at=NOW
    )
    with pytest.raises(Refusal, match="force_log_of_another"):
        days.close_log(log=log, result="改道", on=TODAY, by=hired("navigator"), at=NOW)
    days.close_log(log=log, result="改道", on=TODAY, by=water, at=NOW)
    assert [(one.closed_on, one.result, one.left) for one in shown(project).log] == [(TODAY, "改道", None)]
    with pytest.raises(Refusal, match="force_log_closed"):
        days.close_log(log=log, result="改道", on=TODAY, by=water, at=NOW)
    kinds = list(Entry.objects.filter(project="p", kind__startswith="force.").values_list("kind", flat=True))
    assert kinds == ["force.founded", "force.logged", "force.log_closed"]
