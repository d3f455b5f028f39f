"""A saved plan's JSON back as the value it was written from: the inverse of `plan_json.plan_document`.

It reads what luodi wrote; a file from elsewhere is read as a baseline only, with all its faults (`plan_json.read_baseline`).
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from luodi.domain.catalogue.matters import Kind, Number
from luodi.domain.planning.result import Debt, LowerBound, Move, Plan, Span, Status, Step
from luodi.domain.vocabulary import Confidence, DayUnit, Source, Text

FORMAT = 1
_day = lru_cache(maxsize=8192)(date.fromisoformat)


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan of a document.  Raises ValueError for another format, KeyError where something is missing."""
    if document["format"] != FORMAT:
        raise ValueError(f"not a plan of format {FORMAT}: {document['format']}")
    moves = document["moves"]
    bound = document["lower_bound"]
    return Plan(
        project=document["project"]["id"],
        name=_text(document["project"]["name"]),
        regime=document["regime"],
        levers=tuple(document["levers"]),
        as_of=_day(document["as_of"]),
        status=Status(document["status"]),
        milestones=MappingProxyType({id_: _day(day) for id_, day in document["milestones"].items()}),
        span=_span(document["span"]),
        lower_bound=LowerBound(bound["calendar_days"], _day(bound["finish"]), bound["proof"], _text(bound["words"])),
        steps=tuple(map(_step, document["steps"])),
        critical=tuple(document["critical"]),
        debts=tuple(map(_debt, document["debts"])),
        assumed_share=document["assumed_share"],
        moves=None if moves is None else tuple(map(_move, moves)),
        assumed_facts=tuple(document["assumed_facts"]),
        catalogue_digest=document["catalogue"]["digest"],
        catalogue_as_of=_day(document["catalogue"]["as_of"]),
        solver=document["solver"],
        solve_ms=document["solve_ms"],
        gap_days=document["gap_days"],
    )


def _text(both: Mapping[str, str]) -> Text:
    return Text(both["zh"], both["en"])


def _span(row: Mapping[str, Any]) -> Span:
    start, finish = _day(row["start"]), _day(row["finish"])
    return Span(row["from"], row["to"], start, finish, row["calendar_days"], row["working_days"])


def _step(row: Mapping[str, Any]) -> Step:
    return Step(
        matter=row["matter"],
        name=_text(row["name"]),
        stage=row["stage"],
        phase=row["phase"],
        unit=row["unit"],
        mode=row["mode"],
        prepare_from=_day(row["prepare_from"]),
        prepare_to=_day(row["prepare_to"]),
        start=_day(row["start"]),
        finish=_day(row["finish"]),
        float_days=row["float_days"],
        slack_days=row["slack_days"],
        critical=row["critical"],
        limit=_number(row["limit"]),
        levers=tuple(row["levers"]),
        requires=tuple(row["requires"]),
        starts_with=tuple(row["starts_with"]),
        driver=row["driver"],
        because=_text(row["applies_because"]),
        state=row["state"],
        projected=row["projected"],
    )


def _number(row: Mapping[str, Any]) -> Number:
    cites = row.get("cites", {})
    source = Source(cites.get("title", row["source"]), cites.get("article"), cites.get("link"), cites.get("place"))
    return Number(
        days=row["days"],
        unit=DayUnit(row["unit"]),
        kind=Kind(row["kind"]),
        confidence=Confidence(row["confidence"]),
        source=source,
        since=_day(row["since"]) if row["since"] else None,
        seen=_day(row["seen"]) if row["seen"] else None,
        note=_text(row["note"]) if "note" in row else None,
    )


def _debt(row: Mapping[str, Any]) -> Debt:
    return Debt(row["matter"], row["kind"], _text(row["what"]), _day(row["due"]), row["projected"])


def _move(row: Mapping[str, Any]) -> Move:
    return Move(row["matter"], _day(row["was"]), _day(row["now"]), row["days"], _text(row["why"]))
