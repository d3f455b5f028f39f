"""Writing the record of dealings, and what both sides' people are told."""

from collections.abc import Mapping
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.dealings.models import Term as TermRow
from luodi.domain.dealings.terms import Term, said
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.ledgers.booking import CHINA
from luodi.projects.readers import Recorded


def record(
    kind: str, project: Recorded, payload: Mapping[str, Json], *, by: Acting, at: datetime, key: str | None = None
) -> str:
    """Write the entry of an act in the project's chain, whose lock it takes; its hash."""
    written = append(
        chain=f"project:{project.slug}", kind=kind, by=by, at=at, zone=project.zone, project=project.slug, payload=payload,
        key=key,
    )  # fmt: skip
    return written.hash


def page_of(slug: str, kind: str) -> str:
    """Where an organisation of a kind reads the promises of a project: an enterprise in the portal, all others at the desk."""
    return f"/my/{slug}/promises/" if kind == "enterprise" else f"/projects/{slug}/promises/"


def told(term: Term) -> dict[str, Json]:
    """A term as the record holds it."""
    return {"kind": term.kind, "subject": term.subject, "said": said(term).zh, "words": term.words}


def value(row: "TermRow") -> Term:
    """A row as a value."""
    return Term(row.kind, row.subject, row.size, row.on, row.words)


def today(at: datetime) -> date:
    """The day of a moment in Shanxi."""
    return at.astimezone(CHINA).date()


def not_ahead(on: date, at: datetime, field: str = "on") -> date:
    """The day, unless it lies ahead.  Raises `Refusal`."""
    if on > today(at):
        raise Refusal("dealing_day_ahead", field=field, on=on)
    return on
