"""Rows of a case: itself, its events as the exchange wants them, its special procedures and decision papers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.clock.rules import pause_rules
from luodi.domain.handling.following import Happened, to_send
from luodi.domain.handling.states import State, state_rules
from luodi.exchange.national.choices import Choices
from luodi.exchange.national.flow_rows import in_working_days, matter_limit
from luodi.exchange.national.project_rows import PROJECTS, flow_of, project_key
from luodi.exchange.national.rows import Row, Value, city_of
from luodi.exchange.national.subjects import Handled, Happening, Result, Sent

CASES, EVENTS, SPECIAL = "SPGL_XMSPSXBLXXB", "SPGL_XMSPSXBLXXXXB", "SPGL_XMSPSXBLTBCXXXB"
RESULTS = "SPGL_XMSPSXPFWJXXB"
BETWEEN = " · "
"""Between name, post and organisation of who did something."""
COMMITTED = "commitment"


@dataclass(frozen=True, slots=True)
class Told:
    """A case's rows: its own, then those of its events, its special procedures, and the documents it ended with."""

    case: Row
    events: tuple[Row, ...]
    special: tuple[Row, ...]
    results: tuple[Row, ...]


def case_rows(sent: Sent, case: Handled, catalogue: Catalogue, choices: Choices) -> Told:
    """Everything the exchange gets of a case.  Of repeated corrections only the first pair goes out."""
    city, code = city_of(str(sent.file.form.get("site_region", ""))), sent.file.form.get("project_code")
    named: dict[str, Value] = {
        "XZQHDM": city, "GCDM": code if isinstance(code, str) and code else None, "SPSXSLBM": case.number,
    }  # fmt: skip
    parent = (CASES, case.number)
    events = events_to_send(case.events)
    rows = tuple(Row(EVENTS, f"{case.number}-{one.seq}", case.number, {**named, **_event(one, case, choices)}, parent)
                 for one in events)  # fmt: skip
    special = tuple(
        Row(SPECIAL, f"{case.number}-{one.seq}", case.number, {**named, **_special(one, choices)}, parent)
        for one in events
        if one.state is State.SPECIAL
    )
    own = Row(
        CASES,
        case.number,
        case.number,
        {**named, **_case(sent, case, catalogue, choices)},
        (PROJECTS, project_key(sent)),
    )
    results = tuple(
        Row(RESULTS, f"{case.number}-{one.id}", case.number, {**named, **_result(one, choices)}, parent)
        for one in case.results
    )
    return Told(own, rows, special, results)


def events_to_send(events: tuple[Happening, ...]) -> tuple[Happening, ...]:
    """The events the exchange gets, by the rules of handling (`to_send`)."""
    kept = {(one.state, one.at) for one in to_send([Happened(one.state, one.at) for one in events])}
    return tuple(one for one in events if (one.state, one.at) in kept)


def _case(sent: Sent, case: Handled, catalogue: Catalogue, choices: Choices) -> dict[str, Value]:
    flow, version = flow_of(sent, choices)
    committed = any(COMMITTED in one.details and _details(one).get(COMMITTED) for one in case.events)
    return {
        **choices.case,
        "SPSXBM": case.matter,
        "SPSXBBH": version.version,
        "SPLCBM": flow.code,
        "SPLCBBH": version.version,
        "SPBMBM": case.organisation,
        "SPBMMC": case.organisation_name,
        "BLSPSLBM": case.parallel or None,
        "SXBLSX": _limit(case, catalogue, choices),
        "LXR": str(sent.file.form.get("contact_name") or "") or None,
        "LXRSJH": str(sent.file.form.get("contact_phone") or "") or None,
        "SXGZCNZSPQK": "实行告知承诺制" if committed else None,
    }


def _limit(case: Handled, catalogue: Catalogue, choices: Choices) -> int | None:
    """What was promised, else what the law gives; before acceptance, and for notice periods, as the flow has it."""
    days, unit = (case.budget, case.unit) if case.promise is None else (case.promise, case.promise_unit)
    if days is not None:
        return in_working_days(days, unit, choices)
    matter = catalogue.matters.get(case.matter)
    return None if matter is None else matter_limit(matter, choices)


def _event(event: Happening, case: Handled, choices: Choices) -> dict[str, Value]:
    name, _, rest = event.who.partition(BETWEEN)
    office = rest.rpartition(BETWEEN)[2] or case.organisation_name
    return {
        "BLCS": office,
        "BLR": name or None,
        "BLZT": int(event.state),
        "BLYJ": opinion(event) or None,
        "BLSJ": event.at,
        "DWMC": case.organisation_name,
        "DWTYSHXYDM": case.organisation_uscc or None,
        "SJLY": choices.system,
    }


def opinion(event: Happening) -> str:
    """What is said of an event: the papers to correct, the reason and its ground, or the state's own word where it ends."""
    said = [event.reason.strip()]
    if event.state is State.CORRECTING:
        papers = _details(event).get("papers")
        listed = [_paper(one) for one in papers if isinstance(one, dict)] if isinstance(papers, list) else []
        said.insert(0, "；".join(one for one in listed if one))
    if event.basis:
        said.append(f"（{event.basis}）")
    words = " ".join(one for one in said if one)
    granted = event.state in (State.GRANTED, State.GRANTED_DEFERRED)
    return words or (state_rules()[event.state].name.zh if granted else "")


def _paper(paper: Mapping[str, object]) -> str:
    name, note = str(paper.get("name") or "").strip(), str(paper.get("note") or "").strip()
    return f"{name}：{note}" if name and note else name or note


def _special(event: Happening, choices: Choices) -> dict[str, Value]:
    kind = str(_details(event).get("pause") or "")
    rule = pause_rules().get(kind)
    days, unit = (rule.max_days or 0, str(rule.unit)) if rule else (0, "working_days")
    return {
        "TBCX": choices.special.get(kind) or choices.other_special,
        "TBCXMC": rule.name.zh if rule else None,
        "TBCXKSSJ": event.at,
        "TBCXSXLX": choices.day_units.get(unit if days else "working_days"),
        "TBCXSX": days,
    }


def _result(one: Result, choices: Choices) -> dict[str, Value]:
    return {
        "PFRQ": one.on,
        "PFWH": one.number,
        "PFWJBT": one.title,
        "PFWJYXQX": one.until or choices.unlimited,
        "FJMC": f"{one.number}.pdf",
        "FJLX": "pdf",
        "FJID": one.file,
        "SPJGLX": str(choices.results[one.kind]),
        "ZZBH": one.number,
        "ZZBS": one.file,
    }


def _details(event: Happening) -> Mapping[str, object]:
    found = json.loads(event.details)
    return found if isinstance(found, dict) else {}
