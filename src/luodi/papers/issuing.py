"""Issuing a document: of a case, a debt, a stop of works, a ledger, a month, or one that was made elsewhere."""

from collections.abc import Callable
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.papers.entering import Issued, entered
from luodi.papers.gathering import of_case
from luodi.papers.making import of_made
from luodi.papers.owing import of_debt, of_halt
from luodi.papers.summing import of_brief, of_completion, of_ledger


def issue(
    *,
    case: str,
    kind: str,
    by: Acting,
    at: datetime,
    of: int | None = None,
    key: str | None = None,
    taking: Callable[[], None] | None = None,
) -> Issued:
    """Issue a document about an event of a case: number `of` of its events, or the last one that fits the kind.

    What was issued for that event before, and still holds, is the answer.  About 0.2 s.  `taking` is called in the
    same transaction.  Raises `Refusal`: `nothing_to_issue`, those of templates and keys, `already_done`.
    """
    return entered(of_case(case, kind, of, at), by, at, key, taking)


def issue_owed(*, debt: int, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the paper of a debt: letter of commitment, undertaking to hand in later, letter for a certificate."""
    return entered(of_debt(debt, at), by, at, key)


def issue_stop(*, halt: int, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the order that stops works."""
    return entered(of_halt(halt, at), by, at, key)


def issue_completion(*, case: str, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the list of what every unit said at the completion acceptance."""
    return entered(of_completion(case, at), by, at, key)


def issue_ledger(
    *, organisation: str, since: date, until: date, by: Acting, at: datetime, key: str | None = None
) -> Issued:
    """Issue the ledger of an organisation (its code) over a span of days."""
    return entered(of_ledger(organisation, since, until, at), by, at, key)


def issue_brief(*, zone: str, year: int, month: int, by: Acting, at: datetime, key: str | None = None) -> Issued:
    """Issue the monthly brief of a zone."""
    return entered(of_brief(zone, year, month, at), by, at, key)


def issue_made(
    *, kind: str, pdf: bytes, project: str, about: str, by: Acting, at: datetime, key: str | None = None
) -> Issued:
    """Issue a finished PDF about a project, such as its wall chart: set whole above a strip with number, QR and code.

    `about` says what makes it the same again: what was issued for it before, and still holds, is the answer.
    Raises `Refusal`: `no_paper_kind`, `project_unknown`, `made_paper_too_large`, those of keys.
    """
    return entered(of_made(pdf, kind, project, about, by, at), by, at, key)
