"""The facts of a document, gathered by readers: what a case, a debt or a stop of works says, as the values of a template.

Nothing is asked of a person here, and nothing made up: what is not known stays empty and is printed as such.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts.readers import organisation
from luodi.cases.course import Told
from luodi.cases.readers import CasePage, case
from luodi.domain.clock.office import day_of
from luodi.domain.clock.rules import pause_rules
from luodi.domain.documents import papers as made
from luodi.domain.documents.kinds import PaperKind, kind, rules
from luodi.domain.documents.summaries import Summary
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.quantities import Quantity
from luodi.domain.handling.askings import asking_kinds
from luodi.domain.handling.corrections import correction_kinds
from luodi.domain.handling.staging import staging, start_by
from luodi.domain.vocabulary import DayUnit, Refusal, Text
from luodi.projects.readers import project as project_of
from luodi.workcalendar.readers import in_force
from luodi.zones.readers import may_decide

UNITS = {
    DayUnit.WORKING: ("个工作日", "working days"),
    DayUnit.CALENDAR: ("日", "days"),
    DayUnit.MONTHS: ("个月", "months"),
}

UNIT_NAMES = {"m2": "平方米", "m3": "立方米", "tce": "吨标准煤"}
"""Units of the form that are not Chinese words already."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues, and the paper that gives the power ("" where the act itself needs none)."""

    id: int
    code: str
    name: Text
    document: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a document needs but its number: `build` makes it once there is a head.

    `subject`: what it is issued for, the same for every version of it.  `until`: the last day it holds.
    `matter`: what it is about, as the enterprise is told; None: nobody is told.
    """

    kind: PaperKind
    subject: str
    case: str
    project: int | None
    slug: str
    zone: str
    office: Office
    issued: date
    build: Callable[[made.Head], made.Paper | Summary]
    of: int = 0
    until: date | None = None
    matter: Text | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """A case as it stood when the event happened that a document is about."""

    page: CasePage
    event: Told
    details: Mapping[str, object]
    subject: made.Subject
    file: ProjectFile


def of_case(number: str, kind_: str, seq: int | None, at: datetime) -> Gathered:
    """What a document about an event of a case says: event `seq`, or the last one that fits the kind.  Twenty queries at most.

    Raises `Refusal`: `no_such_case`, `no_paper_kind`, `nothing_to_issue`.
    """
    wanted = kind(kind_)
    page = case(number, now=at)
    if page is None:
        raise Refusal("no_such_case")
    events = [one for one in page.history if one.kind in wanted.events and seq in (None, one.seq)]
    gather = GATHERERS.get(kind_)
    if not events or gather is None:
        raise Refusal("nothing_to_issue", case=number, kind=wanted.name)
    event = events[-1]
    then = case(number, now=at, as_of=event.at)
    recorded = project_of(page.row.project)
    if then is None or recorded is None:
        raise Refusal("no_such_case")
    subject = subject_of(recorded.file, number, then.matter.name, then.matter.legal_basis, then.row.opened_at)
    happened = Happened(then, event, json.loads(event.details), subject, recorded.file)
    return Gathered(
        kind=wanted, subject=f"case:{number}:{kind_}:{event.seq}", case=number, project=recorded.id, slug=recorded.slug,
        zone=then.row.zone, office=_office(happened), issued=day_of(event.at), build=gather(happened), of=event.seq,
        matter=then.matter.name,
    )  # fmt: skip


def subject_of(file: ProjectFile, number: str, matter: Text, basis: str, received: datetime | None) -> made.Subject:
    """What a document says of the project, from its form."""
    told = {name: str(file.form.get(name) or "") for name in ("project_code", "applicant_name", "uscc", "site_address")}
    return made.Subject(
        case=number, matter=matter, basis=basis, project=file.name, code=told["project_code"],
        applicant=told["applicant_name"], uscc=told["uscc"], site=told["site_address"],
        received=day_of(received) if received else None,
    )  # fmt: skip


def _office(one: Happened) -> Office:
    """The organisation that handles the case; the power is the one kept with the decision, else that of the day."""
    row, on = one.page.row, day_of(one.event.at)
    document = str(one.details.get("document") or "")
    if not document:
        power = may_decide(row.organisation, row.matter, on)
        document = power.document if power else ""
    return Office(row.organisation, row.organisation_code, row.organisation_name, document)


def _acceptance(one: Happened) -> Callable[[made.Head], made.Paper]:
    row = one.page.row
    return lambda head: made.Acceptance(
        head, one.subject, day_of(one.event.at), _limit(one), row.due, row.promise_due, _names(one, "deferred")
    )


def _limit(one: Happened) -> Text:
    row = one.page.row
    if row.budget is None:
        return Text("法律没有规定期限", "no limit by law")
    unit, promised = UNITS[DayUnit(row.unit)], UNITS[DayUnit(row.promise_unit)]
    if row.promise is None:
        return Text(f"法定{row.budget}{unit[0]}", f"{row.budget} {unit[1]} by law")
    quick = ("当日办结", "the same day") if row.promise == 0 else (
        f"{row.promise}{promised[0]}办结", f"{row.promise} {promised[1]}"
    )  # fmt: skip
    return Text(f"法定{row.budget}{unit[0]}，承诺{quick[0]}", f"{row.budget} {unit[1]} by law, promised {quick[1]}")


def _non_acceptance(one: Happened) -> Callable[[made.Head], made.Paper]:
    needed = one.event.kind != "case.not_needed"
    return lambda head: made.NonAcceptance(head, one.subject, needed, one.event.reason, one.event.basis, rules().remedy)


def _correction(one: Happened) -> Callable[[made.Head], made.Paper]:
    kinds = correction_kinds()
    papers = one.details.get("papers")
    items = tuple(
        made.Item(kinds[str(row["kind"])].name, str(row["name"]), kinds[str(row["kind"])].tell, str(row["note"]))
        for row in (papers if isinstance(papers, list) else [])
    )
    due, times = date.fromisoformat(str(one.details["due"])), int(str(one.details.get("notice", 1)))
    return lambda head: made.Correction(head, one.subject, items, due, times, one.event.reason)


def _special(one: Happened) -> Callable[[made.Head], made.Paper]:
    rule = pause_rules(one.page.row.matter)[str(one.details["pause"])]
    until = one.details.get("until")
    return lambda head: made.SpecialProcedure(
        head, one.subject, rule.name, one.event.reason, one.event.basis or rule.basis, day_of(one.event.at),
        date.fromisoformat(str(until)) if until else None, rule.stops, one.page.row.used,
    )  # fmt: skip


def _consultation(one: Happened) -> Callable[[made.Head], made.Paper]:
    unit = organisation(str(one.details["organisation"]))
    name = unit.name if unit else Text(str(one.details["organisation"]), str(one.details["organisation"]))
    due = date.fromisoformat(str(one.details["due"]))
    way = asking_kinds()[str(one.details["kind"])].name
    return lambda head: made.Consultation(head, one.subject, name, way, one.event.reason, due)


def _decision(one: Happened) -> Callable[[made.Head], made.Paper]:
    owed = [debt for debt in one.page.debts if debt.kind == "deferral" and debt.state != "met"]
    papers = tuple(name for debt in owed for name in debt.papers)
    return lambda head: made.Decision(
        head, one.subject, one.event.kind.removeprefix("case."), one.page.matter.mode == "approval",
        bool(one.details.get("commitment")), one.event.reason, one.event.basis, papers,
        min((debt.due for debt in owed), default=None), rules().remedy,
    )  # fmt: skip


def _permit(one: Happened) -> Callable[[made.Head], made.Paper]:
    found = staging()
    stage = found.stages.get(one.page.row.matter)
    if stage is None:
        raise Refusal("nothing_to_issue", case=one.subject.case, kind=kind("permit").name)
    evidence = one.details.get("conditions")
    said = evidence if isinstance(evidence, dict) else {}
    met = tuple(made.Met(row.name, str(said.get(row.id, ""))) for row in stage.conditions)
    last = start_by(day_of(one.event.at), 0, in_force())
    rule = found.start
    return lambda head: made.Permit(
        head, one.subject, stage.covers, met, _scale(one.file), last, rule.basis, rule.extensions, rule.extension_months
    )


def _scale(file: ProjectFile) -> tuple[made.Fact, ...]:
    """The figures of the building works that a permit names."""
    area = file.form.get("floor_area")
    rows = (
        (Text("建筑面积", "Floor area"), area.get("total") if isinstance(area, Mapping) else None),
        (Text("用地面积", "Site"), file.form.get("land_area")),
        (Text("总投资", "Investment"), file.form.get("total_investment")),
        (Text("建设性质", "Kind of works"), file.form.get("construction_nature")),
    )
    return tuple(made.Fact(label, _figure(value)) for label, value in rows)


def _figure(value: object) -> str:
    """A figure as the applicant wrote it; a bare number with its unit."""
    if not isinstance(value, Quantity):
        return str(value or "")
    bare = value.written.replace(",", "").replace(".", "").strip().isdigit()
    return (
        f"{value.amount.normalize():,f} {UNIT_NAMES.get(value.unit or '', value.unit or '')}" if bare else value.written
    )


def _names(one: Happened, key: str) -> tuple[str, ...]:
    found = one.details.get(key)
    return tuple(str(name) for name in found) if isinstance(found, list) else ()


GATHERERS: Mapping[str, Callable[[Happened], Callable[[made.Head], made.Paper]]] = {
    "acceptance": _acceptance,
    "non_acceptance": _non_acceptance,
    "correction": _correction,
    "special_procedure": _special,
    "consultation": _consultation,
    "decision": _decision,
    "permit": _permit,
}
"""Kind -> what makes it of an event of a case."""
