"""The one form handed in: a dated revision of the project's file, and every application it touches issued anew."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.cases import readers as cases
from luodi.cases.actions.opening import subject_named
from luodi.cases.recording import roll
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.typed import Checked, check, recordable
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Plain, plain
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.leads import adopting
from luodi.notices.actions import tell
from luodi.papers.applying import Affected, affected, issue
from luodi.papers.drafts import Held, draft, held, missing, opened
from luodi.papers.models import Draft
from luodi.plans import actions as plans
from luodi.plans import readers as saved_plans
from luodi.projects import readers as projects
from luodi.projects.actions import assign_member, record_project


@dataclass(frozen=True, slots=True)
class Review:
    """A form as it would be handed in: what is wrong, what waits for the enterprise, and what it does to applications."""

    draft: Held
    checked: Checked
    affected: Affected | None  # None while something is wrong
    file: ProjectFile | None

    @property
    def ready(self) -> bool:
        """Whether it can be handed in."""
        return not self.checked.wrong and not self.draft.waiting


@dataclass(frozen=True, slots=True)
class Sent:
    """What handing in did; `moved_days`: calendar days by which the end of the project moved."""

    slug: str
    affected: Affected
    moved_days: int


def review(slug: str, *, at: datetime) -> Review:
    """Everything that stands in the way of handing in, at once.  Four queries.  Raises `Refusal`: `form_unknown`."""
    found = draft(slug)
    if found is None:
        raise missing(slug)
    words = opened(found)
    checked = check(words, complete=True)
    if checked.wrong:
        return Review(found, checked, None, None)
    file = projects.understood(document(found, words, day_of(at)))
    return Review(found, checked, affected(slug, file, found), file)


def submit(*, slug: str, seq: int, by: Acting, at: datetime, key: str | None = None) -> Sent:
    """Hand the form in for the enterprise: the project's file gets a revision, what it touches is issued anew.

    `seq`: the draft's when the page was shown.  Raises `Refusal`: `form_unknown`, `form_changed`, `only_the_applicant`,
    `form_not_complete`, `form_not_confirmed`, `form_sent_already`; `BadInput` where the project's file contradicts it.
    """
    with transaction.atomic():
        row = Draft.objects.select_for_update().filter(slug=slug).first()
        if row is None:
            raise missing(slug)
        found = held(row)
        _may_be_sent(found, seq, by)
        words = opened(found)
        text = document(found, words, day_of(at))
        before = projects.project(slug)
        sample = before.sample if before else _sample(found)
        record_project(slug=slug, document=text, sample=sample, by=by, at=at, zone=found.zone,
                       applicant=found.applicant, live=True)  # fmt: skip
        project = projects.project(slug)
        assert project is not None  # noqa: S101 - it has just been recorded
        adopting.follow_project(project=slug, at=at)
        done = affected(slug, project.file, found)
        written = append(
            chain=f"project:{slug}", kind="form.sent", by=by, at=at, zone=found.zone, project=slug, key=key,
            payload={"form": slug, "seq": found.seq, "changed": list(found.changed_places), "issued": list(done.issued),
                     "ended": list(done.ended)},
        )  # fmt: skip
        issue(project=project.id, slug=slug, file=project.file, draft=found, entry=written.hash, at=at)
        row.sent, row.sent_at = row.words, at
        row.save(update_fields=("sent", "sent_at"))
        moved = _settle(found, before is None, written.hash, by, at)
        _tell(project, done, at)
    return Sent(slug, done, moved)


def document(found: Held, words: Mapping[str, str], today: date) -> str:
    """The project file with this form: the recorded one with its other sections, or a new one that begins today."""
    recorded = projects.project(found.slug)
    sections: dict[str, Plain] = {}
    if recorded is not None:
        node = read_text(recorded.document, found.slug, Faults(found.slug))
        kept = plain(node) if node is not None else {}
        sections = kept if isinstance(kept, dict) else {}
    else:
        name = words.get("project_name", found.slug)
        sections = {
            "project": {"id": found.slug},
            "about": {"name": name},
            "milestones": {"contact": found.created.date().isoformat()},
            "options": {"as_of": today.isoformat(), "regime": "reform", "projected": True},
        }
    about = sections.get("about")
    if isinstance(about, dict) and "project_name" in found.changed_places:
        sections = {**sections, "about": {**about, "name": words.get("project_name", found.slug)}}
    return json.dumps({**sections, "form": recordable(words)}, ensure_ascii=False, indent=1, default=str)


def _may_be_sent(found: Held, seq: int, by: Acting) -> None:
    if by.organisation != found.applicant:
        raise Refusal("only_the_applicant")
    if found.seq != seq:
        raise Refusal("form_changed")
    if found.sent_at is not None and not found.changed_places:
        raise Refusal("form_sent_already", at=found.sent_at)
    if wrong := check(opened(found), complete=True).wrong:
        raise Refusal("form_not_complete", count=len(wrong))
    if found.waiting:
        raise Refusal("form_not_confirmed", count=len(found.waiting))


def _settle(found: Held, new: bool, entry: str, by: Acting, at: datetime) -> int:
    """A new project gets its team and its first plan; the plan of one under way is rolled on."""
    if new:
        posts = {found.begun_by, by.post} | ({found.mandate.post} if found.mandate else set())
        for number, post in accounts.posts_by_number(posts).items():
            role = {"navigator": "navigator", "enterprise_agent": "agent"}.get(post.kind)
            if role:
                assign_member(project=found.slug, post=number, role=role, starts=day_of(at), by=by, at=at)
        plans.announce(project=found.slug, by=by, at=at)
        return 0
    if saved_plans.current(found.slug) is None:
        return 0
    return roll(subject_named(found.slug), plans.Cause("facts_changed", entry=entry), by, at)


def _tell(project: projects.Recorded, done: Affected, at: datetime) -> None:
    """Tell the offices that handle a matter whose application is a new one."""
    rules = load()
    for case in cases.of_project(project.slug, now=at):
        if case.open and case.matter in done.anew:
            tell(
                organisations=[case.organisation],
                kind="application_changed",
                facts={"project": project.name, "matter": rules.matters[case.matter].name},
                link=f"/cases/{case.number}/",
                project=project.slug,
                at=at,
            )


def _sample(found: Held) -> bool:
    unit = accounts.organisation(found.applicant)
    return bool(unit and unit.sample)
