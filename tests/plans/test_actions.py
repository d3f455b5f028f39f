"""The announced plan, and the forecast that is rolled forward with what happens."""

from datetime import date, timedelta

import pytest
from tests.plans.conftest import CONTACT, at, recorded

from luodi.accounts.acting import SYSTEM
from luodi.domain.facts.project import Progress
from luodi.domain.planning.result import Step
from luodi.domain.vocabulary import Refusal
from luodi.plans import readers
from luodi.plans.actions import Cause, Rolled, announce, roll_forward
from luodi.plans.models import Delay, PlanRevision, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def rolled(slug: str, done: dict[str, Progress], day: date, matter: str = "", cause: str = "late_decision") -> Rolled:
    made = Cause(cause, matter, "housing", "xian-housing", "e" * 64)
    return roll_forward(project=slug, progress=done, cause=made, by=SYSTEM, at=at(day))


def as_planned(slug: str, until: date) -> dict[str, Progress]:
    """Everything that was announced to end by a day has ended so, everything begun is under way."""
    saved = readers.current(slug)
    assert saved is not None
    steps = saved.announced.steps
    return {
        s.matter: Progress(s.start, s.finish if s.finish <= until else None, s.finish)
        for s in steps
        if s.start <= until
    }


def last_critical(slug: str) -> Step:
    saved = readers.current(slug)
    assert saved is not None
    steps = {s.matter: s for s in saved.announced.steps}
    return max((steps[m] for m in saved.announced.critical), key=lambda s: s.finish)


def test_the_first_plan_is_announced_and_kept_whole(jinko: str) -> None:
    saved = readers.current(jinko)
    assert saved is not None
    assert saved.plan == saved.announced
    assert saved.plan.as_of == date(2023, 3, 10)
    assert (saved.target, saved.finish, saved.late_days) == ("construction_start", saved.plan.span.finish, 0)


def test_a_second_first_plan_is_refused(jinko: str) -> None:
    with pytest.raises(Refusal) as refused:
        announce(project=jinko, by=SYSTEM, at=CONTACT + timedelta(minutes=1))
    assert refused.value.code == "plan_announced_already"
    assert PlanRevision.objects.count() == 1


def test_what_goes_as_announced_moves_nothing(jinko: str) -> None:
    day = date(2023, 5, 8)
    done = as_planned(jinko, day)
    got = rolled(jinko, done, day)
    saved = readers.current(jinko)
    assert saved is not None
    assert (got.moved_days, saved.late_days) == (0, 0)
    assert not Delay.objects.exists()
    assert {s.matter: s.state for s in saved.plan.steps} == {
        s.matter: "planned" if s.matter not in done else "done" if done[s.matter].finished else "started"
        for s in saved.plan.steps
    }


def test_the_same_again_writes_nothing(jinko: str) -> None:
    day = date(2023, 5, 8)
    first = rolled(jinko, as_planned(jinko, day), day)
    again = rolled(jinko, as_planned(jinko, day), day)
    assert (again.seq, again.moved_days) == (first.seq, 0)
    assert PlanRevision.objects.count() == 2


def test_a_day_lost_is_written_with_who_and_why(jinko: str) -> None:
    step = last_critical(jinko)
    late = step.finish + timedelta(days=14)
    done = as_planned(jinko, step.finish) | {step.matter: Progress(step.start, None, late)}
    got = rolled(jinko, done, step.finish, step.matter)
    saved = readers.current(jinko)
    assert saved is not None
    assert saved.announced.span.finish + timedelta(days=got.moved_days) == got.finish == saved.finish
    (lost,) = readers.delays(slug=jinko)
    assert (lost.days, lost.cause, lost.matter, lost.unit) == (got.moved_days, "late_decision", step.matter, "housing")
    assert lost.days == saved.late_days == 14
    assert (lost.was, lost.now, lost.entry) == (saved.announced.span.finish, saved.finish, "e" * 64)


def test_days_won_again_are_negative(jinko: str) -> None:
    step = last_critical(jinko)
    done = as_planned(jinko, step.finish)
    rolled(jinko, done | {step.matter: Progress(step.start, None, step.finish + timedelta(days=14))}, step.finish)
    got = rolled(jinko, done, step.finish, cause="early_decision")
    assert got.moved_days == -14
    assert [one.days for one in readers.delays(slug=jinko)] == [-14, 14]
    assert [(s.key, s.lost, s.won) for s in readers.lost_by_cause()] == [
        ("late_decision", 14, 0),
        ("early_decision", 0, 14),
    ]


