"""A lead's life: recorded, moved on, handed over, disputed, landed; and every project has its lead."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.leads.room import NOW, SEEN, TODAY, USCC, lead, zone
from tests.people import hired

from luodi.accounts.acting import SYSTEM
from luodi.domain.leads.announced import Announced, Measure
from luodi.domain.vocabulary import Refusal
from luodi.journal import readers as record
from luodi.leads import actions, adopting, crediting, history, landing, meeting, meetings, people, readers
from luodi.leads.actions import Facts
from luodi.leads.crediting import Share
from luodi.leads.meeting import About, Line
from luodi.leads.models import Person
from luodi.leads.readers import Sift
from luodi.projects import readers as projects
from luodi.projects.actions import record_project

pytestmark = pytest.mark.django_db


def test_a_lead_stands_in_lists_and_sums() -> None:
    one = lead(amount=1_200_000_000, region="43", sector="new_energy")
    lead("同福集团有限公司", region="13", amount=None)
    row = readers.lead(one)
    assert row is not None
    assert (row.stage, row.status, row.contacted, row.seq) == ("contact", "ongoing", SEEN, 3)
    assert [one.company for one in readers.listed(Sift(words="三一"))] == ["三一硅能科技有限公司"]
    assert readers.listed(Sift(zones=("elsewhere",))) == ()
    assert [one.company for one in readers.listed(Sift(area="jingjinji"))] == ["同福集团有限公司"]
    first = readers.stage_sums(Sift())[0]
    assert (first.stage, first.leads, first.amount, first.known) == ("contact", 2, 1_200_000_000, 1)
    assert {(one.word, one.leads) for one in readers.sums_by("region", Sift())} == {("43", 1), ("13", 1)}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"company": " "}, "text_missing"), ({"uscc": "91140000MA0KWX5C5X"}, "lead_uscc_wrong"),
        ({"contacted": TODAY + timedelta(days=1)}, "lead_day_ahead"), ({"sector": "magic"}, "lead_choice_unknown"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_lead(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        lead(**more)
    assert readers.listed(Sift()) == ()


def test_the_same_company_is_found_in_the_whole_province() -> None:
    one = lead(uscc=USCC)
    other = lead("湖南三一硅能科技集团", where="pinglu")
    found = {row.id for row in readers.alike("三一硅能科技有限责任公司")}
    assert found == {one, other}
    assert [row.id for row in readers.alike("全然不同", USCC)] == [one]
    assert readers.alike("同福") == ()
    with pytest.raises(Refusal, match="lead_uscc_taken"):
        lead("另一个名字", uscc=USCC)


def test_statuses_are_dated_rows_with_reasons() -> None:
    one = lead()
    with pytest.raises(Refusal, match="lead_rival_missing"):
        actions.set_status(lead=one, status="lost", reason="land", on=TODAY, by=SYSTEM, at=NOW)
    with pytest.raises(Refusal, match="lead_reason_wrong"):
        actions.set_status(lead=one, status="lost", reason="signed", rival="x", on=TODAY, by=SYSTEM, at=NOW)
    actions.set_status(lead=one, status="delayed", reason="financing", on=SEEN, by=SYSTEM, at=NOW)
    actions.set_status(lead=one, status="lost", reason="land", rival="邻省某区", on=TODAY, by=SYSTEM, at=NOW)
    rows = [row for row in history.turns(one) if row.kind == "status"]
    assert [(row.word, row.reason, row.rival) for row in rows] == [
        ("lost", "land", "邻省某区"), ("delayed", "financing", ""), ("ongoing", "", "")
    ]  # fmt: skip
    assert readers.listed(Sift()) == ()
    assert [row.id for row in readers.listed(Sift(status="lost"))] == [one]
    with pytest.raises(Refusal, match="lead_changed"):
        actions.set_status(lead=one, status="ongoing", reason="resumed", on=TODAY, seq=4, by=SYSTEM, at=NOW)


def test_stages_go_on_and_back_only_with_words() -> None:
    one = lead()
    actions.reach_stage(lead=one, stage="review", on=TODAY, note="", by=SYSTEM, at=NOW)
    with pytest.raises(Refusal, match="lead_stage_backwards"):
        actions.reach_stage(lead=one, stage="talks", on=TODAY, note="", by=SYSTEM, at=NOW)
    with pytest.raises(Refusal, match="lead_stage_of_project"):
        actions.reach_stage(lead=one, stage="production", on=TODAY, note="", by=SYSTEM, at=NOW)
    with pytest.raises(Refusal, match="lead_before_contact"):
        actions.reach_stage(lead=one, stage="signed", on=date(2026, 1, 1), note="", by=SYSTEM, at=NOW)


def test_days_without_an_owner_are_seen() -> None:
    first, second = hired("investment_officer"), hired("investment_officer")
    one = lead(by=first)
    actions.hand_over(lead=one, owner=None, on=date(2026, 10, 20), note="调离", by=first, at=NOW)
    actions.hand_over(lead=one, owner=second.post, on=date(2026, 11, 1), note="", by=first, at=NOW)
    row = readers.lead(one)
    assert row is not None
    assert row.owner == second.post
    (gap,) = history.unowned(row, history.turns(one), TODAY)
    assert (gap.since, gap.until, gap.days) == (date(2026, 10, 20), date(2026, 10, 31), 12)
    assert readers.listed(Sift(owner=0)) == ()


def test_a_dispute_is_a_new_row_and_shares_make_a_whole() -> None:
    one = lead()
    for name in ("综改示范区招商局", "学府园区"):
        crediting.claim_contact(lead=one, name=name, on=SEEN, evidence="来电记录", by=SYSTEM, at=NOW)
    short = [Share("甲", 6000), Share("乙", 3999)]
    with pytest.raises(Refusal, match="lead_shares_not_whole"):
        crediting.share_credit(lead=one, shares=short, on=TODAY, ground="会议", by=SYSTEM, at=NOW)
    for shares in ([Share("甲", 10_000)], [Share("甲", 6000), Share("乙", 4000)]):
        crediting.share_credit(lead=one, shares=shares, on=TODAY, ground="会议纪要", by=SYSTEM, at=NOW)
    rows = history.credits_of(one)
    assert [(row.kind, row.division, row.share, row.holds) for row in rows] == [
        ("claim", 0, None, False), ("dispute", 0, None, False), ("share", 1, 10_000, False), ("share", 2, 6000, True),
        ("share", 2, 4000, True),
    ]  # fmt: skip


def test_numbers_are_sealed_masked_and_opened_on_the_record(settings: Any) -> None:
    settings.SEALING_KEY = "test" * 8
    one = lead()
    people.add_person(
        lead=one, name="向先生", role="轮值董事长", telephone="13800001234", address="a@b.cn", by=SYSTEM, at=NOW
    )
    (row,) = history.people_of(one)
    assert (row.telephone, row.address) == ("138****1234", "a****")
    assert "13800001234" not in Person.objects.get().telephone
    assert people.open_number(lead=one, person=row.id, by=SYSTEM, at=NOW) == ("13800001234", "a@b.cn")
    assert [one.kind for one in record.entries(kinds=("page.read",)).records] == ["page.read"]
    with pytest.raises(Refusal, match="lead_phone_wrong"):
        people.add_person(lead=one, name="x", role="", telephone="12", address="", by=SYSTEM, at=NOW)


def test_a_lead_becomes_a_project_and_nothing_is_typed_again() -> None:
    officer = hired("investment_officer")
    one = lead(by=officer, uscc=USCC, amount=1_200_000_000)
    actions.reach_stage(lead=one, stage="signed", on=date(2026, 11, 20), note="", by=officer, at=NOW)
    slug = landing.become_project(lead=one, slug="", by=officer, at=NOW)
    found = projects.project(slug)
    assert found is not None
    assert found.live, "its matters are handled here from now on"
    assert found.file.milestones == {"contact": SEEN, "signed": date(2026, 11, 20)}
    assert (found.file.form["applicant_name"], found.file.form["uscc"]) == ("三一硅能科技有限公司", USCC)
    assert [row.post for row in projects.team(slug, TODAY)] == [officer.post]
    assert readers.of_project(slug) == readers.lead(one)
    with pytest.raises(Refusal, match="lead_landed"):
        landing.become_project(lead=one, slug="again", by=officer, at=NOW)
    assert adopting.follow(at=NOW) == 0


def test_a_project_without_a_lead_is_taken_up_and_followed() -> None:
    text = (
        "form: {{applicant_name: 甲有限公司, total_investment: 2 亿元}}\n"
        "milestones: {{contact: 2026-01-05{}}}\noptions: {{as_of: 2026-01-05}}\n"
    )
    record_project(slug="p", document=text.format(""), sample=True, zone=zone(), by=SYSTEM, at=NOW)
    assert adopting.follow(at=NOW) == 1
    row = readers.of_project("p")
    assert row is not None
    assert (row.company, row.amount, row.contacted, row.stage) == (
        "甲有限公司",
        200_000_000,
        date(2026, 1, 5),
        "contact",
    )
    more = text.format(", signed: 2026-03-01").replace("as_of: 2026-01-05", "as_of: 2026-03-01")
    record_project(slug="p", document=more, sample=True, by=SYSTEM, at=NOW)
    assert [adopting.follow(at=NOW) for _ in range(2)] == [1, 0]
    row = readers.of_project("p")
    assert row is not None
    assert (row.stage, row.staged, row.status) == ("signed", date(2026, 3, 1), "won")


def test_meetings_keep_their_lists_and_say_what_does_not_hold() -> None:
    one = lead()
    visit = About("out", "深圳考察", date(2026, 11, 30), place="深圳")
    planned = meeting.record_meeting(zone=zone(), about=visit, lines=[Line(lead=one)], by=SYSTEM, at=NOW)
    with pytest.raises(Refusal, match="lead_day_ahead"):
        meeting.report_meeting(meeting=planned, said="谈过", by=SYSTEM, at=NOW)
    event = meeting.record_meeting(
        zone=None, about=About("signing", "签约活动", date(2026, 11, 1), said="签约"),
        lines=[Line(project="甲", place="一区", amount=5), Line(project="乙", place="一区", amount=6)],
        announced=[Announced("", Measure.PROJECTS, 2), Announced("", Measure.AMOUNT, 12)], by=SYSTEM, at=NOW,
    )  # fmt: skip
    found = meetings.meeting(event)
    assert found is not None
    assert [(row.announced.measure, row.lacking) for row in found.wrong] == [(Measure.AMOUNT, 1)]
    assert [row.id for row in meetings.meetings(("zgsfq",))] == [planned, event]
    assert [row.id for row in meetings.meetings(None, lead=one)] == [planned]
    with pytest.raises(Refusal, match="no_such_lead"):
        meeting.record_meeting(zone=zone(), about=visit, lines=[Line(lead=424242)], by=SYSTEM, at=NOW)


def test_correcting_facts_keeps_what_they_were() -> None:
    one = lead()
    new = Facts(company="三一硅能科技有限公司", title="一期", contacted=SEEN, amount=5)
    actions.amend_lead(lead=one, facts=new, seq=3, by=SYSTEM, at=NOW)
    (entry,) = record.entries(kinds=("lead.amended",)).records
    assert '"was":{"amount":null,"title":"5GW 单晶硅"}' in entry.payload
    with pytest.raises(Refusal, match="lead_same_already"):
        actions.amend_lead(lead=one, facts=new, seq=4, by=SYSTEM, at=NOW)
    with pytest.raises(Refusal, match="lead_changed"):
        actions.amend_lead(lead=one, facts=new, seq=3, by=SYSTEM, at=NOW)
