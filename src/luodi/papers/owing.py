"""The papers of debts and of stops of works: commitment, undertaking, letter for a certificate, order to stop."""

from collections.abc import Callable
from datetime import date, datetime

from luodi.accounts.readers import organisation, organisations
from luodi.cases.readers import halt
from luodi.cases.readers.halted import HaltRow
from luodi.debts.readers import DebtRow, one
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.documents import papers as made
from luodi.domain.documents.kinds import kind
from luodi.domain.handling.breaching import ladder
from luodi.domain.vocabulary import Refusal, Text
from luodi.papers.gathering import Gathered, Office, subject_of
from luodi.projects.readers import project as project_of
from luodi.zones.readers import chain, decider, may_decide

RELICS = "heritage_survey"
"""The matter whose office orders works to stop where relics are found."""


def of_debt(debt: int, at: datetime) -> Gathered:
    """What the paper of a debt says.  Eight queries at most.  Raises `Refusal` (`no_such_document`)."""
    row = one(debt, day_of(at))
    recorded = project_of(row.project) if row else None
    if row is None or recorded is None:
        raise Refusal("no_such_document")
    rule = load().matters[row.matter]
    subject = subject_of(recorded.file, "", rule.name, rule.legal_basis, None)
    letter = row.kind == "letter"
    office = _decides(row.matter, row.zone, day_of(row.since)) if letter else _checks(row)
    return Gathered(
        kind=kind(row.kind), subject=f"debt:{debt}", case="", project=recorded.id, slug=recorded.slug, zone=row.zone,
        office=office, issued=day_of(row.since), build=BUILDERS[row.kind](row, subject), of=debt,
        until=row.due if letter else None, matter=rule.name,
    )  # fmt: skip


def of_halt(number: int, at: datetime) -> Gathered:
    """What the order to stop works says.  Eight queries at most.  Raises `Refusal` (`no_such_document`)."""
    row = halt(number, now=at)
    recorded = project_of(row.project) if row else None
    if row is None or recorded is None:
        raise Refusal("no_such_document")
    subject = subject_of(recorded.file, "", row.kind.name, "", None)
    return Gathered(
        kind=kind("stop_work"), subject=f"halt:{number}", case="", project=recorded.id, slug=recorded.slug,
        zone=row.zone, office=_decides(RELICS, row.zone, day_of(row.found_at)), issued=day_of(at),
        build=_stop(row, subject), of=number, matter=row.kind.name,
    )  # fmt: skip


def _commitment(row: DebtRow, subject: made.Subject) -> Callable[[made.Head], made.Paper]:
    unit = organisation(row.checker)
    checker = unit.name if unit else Text(row.checker, row.checker)
    rungs = tuple(rung.name for rung in ladder())
    return lambda head: made.Commitment(head, subject, row.text, row.standard, row.due, checker, rungs)


def _deferral(row: DebtRow, subject: made.Subject) -> Callable[[made.Head], made.Paper]:
    return lambda head: made.Deferral(head, subject, row.papers, row.due, row.grace_until)


def _letter(row: DebtRow, subject: made.Subject) -> Callable[[made.Head], made.Paper]:
    matters = load().matters
    accepted = tuple(matters[name].name for name in row.accepted_by if name in matters)
    return lambda head: made.CertificateLetter(head, subject, matters[row.matter].name, accepted, row.text)


def _stop(row: HaltRow, subject: made.Subject) -> Callable[[made.Head], made.Paper]:
    rules = load()
    names = {**{key: rule.name for key, rule in rules.matters.items()},
             **{key: rule.name for key, rule in rules.milestones.items()}}  # fmt: skip
    steps = tuple(made.Step(step.rule.name, step.rule.tell, step.due) for step in row.steps[1:-1])
    basis = f"《{row.kind.steps[0].source.title}》{row.kind.steps[0].source.article or ''}"
    freezes = tuple(names[key] for key in row.freezes if key in names)
    return lambda head: made.StopWork(
        head, subject, row.kind.name, row.found, day_of(row.found_at), row.kind.authority, basis, freezes, steps
    )


def _checks(row: DebtRow) -> Office:
    """The organisation that checks a debt receives the undertaking."""
    unit = organisation(row.checker)
    if unit is None:
        return _decides(row.matter, row.zone, day_of(row.since))
    power = may_decide(unit.id, row.matter, day_of(row.since))
    return Office(unit.id, unit.code, unit.name, power.document if power else "")


def _decides(matter: str, zone: str, on: date) -> Office:
    """Who decides a matter in a zone; where nobody does, the zone's committee.  Raises `Refusal` (`no_office_to_issue`)."""
    found = decider(matter, zone, on)
    if found is not None:
        return Office(found.organisation, found.code, found.name, found.document)
    for unit in organisations(kind="committee", zones=chain(zone), on=on):
        return Office(unit.id, unit.code, unit.name, "")
    raise Refusal("no_office_to_issue", zone=zone)


BUILDERS: dict[str, Callable[[DebtRow, made.Subject], Callable[[made.Head], made.Paper]]] = {
    "commitment": _commitment,
    "deferral": _deferral,
    "letter": _letter,
}
