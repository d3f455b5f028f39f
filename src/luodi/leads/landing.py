"""A lead becomes a project: the same case goes on, and nothing that is known is typed again."""

import json
import re
from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.leads.money import wan
from luodi.domain.vocabulary import Refusal
from luodi.leads import found
from luodi.leads.models import Lead
from luodi.leads.saying import held, kept, record
from luodi.projects import readers as projects
from luodi.projects.actions import assign_member, record_project
from luodi.zones import readers as zones

SLUG = re.compile(r"[a-z0-9](-?[a-z0-9])*", re.ASCII)


def become_project(*, lead: int, slug: str, by: Acting, at: datetime, key: str | None = None) -> str:
    """Record the project of a lead from what is known of it; its slug (empty: one is made).

    The owner joins its team as investment officer.  Raises `Refusal`: `lead_landed`, `lead_slug_wrong`, or what
    recording a project raises.
    """
    with transaction.atomic():
        row = held(lead)
        if row.project is not None:
            raise Refusal("lead_landed", project=row.project.slug)
        code = slug.strip().lower() or f"lead-{row.pk}"
        if not SLUG.fullmatch(code) or len(code) > 64 or projects.project(code) is not None:
            raise Refusal("lead_slug_wrong", field="slug", value=slug[:64] or code)
        record_project(
            slug=code,
            document=document(row, code, at),
            sample=row.sample,
            by=by,
            at=at,
            zone=row.zone_id,
            live=True,
            key=key,
        )
        project_row = projects.project(code)
        assert project_row is not None  # noqa: S101 - recorded above, in this transaction
        record("lead.landed", row, {"lead": row.pk, "project": code}, by, at)
        kept(row, kind="landed", word=code[:32], by=by, at=at)
        row.project_id = project_row.id
        row.save()
        found.keep(row, at)
        if row.owner_id is not None:
            assign_member(project=code, post=row.owner_id, role="investment", starts=day_of(at), by=by, at=at)
    return code


def join_project(*, lead: int, project: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Say that a project recorded before is what came of a lead.

    Raises `Refusal`: `lead_landed`, `project_unknown`, `lead_project_taken` (another lead has it).
    """
    project_row = projects.project(project)
    if project_row is None:
        raise Refusal("project_unknown", field="slug", slug=project[:64])
    with transaction.atomic():
        row = held(lead)
        if row.project is not None:
            raise Refusal("lead_landed", project=row.project.slug)
        if Lead.objects.filter(project=project_row.id).exists():
            raise Refusal("lead_project_taken", field="slug", project=project)
        record("lead.landed", row, {"lead": row.pk, "project": project}, by, at, key)
        kept(row, kind="landed", word=project[:32], by=by, at=at)
        row.project_id = project_row.id
        row.save()
        found.keep(row, at)


def document(row: Lead, slug: str, at: datetime) -> str:
    """The project file that says what the lead says; people of the company stay with the lead, where they are sealed."""
    today = day_of(at).isoformat()
    place = zones.zone(row.zone_id)
    form = {"applicant_name": row.company, "project_name": row.title}
    if row.uscc:
        form["uscc"] = row.uscc
    if row.amount is not None:
        form["total_investment"] = f"{wan(row.amount)} 万元"
    about: dict[str, object] = {"name": {"zh": row.title, "en": row.title}}
    if place is not None:
        about["zone"] = {"zh": place.name.zh, "en": place.name.en}
    file = {
        "project": {"id": slug}, "about": about, "form": form, "milestones": milestones(row),
        "options": {"as_of": today, "regime": "reform", "projected": True},
    }  # fmt: skip
    return json.dumps(file, ensure_ascii=False, indent=1)


def milestones(row: Lead) -> dict[str, str]:
    """The days that are known: first contact, and signing where that is where it stands."""
    known = {"contact": row.contacted.isoformat()}
    if row.stage == "signed":
        known["signed"] = row.staged.isoformat()
    return known
