"""The pages of results as of a moment; and who owned a case between its lead and its project."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from tests.desk.results.test_results import Enter, body, figure
from tests.indicators.scene import AT, TODAY, project, zones
from tests.people import OWN, hired

from luodi.accounts.acting import SYSTEM
from luodi.domain.indicators.lags import Gap
from luodi.domain.vocabulary import Text
from luodi.indicators import actions, batched, batching, enrolling, lagging
from luodi.leads import actions as leads
from luodi.leads import landing
from luodi.leads.actions import Facts
from luodi.projects.actions import assign_member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SIGNED = date(2026, 3, 1)
LATER = AT + timedelta(hours=6)
THEN = "as_of=2026-11-21T13:00"  # three hours after `AT`, in China


def test_a_figure_a_round_an_event_and_a_firm_stand_as_they_stood(client: Client, signed_in: Enter) -> None:
    project("a", signed=SIGNED, construction_start=SIGNED, completion=SIGNED, production=SIGNED)
    figure("80")
    batch = batching.open_batch(zone=OWN, name=Text("第四轮", ""), on=TODAY, by=SYSTEM, at=AT)
    batching.enter(batch=batch, entries=[batching.Entry("a", "signed", "合同")], by=SYSTEM, at=AT)
    (entered,) = batched.rows(None, TODAY)
    actions.record_figure(
        zone=OWN, indicator_id="industrial_investment", period_text="2026-08", amount=Decimal("81.5"), source="更正",
        by=SYSTEM, at=LATER,
    )  # fmt: skip
    batching.withdraw(entered=entered.id, why="重复", by=SYSTEM, at=LATER)
    actions.reach_event(project="a", event="full_output", on=TODAY, source="用电量", by=SYSTEM, at=LATER)
    enrolling.record_firm(uscc="X1", name="甲公司", zone=OWN, strategic=False, by=SYSTEM, at=LATER, sample=True)
    signed_in(client, "zone_officer")
    for address, was, now in (
        ("/results/?period=2026-08", ">80<", ">81.5<"),
        ("/results/figures/industrial_investment/?period=2026-08", "月报", "更正"),
    ):
        past, present = body(client.get(f"{address}&{THEN}")), body(client.get(address))
        assert (was in past, now in past, now in present) == (True, False, True), address
        assert "results/enter" not in past
    assert 'href="/projects/a/"' in body(client.get(f"/results/batches/{batch}/?{THEN}"))
    assert 'href="/projects/a/"' not in body(client.get(f"/results/batches/{batch}/?group=signed"))
    assert "甲公司" not in body(client.get(f"/results/enrolment/?{THEN}"))
    assert client.get(f"/results/batches/{batch}/?as_of=2026-11-20").status_code == 404
    assert "项目a" in body(client.get(f"/results/lags/?wait=full&{THEN}"))
    assert "项目a" not in body(client.get("/results/lags/?wait=full"))


def test_the_days_between_lead_and_project_are_seen(client: Client, signed_in: Enter) -> None:
    zones()
    officer, navigator = hired("investment_officer"), hired("navigator")
    contacted, won, begun = date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 20)
    number = leads.record_lead(zone=OWN, facts=Facts("三一", "单晶硅", contacted), by=officer, at=AT)
    leads.reach_stage(lead=number, stage="signed", on=won, note="", by=officer, at=AT)
    project("a", contact=contacted, signed=won)
    landing.join_project(lead=number, project="a", by=officer, at=AT)
    assign_member(project="a", post=navigator.post, role="navigator", starts=begun, by=SYSTEM, at=AT)
    leads.set_status(lead=number, status="won", reason="signed", on=won, by=officer, at=LATER)
    (row,) = lagging.told(lagging.waiting(None, TODAY), TODAY)
    assert row.gaps == (Gap(date(2026, 10, 2), date(2026, 10, 19)),)
    assert row.between == row.gaps[0]
    (then,) = lagging.told(lagging.waiting(None, TODAY, AT), TODAY, AT)
    assert (then.gaps, then.leading) == ((), True)
    signed_in(client, "leader")
    assert "18" in body(client.get("/results/lags/"))
