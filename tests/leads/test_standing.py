"""Leads as they stood at a moment, and leads that are one case: counted once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from tests.leads.room import NOW, SEEN, TODAY, lead, zone
from tests.people import hired

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import Refusal
from luodi.leads import actions, adopting, crediting, history, joining, landing, meeting, meetings, people, readers
from luodi.leads.actions import Facts
from luodi.leads.meeting import About, Line
from luodi.leads.models import Lead, Turn
from luodi.leads.readers import Row, Sift
from luodi.projects.actions import record_project

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_everything_that_came_later_is_taken_back() -> None:
    """Whatever moves a lead is done an hour later: an hour before, all readers answer as they did then."""
    officer = hired("investment_officer")
    one, other = lead(by=officer, amount=5, region="43"), lead("同福集团", where="pinglu")
    before, then = seen(one), NOW + HOUR / 2
    later = NOW + HOUR
    move(one, other, later, by=officer.post)
    now = readers.lead(one)
    assert now is not None
    assert (now.stage, now.status, now.owner, now.step, now.project, now.amount) == (
        "review", "delayed", None, "回访", "sany-1", 6
    )  # fmt: skip
    assert seen(one, as_of=then) == before
    assert seen(one, as_of=later) == seen(one), "asked as of now it is the present"
    assert readers.listed(Sift(), as_of=NOW - HOUR) == ()
    assert readers.lead(one, as_of=NOW - HOUR) is None


def move(one: int, other: int, at: datetime, by: int | None) -> None:
    """Everything that can happen to a lead."""
    facts = Facts(company="三一", title="一期", contacted=SEEN - timedelta(days=3), amount=6, region="13")
    actions.amend_lead(lead=one, facts=facts, seq=3, by=SYSTEM, at=at)
    actions.amend_lead(lead=one, facts=replace(facts, title="二期"), seq=4, by=SYSTEM, at=at)
    actions.reach_stage(lead=one, stage="review", on=TODAY, note="", by=SYSTEM, at=at)
    actions.set_status(lead=one, status="delayed", reason="financing", on=TODAY, by=SYSTEM, at=at)
    actions.take_step(lead=one, step="回访", due=date(2026, 12, 1), stepper=by, by=SYSTEM, at=at)
    actions.hand_over(lead=one, owner=None, on=TODAY, note="", by=SYSTEM, at=at)
    landing.become_project(lead=one, slug="sany-1", by=SYSTEM, at=at)
    joining.join_leads(lead=other, into=one, note="", by=SYSTEM, at=at)
    crediting.claim_contact(lead=one, name="甲", on=SEEN, evidence="来电", by=SYSTEM, at=at)
    people.add_person(lead=one, name="向先生", role="", telephone="", address="", by=SYSTEM, at=at)
    meeting.record_meeting(zone=None, about=About("in", "来访", SEEN), lines=[Line(lead=one)], by=SYSTEM, at=at)


def seen(one: int, as_of: datetime | None = None) -> list[object]:
    """What every reader answers."""
    sifts = (
        Sift(), Sift(zones=("zgsfq",)), Sift(stage="contact"), Sift(status="delayed"), Sift(region="43"), Sift(area="jingjinji"),
        Sift(words="5GW"), Sift(owner=0), Sift(landed=False), Sift(late=date(2027, 1, 1)), Sift(programme="none"),
        Sift(area="none", joined=True),
    )  # fmt: skip
    found: list[object] = [readers.lead(one, as_of), readers.joined_with(one, as_of)]
    for sift in sifts:
        found += [readers.listed(sift, as_of=as_of), readers.stage_sums(sift, as_of)]
        found += [readers.sums_by("region", sift, as_of), readers.cards(sift, "contact", as_of=as_of)]
    found += [readers.open_steps(None, SEEN, date(2027, 1, 1), as_of), meetings.meetings(None, lead=one, as_of=as_of)]
    return [*found, history.turns(one, as_of), history.credits_of(one, as_of), history.people_of(one, as_of)]


def test_a_sift_asked_of_a_row_and_of_the_database_finds_the_same() -> None:
    """Every filter over leads that differ: the past and the present are asked the same question."""
    officer = hired("investment_officer")
    first = lead(by=officer, region="43", sector="new_energy", channel="chain", amount=7)
    actions.take_step(lead=first, step="回访", due=date(2026, 10, 20), stepper=None, by=SYSTEM, at=NOW)
    second = lead("同福集团", region="13", programme="")
    actions.set_status(lead=second, status="lost", reason="land", rival="x", on=TODAY, by=SYSTEM, at=NOW)
    lead("维维股份", where="pinglu")
    asked = [
        Sift(), Sift(status="any"), Sift(status="lost"), Sift(status="any", reason="land"), Sift(region="43"),
        Sift(region="none"),        Sift(area="jingjinji", status="any"), Sift(area="none"), Sift(sector="new_energy"),
        Sift(sector="none"),
        Sift(channel="chain"), Sift(words="同福", status="any"), Sift(owner=officer.post), Sift(owner=0), Sift(late=TODAY),
        Sift(landed=True), Sift(landed=False), Sift(zones=("pinglu",)), Sift(stage="contact"), Sift(stage="signed"),
    ]  # fmt: skip
    for sift in asked:
        assert readers.listed(sift, as_of=NOW) == readers.listed(sift), sift
        assert readers.stage_sums(sift, NOW) == readers.stage_sums(sift), sift


def test_what_was_said_of_a_visit_later_is_not_said_before() -> None:
    planned = meeting.record_meeting(zone=zone(), about=About("out", "走访", TODAY), lines=[], by=SYSTEM, at=NOW)
    meeting.report_meeting(meeting=planned, said="谈了用地", by=SYSTEM, at=NOW + HOUR)
    assert [found(planned, at) for at in (None, NOW + HOUR, NOW)] == ["谈了用地", "谈了用地", ""]
    assert meetings.meeting(planned, NOW - HOUR) is None
    assert [one.said for one in meetings.meetings(None, as_of=NOW)] == [""]


def found(number: int, as_of: datetime | None) -> str:
    """What was said at a meeting."""
    row = meetings.meeting(number, as_of)
    return row.said if row else "?"


def test_a_case_recorded_twice_is_counted_once() -> None:
    one, other, third = lead(amount=560), lead("三一集团", where="pinglu", amount=560), lead("别家")
    joining.join_leads(lead=other, into=one, note="同一项目", by=SYSTEM, at=NOW)
    assert sum(part.amount for part in readers.stage_sums(Sift())) == 560
    assert [row.id for row in readers.listed(Sift())] == [third, one]
    assert [row.id for row in readers.joined_with(one)] == [other]
    for into, code in ((other, "lead_joined_with_itself"), (one, "lead_same_already"), (424242, "no_such_lead")):
        with pytest.raises(Refusal, match=code):
            joining.join_leads(lead=other, into=into, note="", by=SYSTEM, at=NOW)
    for number, into in ((one, third), (third, other)):
        with pytest.raises(Refusal, match="lead_joined_on"):
            joining.join_leads(lead=number, into=into, note="", by=SYSTEM, at=NOW)
    joining.join_leads(lead=other, into=None, note="另有一处", by=SYSTEM, at=NOW)
    assert len(readers.listed(Sift())) == 3


def test_one_project_is_followed_at_once() -> None:
    text = (
        "form: {{applicant_name: 甲有限公司}}\nmilestones: {{contact: 2026-01-05{}}}\noptions: {{as_of: 2026-03-01}}\n"
    )
    for slug in ("p", "q"):
        record_project(slug=slug, document=text.format(""), sample=True, zone=zone(), by=SYSTEM, at=NOW)
    assert [adopting.follow_project(project="p", at=NOW) for _ in range(2)] == [1, 0]
    assert readers.of_project("q") is None
    record_project(slug="p", document=text.format(", signed: 2026-03-01"), sample=True, by=SYSTEM, at=NOW)
    assert adopting.follow_project(project="p", at=NOW) == 1
    row = readers.of_project("p")
    assert row is not None
    assert (row.stage, row.status) == ("signed", "won")


def test_older_acts_are_taken_from_the_record() -> None:
    """What was done before leads could be asked about the past has no rows but its entries."""
    one = lead()
    actions.amend_lead(lead=one, facts=Facts("三一", "一期", SEEN, amount=5), seq=3, by=SYSTEM, at=NOW + HOUR)
    landing.become_project(lead=one, slug="p", by=SYSTEM, at=NOW + HOUR)
    Turn.objects.filter(kind__in=("facts", "landed")).delete()
    Lead.objects.update(seq=3)
    step = import_module("luodi.leads.migrations.0003_rows_of_the_record")
    step.rows_of_the_record(apps, None)
    then: Row | None = readers.lead(one, NOW)
    assert then is not None
    assert (then.title, then.amount, then.project) == ("5GW 单晶硅", None, "")
