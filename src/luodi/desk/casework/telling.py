"""What is told of a case: its name, its clock as a picture and as rows, its events, roles, papers and debts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luodi.accounts.acting import Acting
from luodi.cases.course import Told
from luodi.cases.readers import CasePage
from luodi.desk import moments
from luodi.desk.casework import clock_picture, spoken
from luodi.desk.tongue import language
from luodi.domain.clock.office import day_of
from luodi.domain.events.kinds import kinds
from luodi.domain.handling.corrections import correction_kinds
from luodi.domain.vocabulary import Text

RUNS = Text("计时", "clock runs")
FACTS = {
    "document": Text("依据 {}", "under {}"),
    "result": Text("文号 {}", "document {}"),
    "due": Text("{} 前", "by {}"),
    "until": Text("预计到 {}", "expected until {}"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A row of the ledger of the clock: it ran, or stood still on a ground."""

    since: date
    until: date | None
    what: Text
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of corrections: what is missing, and by when."""

    due: str
    papers: tuple[str, ...]


def about(page: CasePage, today: date, spoken_in: str) -> dict[str, object]:
    """What every view of the case shows."""
    return {
        "page": page,
        "matter_name": page.matter.name,
        "spoken": spoken,
        "moments": moments,
        "today": today,
        "picture": clock_picture.draw(course(page, today, spoken_in), spoken_in),
        "event_name": event_name,
        "event_class": event_class,
        "event_facts": event_facts,
    }


def course(page: CasePage, today: date, spoken_in: str) -> clock_picture.Course:
    """The clock as the picture wants it."""
    row, reading = page.row, page.reading
    stops = tuple(
        clock_picture.Stop(
            day_of(one.since),
            day_of(one.until) if one.until else None,
            spoken.pause(one.kind, spoken_in),
            " · ".join(part for part in (one.reason, one.basis) if part),
        )
        for one in page.course.pauses
    )
    return clock_picture.Course(
        opened=day_of(row.opened_at),
        accepted=reading.started,
        ended=day_of(row.closed_at) if row.closed_at else None,
        today=today,
        promise_due=reading.promise_due,
        due=reading.due,
        stops=stops,
    )


def spans(page: CasePage) -> tuple[Span, ...]:
    """The ledger: running and standing still by turns, in order of time."""
    if page.reading.started is None:
        return ()
    result, since = [], page.reading.started
    for one in sorted(page.course.pauses, key=lambda pause: pause.since):
        begun = day_of(one.since)
        if begun > since:
            result.append(Span(since, begun, RUNS, "", ""))
        until = day_of(one.until) if one.until else None
        name = spoken.pause_name(one.kind)
        result.append(Span(begun, until, name, one.reason, one.basis))
        if until is None:
            return tuple(result)
        since = max(since, until)
    result.append(Span(since, page.reading.ended, RUNS, "", ""))
    return tuple(result)


def more(page: CasePage, acting: Acting) -> dict[str, object]:
    """What only the whole page shows.  No query."""
    open_askings = [one for one in page.askings if one.answered_at is None]
    return {
        "spans": spans(page),
        "roles": roles(page),
        "corrections": tuple(notices(page.history)),
        "debts": page.debts,
        "decision": decision(page),
        "answerable": {one.id for one in open_askings if one.organisation == acting.organisation},
    }


def roles(page: CasePage) -> dict[str, list[str]]:
    """The four roles with the people in them; the handling unit's owner first."""
    result: dict[str, list[str]] = {role: [] for role in spoken.ROLES}
    for part in page.parts:
        if part.until is None:
            result.setdefault(part.role, []).append(f"{part.name} · {part.organisation_name[language()]}")
    return result


def details(event: Told) -> dict[str, object]:
    """The facts of an event."""
    read = json.loads(event.details)
    return read if isinstance(read, dict) else {}


def notices(history: Sequence[Told]) -> list[Notice]:
    """Every notice of corrections with its papers, first to last."""
    return [
        Notice(str(facts.get("due", "")), tuple(paper(one) for one in items))
        for event in history
        if event.kind == "case.correction_asked"
        for facts in [details(event)]
        for items in [facts.get("papers") or []]
        if isinstance(items, list)
    ]


def paper(one: dict[str, str]) -> str:
    """A paper of a notice: `kind: name (note)`."""
    kind = correction_kinds().get(one.get("kind", ""))
    label = kind.name[language()] if kind else one.get("kind", "")
    name, note = one.get("name", ""), one.get("note", "")
    said = label if name in ("", label) or (kind and name == kind.name.zh) else f"{label}：{name}"
    return f"{said}（{note}）" if note else said


def decision(page: CasePage) -> dict[str, object] | None:
    """The decision with the paper that delegates the power to make it; None while there is none."""
    for event in reversed(page.history):
        if event.state in (11, 12, 13) and event.kind in ("case.granted", "case.granted_deferred", "case.denied"):
            return {"result": details(event).get("result", ""), "document": details(event).get("document", "")}
    return None


def event_name(event: Told) -> Text | str:
    """What an event is called, as the record calls it."""
    known = kinds().get(event.kind)
    return known.name if known else event.kind


def event_class(event: Told) -> str:
    """How the timeline marks it."""
    if event.kind in ("case.correction_asked", "case.paused"):
        return "stops"
    if event.kind in ("case.granted", "case.granted_deferred"):
        return "ends"
    return "grave" if event.kind in ("case.refused", "case.not_needed", "case.denied", "case.revoked") else "goes"


def event_facts(event: Told) -> list[str]:
    """The facts of an event that a person reads: the papers asked for, the day, the kind of pause, the document."""
    facts, said = details(event), papers_of(event)
    if facts.get("pause"):
        said.append(spoken.pause(str(facts["pause"]), language()))
    said.extend(FACTS[key][language()].format(facts[key]) for key in FACTS if facts.get(key))
    return said


def papers_of(event: Told) -> list[str]:
    """The papers an event asks for, in words."""
    items = details(event).get("papers")
    return [paper(one) for one in items if isinstance(one, dict)] if isinstance(items, list) else []
