"""The life of a request: asked for the day the plan needs it, promised, met, never skipping, never changed in place."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.factors.conftest import AT, TODAY, ZONE, asked
from tests.people import hired

from luodi.accounts.acting import SYSTEM
from luodi.domain.factors.clocks import Mark
from luodi.domain.factors.life import State
from luodi.domain.vocabulary import Refusal
from luodi.factors import actions, readers
from luodi.factors.actions import Answer
from luodi.factors.approaching import approaching
from luodi.factors.models import Request, Step
from luodi.journal.readers import entries
from luodi.notices.models import Notice
from luodi.plans.readers import current

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=40)


def answered(number, state, seq=1, **more):
    given = Answer(State(state), words="说明", document="会议纪要", **more)
    return actions.answer(request=number, seq=seq, given=given, by=SYSTEM, at=AT)


def test_a_request_is_needed_when_the_plan_begins_what_waits_for_it(jinko, officer):
    saved = current("jinko")
    assert saved is not None
    (one, two, three) = (
        asked(jinko, officer),
        asked(jinko, officer, "temp_power", "9750"),
        asked(jinko, officer, "demolition_clearing", "2300", guarantor="taiyuan", needed=date(2027, 1, 4)),
    )
    rows = {row.id: row for row in readers.requests(zones=frozenset({ZONE}), today=TODAY)}
    assert rows[one].needed == saved.plan.milestones["production"]
    assert rows[two].needed == saved.plan.milestones["construction_start"]
    assert (rows[three].needed, rows[three].needed_fixed) == (date(2027, 1, 4), True)
    assert readers.requests(zones=frozenset({"pinglu"}), today=TODAY) == ()
    assert [row.id for row in readers.requests(zones=None, today=TODAY, guarantor="taiyuan")] == [three]


def test_the_life_of_a_request_is_its_steps_and_the_record(jinko, officer):
    bureau = hired("bureau_officer", ZONE, unit="power_grid")
    number = asked(jinko, officer)
    assert Notice.objects.filter(kind="factor_asked", person=bureau.person).count() == 1
    answered(number, "accepted")
    answered(number, "scheduled", 2, promised=SOON)
    answered(number, "partly_met", 3, met=Decimal(100000))
    answered(number, "met", 4)
    row = readers.request(number, TODAY)
    assert row is not None
    assert (row.state, row.met, row.light.mark) == (State.MET, Decimal(400000), Mark.MET)
    states = [(one.state.value, one.met) for one in readers.steps(number)]
    assert states == [("requested", 0), ("accepted", 0), ("scheduled", 0), ("partly_met", 100000), ("met", 400000)]
    kinds = [one.kind for one in entries(project="jinko").records if one.kind.startswith("factor.")]
    assert len(kinds) == 5
    assert Notice.objects.filter(kind="factor_answered", person=officer.person).count() == 4
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.filter(request=number).update(words="x")


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        ("met", {}, "factor_step"),
        ("partly_met", {"met": Decimal(1)}, "factor_step"),
        ("scheduled", {}, "factor_promise_day"),
        ("scheduled", {"promised": TODAY - timedelta(days=1)}, "factor_promise_day"),
        ("accepted", {"seq": 7}, "factor_changed"),
    ],
)
def test_what_may_not_follow_is_refused_and_nothing_is_written(jinko, officer, state, more, code):
    number = asked(jinko, officer)
    with pytest.raises(Refusal) as refused:
        answered(number, state, **more)
    assert refused.value.code == code
    assert len(readers.steps(number)) == 1


def test_words_and_papers_are_asked_for(jinko, officer):
    number = asked(jinko, officer)
    for given in (Answer(State.BLOCKED), Answer(State.SCHEDULED, SOON), Answer(State.DROPPED)):
        with pytest.raises(Refusal, match="text_missing"):
            actions.answer(request=number, seq=1, given=given, by=SYSTEM, at=AT)
    answered(number, "scheduled", promised=SOON)
    for met in (None, Decimal(0), Decimal(400000), Decimal("NaN")):
        with pytest.raises(Refusal, match="factor_met"):
            answered(number, "partly_met", 2, met=met)


def test_asking_is_refused_where_it_makes_no_sense(jinko, officer):
    asked(jinko, officer)
    faults: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "factor_asked"), ({"item": "moon"}, "factor_unknown"), ({"guarantor": "x"}, "factor_not_theirs"),
        ({"quantity": "-1"}, "factor_quantity"), ({"quantity": "1e20"}, "factor_quantity"),
        ({"quantity": "0.001"}, "factor_quantity"), ({"quantity": "NaN"}, "factor_quantity"),
    )  # fmt: skip
    for given, code in faults:
        with pytest.raises(Refusal, match=code):
            asked(jinko, officer, **given)
    with pytest.raises(Refusal, match="factor_no_zone"):
        asked(replace(jinko, zone=""), officer)
    assert Request.objects.count() == 1


def test_the_days_follow_the_plan_and_fixed_ones_stay(jinko, officer):
    first, fixed = (
        asked(jinko, officer),
        asked(jinko, officer, "gas_supply", "10", guarantor="gas_company", needed=SOON),
    )
    Request.objects.filter(pk=first).update(needed=SOON)
    assert actions.follow_plans(at=AT) == 1
    saved = current("jinko")
    assert saved is not None
    rows = {row.id: row for row in readers.requests(zones=None, today=TODAY)}
    assert (rows[first].needed, rows[fixed].needed) == (saved.plan.milestones["production"], SOON)
    assert [one.needed for one in readers.steps(first)][1:] == [saved.plan.milestones["production"]]
    assert actions.follow_plans(at=AT) == 0


def test_lead_times_are_learned_from_what_was_met(jinko, officer):
    for no in range(5):
        Request.objects.create(
            project_id=jinko.id, zone_id=ZONE, item="gas_supply", guarantor="gas_company", quantity=1, basis="hand", at=AT,
            state="met", closed_at=AT + timedelta(days=30 + no),
        )  # fmt: skip
    leads = readers.lead_days()
    assert leads["gas_supply"] == (32, 5)
    assert leads["heat_steam"] == (120, 0)


def test_whoever_promised_is_reminded(jinko, officer):
    hired("bureau_officer", ZONE, unit="power_grid")
    number = asked(jinko, officer)
    answered(number, "scheduled", promised=SOON)
    (one,) = approaching(since=TODAY, until=SOON)
    assert (one.due, one.posts, one.kind) == (SOON, (officer.post,), "factor_due")
    assert len(tuple(one.organisations)) == 1
    answered(number, "met", 2)
    assert not list(approaching(since=TODAY, until=SOON))
