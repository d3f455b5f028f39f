"""Leads for programs: recorded, moved on, found by the search box, and nobody else's."""

from urllib.parse import quote

import pytest
from tests.api.program import Program
from tests.people import OTHER, OWN, hired

from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db


def test_a_lead_is_recorded_moved_on_and_found() -> None:
    for zone in (OWN, OTHER):
        Zone.objects.get_or_create(
            pk=zone, defaults={"zh": zone, "en": zone, "kind": "industrial", "confidence": "verified"}
        )
    program = Program(hired("investment_officer"))
    sent = {
        "zone": OWN,
        "company": "示例光电有限公司",
        "title": "光电一期",
        "contacted": "2026-11-02",
        "amount": 120_000_000,
    }
    status, made = program.post("/leads", sent)
    assert status == 200, made
    lead = f"/leads/{made['id']}"
    assert program.post(f"{lead}/stage", {"stage": "talks", "on": "2026-11-03"}) == (200, {"done": True})
    assert program.post(f"{lead}/step", {"step": "回访", "due": "2026-12-01"})[0] == 200
    status, said = program.get(lead)
    assert (status, said["stage"], said["step"], said["amount"]) == (200, "talks", "回访", 120_000_000)
    assert [one["id"] for one in program.get(f"/leads?q={quote('光电')}")[1]["rows"]] == [made["id"]]
    assert [(one["stage"], one["leads"]) for one in program.get("/pipeline")[1] if one["leads"]] == [("talks", 1)]
    assert [one["link"] for one in program.get("/search?q=slgd")[1]] == [f"/pipeline/leads/{made['id']}/"]
    stranger = Program(hired("investment_officer", OTHER))
    assert stranger.get(lead)[0] == 404
    assert stranger.get("/leads")[1]["rows"] == []
    assert stranger.post("/leads", sent)[0] == 404
    assert program.post(f"{lead}/stage", {"stage": "talks", "on": "2026-11-03"})[1]["code"] == "lead_same_already"
