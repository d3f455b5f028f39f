"""A signing typed in: its list grows, is pasted or uploaded, and all faults stand beside their fields at once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.leads.room import zone

from luodi.desk.pipeline import event_lists
from luodi.desk.pipeline.event_lists import Raw
from luodi.domain.vocabulary import Refusal
from luodi.leads import meetings

ABOUT = {"kind": "signing", "title": "集中签约", "on": "2026-11-01"}
PASTED = "企业\t项目名称\t投资额（亿元）\t开发区\n甲公司\t甲项目\t1.5\t一区\n乙公司\t乙项目\t3000 万元\t二区\n"


def body(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_list_is_read_by_its_head_or_by_order() -> None:
    assert event_lists.sent({"pasted": PASTED}, None) == (
        Raw("甲项目", "甲公司", "一区", "1.5 亿元"), Raw("乙项目", "乙公司", "二区", "3000 万元")
    )  # fmt: skip
    plain = {"pasted": "甲项目\t甲公司\t一区\t12000\n\n", "project3": "先写的"}
    assert event_lists.sent(plain, None) == (Raw("先写的"), Raw("甲项目", "甲公司", "一区", "12000"))
    with pytest.raises(Refusal, match="meeting_list_too_long"):
        event_lists.sent({"pasted": "甲\n" * 501}, None)


@pytest.mark.django_db
def test_a_list_of_any_length_is_recorded(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer", zone())
    typed = {f"project{place}": f"项目{place}" for place in range(1, 31)}
    answer = client.post("/pipeline/meetings/new/", ABOUT | typed | {"pasted": PASTED, "told_projects": "32"})
    assert answer.status_code == 302, body(answer)[-3000:]
    (event,) = meetings.meetings(None)
    assert len(event.items) == 32
    assert event.items[30].amount == 150_000_000
    assert not event.wrong


@pytest.mark.django_db
def test_more_rows_records_nothing_and_loses_nothing(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer", zone())
    file = SimpleUploadedFile("list.csv", "丙项目,丙公司,三区,5 亿元\n".encode())
    sent = ABOUT | {"project1": "先写的", "place": "太原", "pasted": PASTED, "list": file, "more": "1"}
    page = body(client.post("/pipeline/meetings/new/", sent))
    for words in (
        'name="seq" value="1"',  # else the draft of the browser brings back what was pasted, beside its rows
        'value="先写的"',
        'value="乙项目"',
        'value="丙项目"',
        'value="太原"',
        'name="project14"',
        'value="5 亿元"',
    ):
        assert words in page
    assert meetings.meetings(None) == ()


@pytest.mark.django_db
def test_all_faults_are_told_at_once(client: Any, signed_in: Any) -> None:
    signed_in(client, "investment_officer", zone())
    wrong = {"title": " ", "on": "soon", "amount1": "许多", "told_projects": "many", "pasted": "甲\t乙\t丙\t不少\n"}
    answer = client.post("/pipeline/meetings/new/", ABOUT | wrong)
    assert answer.status_code == 400
    page = body(answer)
    assert page.count('aria-invalid="true"') == 5
    assert "“不少”" in page
    bad = SimpleUploadedFile("list.xlsx", b"PK\x03\x04nothing")
    answer = client.post("/pipeline/meetings/new/", ABOUT | {"project1": "留着", "list": bad})
    assert answer.status_code == 400
    assert 'value="留着"' in body(answer)
