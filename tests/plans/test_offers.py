"""The plan of least change: worked out in the background, decided by people, outdated by what happens meanwhile."""

from datetime import date, timedelta

import pytest
from tests.plans.conftest import at
from tests.plans.test_actions import as_planned, last_critical, rolled

from luodi.accounts.acting import SYSTEM
from luodi.config.queue import PatientWorker
from luodi.domain.facts.project import Progress
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import entries
from luodi.plans import offering, readers
from luodi.plans.actions import accept, ask_for_offer, reject
from luodi.plans.models import Offer, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def late(slug: str, days: int = 14) -> date:
    """The last critical matter is late by some days; the day on which that is known."""
    step = last_critical(slug)
    done = as_planned(slug, step.finish) | {step.matter: Progress(step.start, None, step.finish + timedelta(days=days))}
    rolled(slug, done, step.finish, step.matter)
    return step.finish


def worked_off(slug: str, day: date) -> readers.Offered:
    """The newest offer, after its job ran on a day."""
    newest = readers.offers(slug)[0]
    offering.find(offer=newest.id, at=at(day, 12), seconds=2.0)
    return readers.offers(slug)[0]


def test_a_moved_end_brings_an_offer(jinko: str) -> None:
    day = late(jinko)
    offer = worked_off(jinko, day)
    assert (offer.state, offer.days) == ("offered", 14)
    plan = readers.offered_plan(offer.id)
    saved = readers.current(jinko)
    assert plan is not None
    assert saved is not None
    assert plan.span.finish == saved.finish
    assert {m for one in offer.affected for m in one.matters} <= {s.matter for s in plan.steps}
    assert offer.affected[0].days == max((one.days for one in offer.affected), key=abs)


@pytest.mark.django_db(transaction=True)
def test_the_worker_works_it_off(jinko: str) -> None:
    late(jinko)
    PatientWorker("here:1:test", batch=True).run()
    assert readers.offers(jinko)[0].state in {"offered", "unneeded"}


def test_an_accepted_offer_is_the_announced_plan(jinko: str) -> None:
    day = late(jinko)
    offer = worked_off(jinko, day)
    before = readers.current(jinko)
    got = accept(offer=offer.id, by=SYSTEM, at=at(day, 13))
    after = readers.current(jinko)
    assert before is not None
    assert after is not None
    assert after.announced == readers.offered_plan(offer.id)
    assert (got.finish, got.moved_days, after.late_days) == (before.finish, 0, 0)
    assert readers.offers(jinko)[0].state == "accepted"
    assert readers.current(jinko, as_of=at(day, 12)) == before
    assert [record.kind for record in entries(project=jinko).records][:2] == ["plan.accepted", "plan.offered"]


def test_a_rejected_offer_changes_nothing(jinko: str) -> None:
    day = late(jinko)
    offer = worked_off(jinko, day)
    before = readers.current(jinko)
    reject(offer=offer.id, reason="  另行协调 ", by=SYSTEM, at=at(day, 13))
    assert readers.current(jinko) == before
    assert (readers.offers(jinko)[0].state, readers.offers(jinko)[0].reason) == ("rejected", "另行协调")


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_a_rejection_needs_a_reason(jinko: str, reason: str) -> None:
    offer = worked_off(jinko, late(jinko))
    with pytest.raises(Refusal) as refused:
        reject(offer=offer.id, reason=reason, by=SYSTEM, at=at(date(2023, 9, 1)))
    assert refused.value.code in {"text_missing", "text_too_long"}


def test_nobody_decides_twice(jinko: str) -> None:
    day = late(jinko)
    offer = worked_off(jinko, day)
    accept(offer=offer.id, by=SYSTEM, at=at(day, 13))
    with pytest.raises(Refusal) as refused:
        reject(offer=offer.id, reason="太晚", by=SYSTEM, at=at(day, 14))
    assert refused.value.code == "offer_not_open"
    assert [r.kind for r in entries(project=jinko).records].count("plan.rejected") == 0


def test_what_happens_meanwhile_outdates_an_offer(jinko: str) -> None:
    day = late(jinko)
    offer = worked_off(jinko, day)
    late(jinko, days=28)
    assert [one.state for one in readers.offers(jinko)] == ["working", "outdated"]
    with pytest.raises(Refusal) as refused:
        accept(offer=offer.id, by=SYSTEM, at=at(day, 13))
    assert refused.value.code == "offer_not_open"
    assert worked_off(jinko, day).days == 28


def test_events_before_the_job_runs_share_one_job(jinko: str) -> None:
    late(jinko, days=14)
    late(jinko, days=28)
    assert Offer.objects.count() == 1


def test_a_plan_worked_out_on_old_facts_is_not_offered(jinko: str, monkeypatch: pytest.MonkeyPatch) -> None:
    day = late(jinko)
    closest = offering._closest
    runs: list[int] = []

    def overtaken(*args: object) -> object:
        if not runs:
            late(jinko, days=28)
        runs.append(1)
        return closest(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(offering, "_closest", overtaken)
    assert worked_off(jinko, day).days == 28
    assert len(runs) == 2


def test_nothing_to_change_is_not_offered(jinko: str) -> None:
    ask_for_offer(project=jinko, by=SYSTEM, at=at(date(2023, 3, 10)))
    assert worked_off(jinko, date(2023, 3, 10)).state == "unneeded"
    with pytest.raises(Refusal):
        ask_for_offer(project="nowhere", by=SYSTEM, at=at(date(2023, 3, 10)))


def test_only_one_offer_is_open(jinko: str) -> None:
    late(jinko)
    ask_for_offer(project=jinko, by=SYSTEM, at=at(date(2023, 3, 10)))
    assert Offer.objects.count() == 1
    assert Standing.objects.get().late == 14
