"""Promises after the signature: those of former officials taken over, and what was found about each."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.dealings import readers
from luodi.dealings.models import Clause, Outcome
from luodi.dealings.recording import not_ahead, page_of, record
from luodi.domain import written
from luodi.domain.dealings.kinds import kinds
from luodi.domain.dealings.promised import FOLLOWS, REASONED, STATES
from luodi.domain.dealings.terms import Term, read, said
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.notices.actions import tell
from luodi.projects.readers import Recorded

WORDS = 400
NAME, OFFICE = 60, 120


@dataclass(frozen=True, slots=True)
class Former:
    """Whose word it was, where that person has left: name and the office held; both may be empty."""

    name: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about a promise on a day: the state, what came in figures ("" where nothing can be counted)."""

    state: str
    actual: str = ""
    evidence: str = ""
    reason: str = ""


def record_promise(
    *, project: Recorded, term: Term, owner: int, due: date, document: str, former: Former, by: Acting, at: datetime,
    key: str | None = None, sample: bool = False,
) -> int:  # fmt: skip
    """Take a promise over that was not signed here: of a former official (新官理旧账), of a later agreement; its number.

    `owner`: the organisation that answers for it now.  Raises `Refusal`: `no_such_organisation`, `text_missing`.
    """
    unit = accounts.organisation(owner)
    if unit is None:
        raise Refusal("dealing_no_such_owner", field="owner")
    row = Clause(
        project_id=project.id, zone=project.zone, kind=term.kind, subject=term.subject, size=term.size, on=term.on,
        words=term.words, owner_id=owner, due=due, document=written.line(document, "document"),
        official=written.text(" ".join(former.name.split()), "official", longest=NAME, empty=True),
        office=written.text(" ".join(former.office.split()), "office", longest=OFFICE, empty=True),
        sample=sample, post_id=by.post or None, at=at,
    )  # fmt: skip
    payload: dict[str, Json] = {
        "term": term.kind, "subject": term.subject, "said": said(term).zh, "owner": unit.code, "due": due,
        "document": row.document, "office": row.office, "sample": sample,
    }  # fmt: skip
    with transaction.atomic():
        row.entry = record("promise.recorded", project, payload, by=by, at=at, key=key)
        row.save(force_insert=True)
        tell(
            organisations=(owner,), kind="promises_signed", facts={"project": project.name, "count": 1, "first": due},
            link=page_of(project.slug, unit.kind), project=project.slug, at=at, once=f"clause:{row.pk}",
        )  # fmt: skip
    return row.pk


def find(
    *, project: Recorded, clause: int, seen: int, finding: Finding, by: Acting, at: datetime, key: str | None = None
) -> None:
    """Record what became of a promise: a row is added, none is changed.

    `seen`: how many findings the page showed.  Raises `Refusal`: `no_such_clause`, `promise_found_meanwhile`,
    `promise_state_out_of_turn`, `promise_reason_missing`, `promise_evidence_missing`, and what is no amount or day.
    """
    row = readers.clause(clause)
    if row is None or row.project != project.slug:
        raise Refusal("no_such_clause")
    if finding.state not in STATES:
        raise Refusal("choice_missing", field="state")
    actual = _actual(row.term, finding, at)
    evidence = written.text(finding.evidence, "evidence", longest=WORDS, empty=True)
    reason = written.text(finding.reason, "reason", longest=WORDS, empty=True)
    if finding.state in REASONED and not reason:
        raise Refusal("promise_reason_missing", field="reason", state=STATES[finding.state])
    if finding.state not in REASONED and not evidence:
        raise Refusal("promise_evidence_missing", field="evidence")
    payload: dict[str, Json] = {
        "clause": clause, "state": finding.state, "actual": said(actual).zh if actual else "", "evidence": evidence,
        "reason": reason,
    }  # fmt: skip
    with transaction.atomic():
        entry = record("promise.found", project, payload, by=by, at=at, key=key)
        now = readers.clause(clause)
        if now is None or len(now.outcomes) != seen:
            raise Refusal("promise_found_meanwhile")
        if finding.state not in FOLLOWS[now.state]:
            raise Refusal(
                "promise_state_out_of_turn", field="state", was=STATES[now.state], state=STATES[finding.state]
            )
        Outcome.objects.create(
            clause_id=clause, state=finding.state, size=actual.size if actual else None, on=actual.on if actual else None,
            evidence=evidence, reason=reason, post_id=by.post or None, at=at, entry=entry,
        )  # fmt: skip


def _actual(promised: Term, finding: Finding, at: datetime) -> Term | None:
    """What came, in figures; None where nothing was given, or a text was promised."""
    if not finding.actual.strip() or kinds()[promised.kind].form == "text":
        return None
    actual = read(promised.kind, promised.subject, finding.actual, field="actual")
    if actual.on is not None:
        not_ahead(actual.on, at, "actual")
    return actual
