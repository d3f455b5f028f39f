"""The pages of the pipeline asked as of a moment: they show what stood then, and the links on them stay there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.leads.room import NOW, SEEN, lead

from luodi.accounts.acting import SYSTEM
from luodi.leads import actions, meeting
from luodi.leads.meeting import About, Line

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def page(client: Any, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


@pytest.fixture
def moment() -> str:
    """Between what was and what came."""
    return timezone.localtime(NOW + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")


def test_yesterdays_state_is_shown_and_todays_rows_are_not(client: Any, signed_in: Any, moment: str) -> None:
    officer = signed_in(client, "investment_officer")
    one = lead(by=officer, amount=1_200_000_000)
    planned = meeting.record_meeting(
        zone="zgsfq", about=About("out", "深圳走访", SEEN), lines=[Line(lead=one)], by=SYSTEM, at=NOW
    )
    actions.reach_stage(lead=one, stage="review", on=SEEN, note="", by=SYSTEM, at=LATER)
    actions.set_status(lead=one, status="lost", reason="land", rival="邻省", on=SEEN, by=SYSTEM, at=LATER)
    actions.take_step(lead=one, step="再访一次", due=date(2026, 11, 25), stepper=None, by=SYSTEM, at=LATER)
    meeting.report_meeting(meeting=planned, said="谈了用地", by=SYSTEM, at=LATER)
    assert "三一硅能" not in page(client, "/pipeline/"), "lost: left out"
    board = page(client, "/pipeline/", as_of=moment)
    assert "三一硅能" in board
    assert "再访一次" not in board
    assert f'href="/pipeline/leads/{one}/?as_of=' in board, "the way on stays in the past"
    then = page(client, f"/pipeline/leads/{one}/", as_of=moment)
    assert "邻省" not in then
    assert f"/pipeline/leads/{one}/stage/" not in then, "nothing can be done there"
    assert "邻省" in page(client, f"/pipeline/leads/{one}/")
    assert "谈了用地" not in page(client, f"/pipeline/meetings/{planned}/", as_of=moment)
    assert "谈了用地" not in page(client, "/pipeline/meetings/", as_of=moment)
    for address in ("list", "sources"):
        assert "12\u2009亿元" in page(client, f"/pipeline/{address}/", as_of=moment)
    assert "再访一次" not in page(client, "/pipeline/calendar/", month="2026-11", as_of=moment)
    assert client.get(f"/pipeline/leads/{one}/", {"as_of": "2026-11-01"}).status_code == 404
    rows = b"".join(client.get("/sheets/list/leads/", {"as": "csv", "as_of": moment})).decode("utf-8-sig")
    assert "三一硅能" in rows


def test_a_case_recorded_twice_says_so_on_both_pages(client: Any, signed_in: Any) -> None:
    officer = signed_in(client, "investment_officer")
    one, other = lead(by=officer, amount=500_000_000), lead("三一集团", by=officer, amount=500_000_000)
    sent = {"into": str(one), "note": "同一项目", "seq": "3", "key": "k"}
    assert client.post(f"/pipeline/leads/{other}/same/", sent | {"into": "999999"}).status_code == 400
    assert client.post(f"/pipeline/leads/{other}/same/", sent).status_code == 302
    assert f'href="/pipeline/leads/{other}/"' in page(client, f"/pipeline/leads/{one}/")
    assert f'href="/pipeline/leads/{one}/"' in page(client, f"/pipeline/leads/{other}/")
    assert "5\u2009亿元" in page(client, "/pipeline/")
    assert "10\u2009亿元" not in page(client, "/pipeline/")
    assert client.post(f"/pipeline/leads/{other}/same/", {"into": "", "seq": "4", "key": "l"}).status_code == 302
    assert "10\u2009亿元" in page(client, "/pipeline/")
