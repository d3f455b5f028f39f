"""Every project has its lead: one recorded without is taken up, and a milestone whose day has come moves the stage on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import SYSTEM
from luodi.domain.clock.office import day_of
from luodi.domain.leads.lists import lists
from luodi.domain.leads.names import bare
from luodi.leads.models import Lead
from luodi.leads.saying import held, record, turn
from luodi.projects import outlines
from luodi.projects import readers as projects
from luodi.projects.outlines import Reached, Sift

BATCH = 200
"""Projects taken up at one call: the next call takes the next ones."""


def follow(*, at: datetime) -> int:
    """Take up projects without a lead, and move on those of which a later milestone has come; how many changed.

    Once an hour, and bears to be called twice.  One query for the projects and one for the leads, then some for each
    that changes.
    """
    known = {row[0]: row[1:] for row in Lead.objects.exclude(project=None).values_list("project_id", "pk", "stage")}
    return _follow(outlines.reached(Sift(on=day_of(at), live=None)), known, at)


def follow_project(*, project: str, at: datetime) -> int:
    """The same for one project, in the transaction that wrote its milestones: its lead never lags behind.

    Whoever records a project's file calls it afterwards; days that come by themselves are left to `follow`.  Three queries
    where nothing changes.
    """
    known = {
        row[0]: row[1:] for row in Lead.objects.filter(project__slug=project).values_list("project_id", "pk", "stage")
    }
    return _follow(outlines.reached(Sift(on=day_of(at), slugs=(project,), live=None)), known, at)


def _follow(found: Iterable[Reached], known: Mapping[int, tuple[int, str]], at: datetime) -> int:
    today, done = day_of(at), 0
    fresh: list[Reached] = []
    for one in found:
        if one.id not in known:
            fresh.append(one)
        elif (step := ahead(one, known[one.id][1], today)) is not None:
            _move(known[one.id][0], *step, at)
            done += 1
    return done + _adopt(fresh[:BATCH], today, at)


def ahead(project: Reached, stage: str, today: date) -> tuple[str, date] | None:
    """The latest stage whose milestone has come, with its day, where that is later than the stage; else None."""
    stages = lists().stages
    come = [(one.place, one.id, project.days[one.milestone]) for one in stages.values()
            if one.milestone in project.days and project.days[one.milestone] <= today]  # fmt: skip
    if not come or max(come)[0] <= stages[stage].place:
        return None
    _place, word, day = max(come)
    return word, day


def _move(lead: int, stage: str, on: date, at: datetime) -> None:
    with transaction.atomic():
        row = held(lead)
        turn(row, kind="stage", on=on, word=stage, by=SYSTEM, at=at)
        row.stage, row.staged = stage, on
        if stage == "signed" and row.status in ("ongoing", "delayed"):
            turn(row, kind="status", on=on, word="won", reason="signed", by=SYSTEM, at=at)
            row.status, row.reason = "won", "signed"
        row.save()


def _adopt(found: list[Reached], today: date, at: datetime) -> int:
    texts = projects.documents([one.slug for one in found]) if found else {}
    count = 0
    for one in found:
        if one.zone:
            form = projects.understood(texts[one.slug]).form
            _take_up(one, str(form.get("applicant_name") or ""), str(form.get("uscc") or ""), today, at)
            count += 1
    return count


def _take_up(one: Reached, company: str, uscc: str, today: date, at: datetime) -> None:
    """The lead of a project that was recorded without one; it stands in the stage that its milestones say."""
    contacted = min((day for day in one.days.values() if day <= today), default=day_of(at))
    stage, staged = ahead(one, "contact", today) or ("contact", contacted)
    name = (company or one.name.zh or one.slug)[:200]
    row = Lead(
        zone_id=one.zone, project_id=one.id, company=name, bare=bare(name)[:200], uscc=uscc[:18],
        title=(one.name.zh or one.slug)[:200], amount=one.invested, contacted=contacted, stage=stage, staged=staged,
        sample=one.sample, created=at,
    )  # fmt: skip
    if stage != "contact":
        row.status, row.reason = "won", "signed"
    team = [member.post for member in projects.team(one.slug, today) if member.role == "investment"]
    row.owner_id = next(iter(team), None)
    with transaction.atomic():
        row.save(force_insert=True)
        shown = {
            "lead": row.pk, "company": name, "uscc": row.uscc, "title": row.title, "sector": "", "region": "", "channel": "",
            "programme": "", "amount": row.amount, "contacted": contacted, "source": "", "sample": row.sample,
        }  # fmt: skip
        record("lead.recorded", row, shown, SYSTEM, at)
        turn(row, kind="stage", on=contacted, word="contact", by=SYSTEM, at=at)
        if stage != "contact":
            turn(row, kind="stage", on=staged, word=stage, by=SYSTEM, at=at)
            turn(row, kind="status", on=staged, word="won", reason="signed", by=SYSTEM, at=at)
        turn(row, kind="owner", on=contacted, post=row.owner_id, by=SYSTEM, at=at)
        row.save()
