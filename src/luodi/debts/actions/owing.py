"""Something is granted before it is proved: from now on it is owed."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.debts.actions.stepping import matter as rule_of
from luodi.debts.actions.stepping import say, step, what
from luodi.debts.models import Debt
from luodi.domain import written
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal


def owe(
    *,
    project: int,
    zone: str,
    matter: str,
    kind: str,
    text: str,
    due: date,
    standard: str = "",
    papers: Sequence[str] = (),
    checker: str = "",
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """Note a commitment or a deferral; its id.  `checker`: code of the organisation that checks it.

    Raises `Refusal` where the day has passed, or nothing is said of what is owed.
    """
    if kind not in ("commitment", "deferral"):
        raise ValueError(kind)
    row = Debt(
        project_id=project, zone=zone, matter=matter, kind=kind, text=written.text(text, "text"), due=ahead(due, at),
        standard=written.text(standard, "standard", empty=True), papers=json.dumps(list(papers), ensure_ascii=False),
        checker=checker, since=at, state="open",
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        said: dict[str, Json] = {"kind": kind, "text": row.text, "standard": row.standard, "papers": list(papers)}
        step(row, name="owed", kind="debt.owed", by=by, at=at, more={**said, "due": due, "checker": checker}, key=key)
        say(row, "debt_owed", at, matter=rule_of(matter).name, what=what(row), due=due)
    return row.pk


def issue_letter(
    *,
    project: int,
    zone: str,
    replaces: str,
    accepted_by: Sequence[str],
    text: str,
    expires: date,
    by: Acting,
    at: datetime,
    key: str | None = None,
) -> int:
    """Issue a letter that stands for the certificate of `replaces` until it expires, for the matters that accept it.

    Its id.  Raises `Refusal` where the catalogue lets a matter named here accept no such letter.
    """
    for one in accepted_by:
        letter = rule_of(one).letter
        if letter is None or letter.replaces != replaces:
            raise Refusal("letter_not_accepted_here", matter=rule_of(one).name, letter=rule_of(replaces).name)
    if not accepted_by:
        raise Refusal("letter_for_nothing")
    row = Debt(
        project_id=project, zone=zone, matter=replaces, kind="letter", text=written.text(text, "text"),
        accepted_by=json.dumps(list(accepted_by)), checker=by.organisation_code, since=at, due=ahead(expires, at),
        state="open",
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        said: dict[str, Json] = {"text": row.text, "accepted_by": list(accepted_by), "due": expires}
        step(row, name="issued", kind="letter.issued", by=by, at=at, more=said, key=key)
        say(row, "letter_issued", at, checker=False, what=what(row), until=expires)
    return row.pk


def ahead(due: date, at: datetime) -> date:
    """`due`, if it has not passed."""
    if due < day_of(at):
        raise Refusal("debt_due_in_the_past", due=due)
    return due
