"""Work stops on a site (relics found …): found, stopped at once, reported, measures laid down, resumed."""

import json
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.cases.actions.opening import subject_named
from luodi.cases.held import Subject, catalogue
from luodi.cases.models import Case, Halt
from luodi.cases.recording import act
from luodi.cases.telling import Facts, News
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.halting import frozen, halt_kinds, take_step
from luodi.domain.source.faults import hint
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import recorded
from luodi.plans.actions import Cause

RESUMERS = ("bureau_head",)
"""Kinds of post that may let works resume."""


def find(*, project: str, found: str, kind: str = "heritage", by: Acting, at: datetime, key: str | None = None) -> int:
    """Something was found on the site; what depends on building freezes at once.  The id of the halt.

    Raises `Refusal`: `no_halt_kind`, and those of a project that is not handled here.
    """
    kinds = halt_kinds()
    if kind not in kinds:
        raise Refusal("no_halt_kind", key=kind[:80], hint=hint(kind, kinds))
    with transaction.atomic():
        subject = subject_named(project)
        said = written.text(found, "found")
        row = Halt(
            project_id=subject.id, zone=subject.zone, kind=kind, found=said, found_at=at,
            freezes=json.dumps(frozen(kind, catalogue())),
        )  # fmt: skip
        row.save(force_insert=True)
        _tail(row, subject, "halt.found", {"found": said}, News("halt_ordered", _facts(subject, said), _link(subject)),
              by, at, key)  # fmt: skip
    return row.pk


def stop(*, halt: int, note: str = "", by: Acting, at: datetime, key: str | None = None) -> None:
    """Work has stopped and the site is protected."""
    _step(halt, "stopped", {"note": written.text(note, "note", empty=True)}, by, at, key)


def report(*, halt: int, to: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """The find was reported; `to`: the authority."""
    _step(halt, "reported", {"to": written.text(to, "to", longest=64)}, by, at, key)


def measures(
    *, halt: int, text: str, until: date | None = None, by: Acting, at: datetime, key: str | None = None
) -> None:
    """The authority laid down what is to be done; `until`: when works may be expected to go on, where it says so."""
    if until is not None and until < day_of(at):
        raise Refusal("pause_until_passed", until=until)
    _step(halt, "measures", {"text": written.text(text, "measures"), "until": until}, by, at, key)


def resume_work(*, halt: int, document: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Works resume on the written opinion of the authority (`document`); what was frozen goes on.

    Raises `Refusal("resume_needs_head")` for anybody but the head of a bureau.
    """
    if by.kind not in RESUMERS:
        raise Refusal("resume_needs_head")
    _step(halt, "resumed", {"document": written.line(document, "document")}, by, at, key)


def _step(halt: int, step: str, said: dict[str, Json], by: Acting, at: datetime, key: str | None) -> None:
    with transaction.atomic():
        row = Halt.objects.select_for_update(of=("self",)).select_related("project").filter(pk=halt).first()
        if row is None:
            raise Refusal("no_such_halt")
        if key and recorded(key):
            return
        subject = subject_named(row.project.slug)
        rule = take_step(row.kind, taken(row), step, at)
        setattr(row, rule.field, at)
        if step == "reported":
            row.reported_to = str(said["to"])
        if step == "measures":
            row.measures, row.until = str(said["text"]), said["until"]  # type: ignore[assignment]  # a date or None
        row.save()
        kind = "halt_lifted" if step == "resumed" else "halt_step"
        facts: Facts = {"project": subject.name, "step": rule.name}
        if step == "resumed":
            facts = _facts(subject, str(said["document"]))
        _tail(row, subject, f"halt.{step}", said, News(kind, facts, _link(subject)), by, at, key)


def taken(row: Halt) -> dict[str, datetime]:
    """The moments of the steps taken so far."""
    steps = ((one.id, getattr(row, one.field)) for one in halt_kinds()[row.kind].steps)
    return {step: at for step, at in steps if at is not None}


def _tail(
    row: Halt, subject: Subject, kind: str, said: dict[str, Json], news: News, by: Acting, at: datetime, key: str | None
) -> None:
    payload: dict[str, Json] = {
        "halt": row.pk,
        **{name: value for name, value in said.items() if value not in ("", None)},
    }
    begun = act(subject, kind, payload, by=by, at=at, key=key)
    waiting = json.loads(row.freezes)
    units = Case.objects.filter(project=subject.id, open=True, matter__in=waiting).values_list(
        "organisation_id", flat=True
    )
    told = News(news.kind, news.facts, news.link, applicant=True, organisations=frozenset(units))
    begun.settle(Cause("halt", entry=begun.entry), [told])


def _facts(subject: Subject, reason: str) -> Facts:
    return {"project": subject.name, "reason": reason[:200]}


def _link(subject: Subject) -> str:
    return f"/projects/{subject.slug}/board/"
