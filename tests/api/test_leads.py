"""Leads for programs: recorded, moved on, found by the search box, and nobody else's."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.api.program import Program
from tests.people import OTHER, OWN, hired

from luodi.journal.models import Entry
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


@pytest.fixture
def zones() -> None:
    for zone in (OWN, OTHER):
        Zone.objects.get_or_create(
            pk=zone, defaults={"zh": zone, "en": zone, "kind": "industrial", "confidence": "verified"}
        )


SENT = {"zone": OWN, "company": "示例光电有限公司", "title": "光电一期", "contacted": "2026-11-02"}


@pytest.mark.slow
@pytest.mark.usefixtures("zones")
def test_a_lead_is_corrected_handed_over_and_marked() -> None:
    program, other = Program(hired("investment_officer")), hired("investment_officer")
    lead = f"/leads/{program.post('/leads', SENT | {'step': '回访'})[1]['id']}"
    assert program.post("/leads", SENT)[1]["code"] == "lead_alike"
    alike = Program(hired("investment_officer", OTHER)).get(f"/leads/alike?company={quote('示例光电有限公司')}")[1]
    assert [(one["company"], one["lead"], one["title"]) for one in alike] == [("示例光电有限公司", None, None)]
    second = program.post("/leads", SENT | {"another": True, "title": "光电二期"})[1]["id"]
    assert [one["lead"] for one in program.get(f"{lead}/alike")[1]] == [second]
    facts = {name: value for name, value in SENT.items() if name != "zone"} | {"sector": "", "amount": 5_000_000}
    seq = program.get(lead)[1]["seq"]
    assert program.ask("PUT", lead, facts | {"seq": seq + 1})[1]["code"] == "lead_changed"
    assert program.ask("PUT", lead, facts | {"seq": seq}) == (200, {"done": True})
    assert program.post(f"{lead}/owner", {"owner": other.post, "on": "2026-11-03"}) == (200, {"done": True})
    assert program.post(f"{lead}/owner", {"owner": 10**9, "on": "2026-11-03"})[1]["code"] == "lead_post_unknown"
    assert program.post(f"{lead}/scores", {"marks": [5, 4, 3, 2]}) == (200, {"done": True})
    assert program.post(f"{lead}/scores", {"marks": [5, 4, 3, 6]})[0] == 422
    assert Program(hired("data_officer")).post(f"{lead}/scores", {"marks": [5, 4, 3, 2]})[0] == 403
    assert program.post(f"{lead}/join", {"into": int(lead.split("/")[2])})[1]["code"] == "choice_missing"
    assert program.post(f"/leads/{second}/join", {"into": int(lead.split("/")[2])}) == (200, {"done": True})
    assert [one["id"] for one in program.get(f"{lead}/joined")[1]] == [second]
    assert program.post(f"/leads/{second}/join", {"into": None}) == (200, {"done": True})
    life = program.get(f"{lead}/life")[1]
    assert program.get(f"{lead}/life?as_of=2026-01-01")[0] == program.get(f"{lead}?as_of=2026-01-01")[0] == 404
    assert program.get("/leads?as_of=2026-01-01")[1]["rows"] == []
    assert {one["kind"] for one in life["turns"]} >= {"stage", "status", "owner", "step", "score"}
    assert program.get(lead)[1]["amount"] == 5_000_000
    assert [one["id"] for one in Program(other).get("/leads?owner=mine")[1]["rows"]] == [int(lead.split("/")[2])]
    assert [one["leads"] for one in program.get("/pipeline/sources")[1]["status"]] == [2]
    assert program.get("/leads?owner=somebody")[0] == 422
    assert "talks" in program.get("/leads/lists")[1]["stages"]


@pytest.mark.slow
@pytest.mark.usefixtures("zones")
def test_credit_is_claimed_disputed_and_divided_and_a_number_opened_on_the_record(settings: Settings) -> None:
    settings.SEALING_KEY = "a key for tests"
    program, far = Program(hired("investment_officer")), Program(hired("investment_officer", OTHER))
    lead = f"/leads/{program.post('/leads', SENT)[1]['id']}"
    claim = {"name": "招商一部", "on": "2026-11-02", "evidence": "名片"}
    assert program.post(f"{lead}/claims", claim)[0] == 200
    assert program.post(f"{lead}/claims", claim | {"name": "招商二部"})[0] == 200
    assert far.post(f"{lead}/claims", claim)[0] == 404
    division = {"on": "2026-11-03", "ground": "会议纪要", "shares": [{"name": "招商一部", "share": 6000}]}
    assert program.post(f"{lead}/shares", division)[1]["code"] == "lead_shares_not_whole"
    division["shares"] = [{"name": "招商一部", "share": 6000}, {"name": "招商二部", "share": 4000}]
    assert program.post(f"{lead}/shares", division) == (200, {"done": True})
    credits = program.get(f"{lead}/credits")[1]
    assert [(one["kind"], one["share"], one["holds"]) for one in credits] == [
        ("claim", None, False), ("dispute", None, False), ("share", 6000, True), ("share", 4000, True),
    ]  # fmt: skip
    assert program.post(f"{lead}/people", {"name": "王总", "telephone": "1"})[1]["code"] == "lead_phone_wrong"
    assert program.post(f"{lead}/people", {"name": "王总", "telephone": "13800001234"})[0] == 200
    (person,) = program.get(f"{lead}/people")[1]
    assert "13800001234" not in str(person)
    number = f"{lead}/people/{person['id']}/number"
    assert far.post(number)[0] == 404
    assert program.post(number)[1]["telephone"] == "13800001234"
    readings = Entry.objects.filter(chain=f"reads:{OWN}").values_list("payload", flat=True)
    assert any("lead.person" in str(one) for one in readings)


@pytest.mark.slow
@pytest.mark.usefixtures("zones")
def test_a_visit_is_recorded_reported_and_checked_and_the_lead_lands() -> None:
    program, far = Program(hired("investment_officer")), Program(hired("investment_officer", OTHER))
    lead = program.post("/leads", SENT)[1]["id"]
    ahead = (timezone.localdate() + timedelta(days=2)).isoformat()
    sent = {
        "kind": "signing", "title": "集中签约", "on": "2026-11-05", "lines": [{"lead": lead}, {"project": "甲", "amount": 10}],
        "announced": [{"measure": "projects", "figure": 2}],
    }  # fmt: skip
    made = f"/meetings/{program.post('/meetings', sent)[1]['id']}"
    shown = program.get(made)[1]
    assert [(one["figure"], one["found"], one["agrees"]) for one in shown["figures"]] == [(2, 1, False)]
    assert [one["lead"] for one in shown["items"]] == [lead, None]
    assert program.post("/meetings", sent | {"on": ahead, "said": "谈了"})[1]["code"] == "lead_day_ahead"
    assert program.post("/meetings", sent | {"kind": "party"})[1]["code"] == "lead_choice_unknown"
    assert program.post(f"{made}/report", {"said": "按期开工"}) == (200, {"done": True})
    assert program.post(f"{made}/report", {"said": "再说"})[1]["code"] == "meeting_reported"
    assert far.get(made)[0] == far.post(f"{made}/report", {"said": "x"})[0] == 404
    assert [one["title"] for one in program.get(f"/meetings?lead={lead}")[1]["rows"]] == ["集中签约"]
    assert [one["title"] for one in program.get("/pipeline/calendar?month=2026-11")[1]["meetings"]] == ["集中签约"]
    assert program.get("/pipeline/calendar?month=2026-13")[0] == 422
    assert program.post(f"/leads/{lead}/land", {"slug": "Not A Slug"})[1]["code"] == "lead_slug_wrong"
    assert far.post(f"/leads/{lead}/land", {})[0] == 404
    assert program.post(f"/leads/{lead}/land", {"slug": "gd"}) == (200, {"project": "gd"})
    assert program.post(f"/leads/{lead}/land", {"how": "join", "slug": "gd"})[1]["code"] == "lead_landed"
    assert program.get("/projects/gd/lead")[1]["id"] == lead
