"""The sample of leads: what the articles say of companies and events, and invented ones for the demo."""

from datetime import datetime, timedelta

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import recorded
from luodi.leads import actions, adopting, crediting, joining, landing, meeting, readers
from luodi.leads.actions import Facts
from luodi.leads.crediting import Share
from luodi.leads.meeting import About, Line
from luodi.leads.models import Lead, Turn
from luodi.leads.sample_file import GivenLead, GivenMeeting, given
from luodi.projects import readers as projects
from luodi.zones import readers as zones


def load(*, by: Acting, at: datetime) -> int:
    """Record what is not there yet; how many rows were new.  Zones, people and projects must be recorded before."""
    leads, meetings = given(day_of(at))
    known: dict[str, int] = {}
    done = 0
    for one in leads:
        done += _lead(one, known, by, at)
    for event in meetings:
        done += _meeting(event, known, by, at)
    done += adopting.follow(at=at)
    return done + sum(_one_case(known[one.id], one.played, by, at) for one in leads if one.played and one.id in known)


def _one_case(number: int, played: str, by: Acting, at: datetime) -> bool:
    """The project that plays an article's case in the demo is counted with the article's lead, once."""
    copy = readers.of_project(played)
    if copy is None or copy.same is not None or Turn.objects.filter(lead=copy.id, kind="joined").exists():
        return False
    joining.join_leads(lead=copy.id, into=number, note="演示中排演的同一项目，合计只算一次（示例）", by=by, at=at)
    return True


@transaction.atomic
def _lead(one: GivenLead, known: dict[str, int], by: Acting, at: datetime) -> bool:
    key = f"leads:{one.id}"
    if recorded(key):
        number = (
            Lead.objects.filter(company=one.words["company"], title=one.words["title"])
            .values_list("pk", flat=True)
            .first()
        )
        known |= {one.id: number} if number else {}
        return False
    if zones.zone(one.zone) is None:
        return False
    facts = Facts(contacted=one.contacted, amount=one.amount, **one.words)
    owner = _post(one.owner, at)
    number = actions.record_lead(
        zone=one.zone, facts=facts, owner=owner, step=one.step, due=one.due, sample=one.sample, by=by, at=at, key=key
    )
    known[one.id] = number
    if one.project and projects.project(one.project) is not None:
        landing.join_project(lead=number, project=one.project, by=by, at=at)
    landed = bool(Lead.objects.filter(pk=number).exclude(project=None))
    for stage, on in one.stages.items():
        if landed or stage in ("talks", "review", "signed"):
            actions.reach_stage(lead=number, stage=stage, on=on, note="", by=by, at=at)
    _beside(one, number, owner, by, at)
    return True


def _beside(one: GivenLead, number: int, owner: int | None, by: Acting, at: datetime) -> None:
    if one.gap and owner is not None:
        actions.hand_over(lead=number, owner=None, on=one.gap[0], note="原负责人调离（示例）", by=by, at=at)
        back = one.gap[1] + timedelta(days=1)
        actions.hand_over(lead=number, owner=owner, on=back, note="", by=by, at=at)
    if one.status:
        actions.set_status(
            lead=number, status=one.status, reason=one.reason, rival=one.rival, on=one.status_on, by=by, at=at
        )
    elif "signed" in one.stages:
        actions.set_status(lead=number, status="won", reason="signed", on=one.stages["signed"], by=by, at=at)
    if one.claimed:
        name, on, evidence = one.claimed
        crediting.claim_contact(lead=number, name=name, on=on, evidence=evidence, by=by, at=at)
    if one.shares:
        shares = [Share(name, percent * 100) for name, percent in one.shares.items()]
        crediting.share_credit(lead=number, shares=shares, on=day_of(at), ground="会议商定（示例）", by=by, at=at)


@transaction.atomic
def _meeting(one: GivenMeeting, known: dict[str, int], by: Acting, at: datetime) -> bool:
    key = f"meetings:{one.id}"
    if recorded(key) or (one.zone and zones.zone(one.zone) is None):
        return False
    lines = [
        Line(known.get(row.lead) if row.lead else None, row.part, row.project, row.place, "", row.amount)
        for row in one.rows
        if not row.lead or row.lead in known
    ]
    meeting.record_meeting(
        zone=one.zone or None, about=About(on=one.on, exact=one.exact, **one.words), lines=lines,
        announced=one.announced, sample=one.sample, by=by, at=at, key=key,
    )  # fmt: skip
    return True


def _post(username: str, at: datetime) -> int | None:
    """The first post of a sample person; None where the person is not there."""
    if not username:
        return None
    try:
        person = accounts.named(username)
    except Refusal:
        return None
    return next((one.id for one in accounts.posts(on=day_of(at), words=username) if one.person == person), None)
