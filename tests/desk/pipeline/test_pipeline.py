"""The pages of the pipeline: seen by the zone, duplicates shown before saving, every act once, refusals beside their field."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from tests.leads.room import NOW, SEEN, USCC, lead, zone
from tests.people import hired

from luodi.accounts.acting import SYSTEM
from luodi.desk.pipeline import feed
from luodi.domain.leads.announced import Announced, Measure
from luodi.leads import actions, meeting, readers
from luodi.leads.meeting import About, Line
from luodi.leads.readers import Sift

pytestmark = pytest.mark.django_db


def body(response: Any) -> str:
    """The page."""
    text: str = response.content.decode()
    return text


def typed(**more: str) -> dict[str, str]:
    """What the form of a new lead sends."""
    return {
        "company": "同福集团",
        "title": "食品综合体",
        "contacted": "2026-10-08",
        "amount": "1.2 亿元",
        "key": "k1",
        **more,
    }


def test_the_board_has_every_stage_with_its_amount(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer")
    one = lead(amount=1_200_000_000)
    actions.take_step(lead=one, step="送方案", due=SEEN, stepper=None, by=SYSTEM, at=NOW)
    lead("同福集团", amount=120_000_000)
    page = body(client.get("/pipeline/"))
    assert "三一硅能科技有限公司" in page
    assert "13.2\u2009亿元" in page
    assert f"▲ {SEEN} 送方案" in page
    assert page.count('class="stage"') == 8
    assert "同福集团" not in body(client.get("/pipeline/?q=三一"))
    assert "没有符合" in body(client.get("/pipeline/list/?status=lost")) or "fits" in body(
        client.get("/pipeline/list/?status=lost")
    )
    for page_name in ("sources", "calendar", "meetings", "calendar/?month=x"):
        assert (
            client.get(f"/pipeline/{page_name}" if "?" in page_name else f"/pipeline/{page_name}/").status_code == 200
        )


def test_a_fuller_board_costs_no_more_queries(client: Any, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    signed_in(client, "investment_officer")
    for number in range(12):
        lead(f"示例{number}有限公司", amount=number)
    with django_assert_max_num_queries(16):
        page = body(client.get("/pipeline/"))
    assert page.count('class="lead-card') == 8  # the rest is behind the head of its stage
    assert "stage=contact" in page


def test_another_zone_sees_nothing_of_it(client: Any, signed_in: Any) -> None:
    one = lead()
    zone("pinglu")
    signed_in(client, "investment_officer", "pinglu")
    assert client.get(f"/pipeline/leads/{one}/").status_code == 404
    assert "三一" not in body(client.get("/pipeline/"))
    sent = {"status": "lost", "reason": "land", "rival": "x", "on": "2026-11-01", "seq": "3"}
    assert client.post(f"/pipeline/leads/{one}/status/", sent).status_code == 404
    page = client.post("/pipeline/new/", typed(company="三一硅能科技"))
    assert page.status_code == 400
    assert f"/pipeline/leads/{one}/" not in body(page)
    assert "三一硅能科技有限公司" in body(page)  # that another zone talks to it is said, the lead is not opened


def test_what_is_alike_is_shown_before_saving(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer")
    one = lead(uscc=USCC)
    page = client.post("/pipeline/new/", typed(company="三一硅能科技（集团）有限公司"))
    assert page.status_code == 400
    assert f"/pipeline/leads/{one}/" in body(page)
    assert len(readers.listed(Sift())) == 1
    again = typed(company="三一硅能科技（集团）有限公司", another="1", step="回访", due="2026-12-01")
    answer = client.post("/pipeline/new/", again)
    assert answer.status_code == 302
    newest = readers.listed(Sift())[0]
    assert (newest.amount, newest.step, newest.owner is not None) == (120_000_000, "回访", True)
    client.post("/pipeline/new/", again)
    assert len(readers.listed(Sift())) == 2  # the same form again


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"amount": "很多"}, "很多"),
        ({"company": ""}, "company-wrong"),
        ({"contacted": "soon"}, "soon"),
        ({"uscc": "91X"}, "91X"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: Any, signed_in: Any, more: dict[str, str], words: str) -> None:
    signed_in(client, "investment_officer")
    page = client.post("/pipeline/new/", typed(**more))
    assert page.status_code == 400
    assert words in body(page)
    assert readers.listed(Sift()) == ()


def test_the_acts_of_a_lead(client: Any, signed_in: Any) -> None:
    officer = signed_in(client, "investment_officer")
    one = lead(by=officer)
    other = hired("zone_officer")
    day = "2026-11-01"
    acts = [
        ("step", {"step": "回访", "due": "2026-12-01", "stepper": str(other.post)}),
        ("stage", {"stage": "talks", "on": day, "seq": "4"}),
        ("status", {"status": "delayed", "reason": "financing", "on": day, "seq": "5"}),
        ("owner", {"owner": str(other.post), "on": day, "seq": "6"}),
        ("claim", {"name": "甲局", "on": day, "evidence": "来电"}), ("claim", {"name": "乙园区", "on": day, "evidence": "合影"}),
        ("share", {"party1": "甲局", "share1": "66.67", "party2": "乙园区", "share2": "33.33", "on": day, "ground": "会议"}),
        ("score", {"mark_eye": "5", "mark_mouth": "4", "mark_hand": "3", "mark_foot": "2", "note": ""}),
        ("person", {"name": "向先生", "role": "董事长"}),
    ]  # fmt: skip
    for verb, sent in acts:
        answer = client.post(f"/pipeline/leads/{one}/{verb}/", sent)
        assert answer.status_code == 302, (verb, body(answer)[-3000:])
    page = body(client.get(f"/pipeline/leads/{one}/"))
    assert all(words in page for words in ("回访", "甲局", "乙园区", "66.67 %", "100 %", "向先生"))
    bad = client.post(f"/pipeline/leads/{one}/share/", acts[6][1] | {"share2": "33"})
    assert bad.status_code == 400
    assert "99.67" in body(bad)
    stale = client.post(f"/pipeline/leads/{one}/stage/", {"stage": "review", "on": day, "seq": "4"})
    assert stale.status_code == 400
    assert client.post(f"/pipeline/leads/{one}/dance/", {}).status_code == 404


def test_a_number_is_opened_on_purpose(client: Any, signed_in: Any, settings: Any) -> None:
    settings.SEALING_KEY = "test" * 8
    officer = signed_in(client, "investment_officer")
    one = lead(by=officer)
    client.post(f"/pipeline/leads/{one}/person/", {"name": "向先生", "telephone": "13800001234"})
    page = body(client.get(f"/pipeline/leads/{one}/"))
    assert "13800001234" not in page
    assert "138****1234" in page
    (who,) = (int(part.split("/")[0]) for part in page.split(f"/pipeline/leads/{one}/people/")[1:])
    opened = client.post(f"/pipeline/leads/{one}/people/{who}/")
    assert "13800001234" in body(opened)
    assert opened.headers["Cache-Control"] == "no-store"


def test_a_lead_becomes_a_project(client: Any, signed_in: Any) -> None:
    officer = signed_in(client, "investment_officer")
    one = lead(by=officer)
    assert client.post(f"/pipeline/leads/{one}/land/", {"slug": "Not Good"}).status_code == 400
    assert client.post(f"/pipeline/leads/{one}/land/", {"slug": "sany-2"}).status_code == 302
    assert client.get("/projects/sany-2/lead/").headers["Location"] == f"/pipeline/leads/{one}/"
    assert "sany-2" in body(client.get(f"/pipeline/leads/{one}/"))


def test_an_event_whose_figures_do_not_hold_is_flagged(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer")
    told = [Announced("开发区", Measure.ZONES, 5), Announced("", Measure.AMOUNT, 10_647_000_000)]
    rows = [Line(part="开发区", place=name) for name in ("右玉", "上党", "阳城", "绛县")]
    event = meeting.record_meeting(
        zone=None, about=About("matching", "央企对接会", SEEN, said="签约", exact=False), lines=rows, announced=told,
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    page = body(client.get(f"/pipeline/meetings/{event}/"))
    assert "106.47\u2009亿元" in page
    assert page.count("▲") >= 2
    assert "▲" in body(client.get("/pipeline/meetings/?kind=matching"))


def test_a_visit_is_planned_and_reported(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer")
    one = lead()
    sent = {"kind": "out", "title": "深圳走访", "on": "2026-11-01", "lead": str(one), "project1": "甲", "amount1": "2 亿元",
            "told_projects": "1"}  # fmt: skip
    answer = client.post("/pipeline/meetings/new/", sent)
    assert answer.status_code == 302
    assert "深圳走访" in body(client.get("/pipeline/calendar/?month=2026-11"))
    where = answer.headers["Location"]
    assert client.post(f"{where}report/", {"said": "谈了用地"}).status_code == 302
    assert "谈了用地" in body(client.get(f"/pipeline/leads/{one}/"))
    assert client.post(f"{where}report/", {"said": "again"}).status_code == 400
    assert client.post("/pipeline/meetings/new/", sent | {"told_projects": "many"}).status_code == 400


def test_the_list_as_a_file_has_the_filters_of_the_page(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer")
    lead(amount=1_200_000_000)
    lead("同福集团")
    answer = client.get("/sheets/list/leads/?q=三一&as=csv")
    rows = b"".join(answer).decode("utf-8-sig").splitlines()[1:]
    assert len(rows) == 1
    assert rows[0].startswith("三一硅能科技有限公司,")
    assert ",120000" in rows[0]
    assert client.get("/sheets/list/leads/?as=xlsx").status_code == 200
    assert client.get("/sheets/list/meetings/?as=print").status_code == 200


def test_next_steps_and_visits_are_days_of_ones_own_calendar(client: Any, signed_in: Any) -> None:
    officer = signed_in(client, "investment_officer")
    one = lead(by=officer)
    actions.take_step(lead=one, step="回访", due=date(2026, 12, 1), stepper=officer.post, by=officer, at=NOW)
    about = About("out", "深圳走访", date(2026, 12, 3))
    meeting.record_meeting(zone="zgsfq", about=about, lines=[Line(lead=one)], by=officer, at=NOW)
    found = list(feed.days(officer, NOW, "zh", lambda path: f"https://x{path}"))
    assert [(day.uid, day.on) for day in found] == [(f"lead-{one}", date(2026, 12, 1)), (found[1].uid, about.on)]
    assert found == list(feed.days(officer, NOW + timedelta(hours=1), "zh", lambda path: f"https://x{path}"))
    shown = body(client.post("/notices/feeds/make/", {"about": "person", "project": ""}))
    address = re.search(r'value="http://testserver(/feeds/[^"]+)"', shown)
    assert address
    assert f"lead-{one}@luodi" in body(client.get(address[1])), "the feed that a calendar program asks holds them too"
    assert list(feed.days(signed_in(client, "enterprise_agent"), NOW, "zh", str)) == []


def test_what_is_not_recorded_can_be_asked_for(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer")
    lead(region="43")
    lead("同福集团")
    for query in ("area=none", "region=none"):
        page = body(client.get(f"/pipeline/list/?{query}"))
        assert "同福集团" in page
        assert "三一硅能" not in page