def test_reality_against_the_order_is_taken_as_it_is(jinko: str) -> None:
    step = last_critical(jinko)
    early = {step.matter: Progress(date(2023, 3, 13), date(2023, 3, 14))}
    got = rolled(jinko, early, date(2023, 3, 14), step.matter, "early_decision")
    saved = readers.current(jinko)
    assert saved is not None
    assert got.finish is not None
    assert next(s for s in saved.plan.steps if s.matter == step.matter).finish == date(2023, 3, 14)


def test_after_the_start_the_forecast_looks_to_production(jinko: str) -> None:
    saved = readers.current(jinko)
    assert saved is not None
    start = saved.announced.span.finish
    day = start + timedelta(days=7)
    roll_forward(
        project=jinko, progress=as_planned(jinko, start), cause=Cause("other"), by=SYSTEM, at=at(day),
        reached={"construction_start": start},
    )  # fmt: skip
    after = readers.current(jinko)
    assert after is not None
    assert (after.target, after.plan.milestones["construction_start"]) == ("production", start)
    later = start + timedelta(days=60)
    roll_forward(
        project=jinko, progress=as_planned(jinko, later), cause=Cause("halt"), by=SYSTEM, at=at(later),
        reached={"construction_start": start}, frozen={"works": later + timedelta(days=30)},
    )  # fmt: skip
    halted = readers.current(jinko)
    assert halted is not None
    assert halted.finish is not None
    assert after.finish is not None
    assert 25 <= (halted.finish - after.finish).days <= 40


def test_a_date_outside_the_calendar_does_not_stop_the_act(jinko: str) -> None:
    before = readers.current(jinko)
    got = rolled(jinko, {"land_contract": Progress(date(2023, 3, 13), None, date(2099, 1, 1))}, date(2023, 3, 14))
    after = readers.current(jinko)
    assert before is not None
    assert after is not None
    assert (got.finish, after.finish, bool(after.blocked)) == (None, None, True)
    assert after.plan == before.plan
    again = rolled(jinko, {}, date(2023, 3, 14))
    assert again.finish is not None


def test_a_project_without_a_plan_is_left_alone(db: None) -> None:
    slug = recorded("tongfu")
    assert rolled(slug, {}, date(2023, 5, 8)) == Rolled(None, 0, 0)
    assert readers.current(slug) is None
    assert not Standing.objects.exists()


def test_a_plan_can_be_read_as_it_was(jinko: str) -> None:
    seen = []
    for week in range(40):
        day = date(2023, 3, 10) + timedelta(days=7 * week)
        rolled(jinko, as_planned(jinko, day - timedelta(days=week % 5)), day)
        saved = readers.current(jinko)
        assert saved is not None
        seen.append((at(day), saved))
    assert PlanRevision.objects.count() > 20
    for moment, saved in seen:
        assert readers.current(jinko, as_of=moment) == saved
    assert readers.current(jinko, as_of=CONTACT - timedelta(days=1)) is None


def test_readers_ask_the_same_number_of_queries(jinko: str, django_assert_num_queries: object) -> None:
    for week in range(20):
        rolled(jinko, as_planned(jinko, date(2023, 3, 10)), date(2023, 3, 10) + timedelta(days=7 * week))
    with django_assert_num_queries(2):  # type: ignore[operator]
        readers.current(jinko)
    for reader in (readers.delays, readers.lost_by_cause, readers.lost_by_unit, readers.lateness):
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert reader()


def test_delays_come_in_pages(jinko: str) -> None:
    step = last_critical(jinko)
    for extra in range(1, 6):
        done = as_planned(jinko, step.finish)
        rolled(
            jinko,
            done | {step.matter: Progress(step.start, None, step.finish + timedelta(days=14 * extra))},
            step.finish,
        )
    seen: list[int] = []
    page = readers.delays(slug=jinko, limit=2)
    while page:
        seen += [one.id for one in page]
        page = readers.delays(slug=jinko, limit=2, after=page[-1].id)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == Delay.objects.count() == 5
