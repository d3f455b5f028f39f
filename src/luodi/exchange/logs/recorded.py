"""Our own cases as an event log."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from luodi.cases.readers.whole import WholeCase, WholeEvent, whole
from luodi.domain.events.kinds import kinds
from luodi.exchange.logs.log import LogCase, LogEvent, Value

CASE_COLUMNS = (
    "matter",
    "matter_name",
    "project",
    "project_name",
    "zone",
    "unit",
    "unit_name",
    "mode",
    "budget",
    "promise",
)
EVENT_COLUMNS = ("seq", "kind", "state", "basis", "pause")
PREFIX = "case."
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cases.  `until`: what came after is left out, so that reading twice gives the same twice.

    `names`: with the names of officers; without, only their post and organisation.
    """

    until: datetime
    zones: Collection[str] | None = None
    projects: Collection[int] | None = None
    since: datetime | None = None
    names: bool = False
    language: str = "zh"


def recorded(scope: Scope, matters: dict[str, str]) -> Iterator[LogCase]:
    """The cases of a scope, one after the other.  `matters`: names by id.  Three queries for every 500 cases."""
    for case in whole(projects=scope.projects, zones=scope.zones, since=scope.since):
        if case.opened_at <= scope.until:
            yield _case(case, scope, matters)


def activities(language: str) -> tuple[str, ...]:
    """Every activity such a log can name, in the language."""
    return tuple(rule.name[language] for id_, rule in kinds().items() if id_.startswith(PREFIX))


def _case(case: WholeCase, scope: Scope, matters: dict[str, str]) -> LogCase:
    values: dict[str, Value | None] = {
        "matter": case.matter, "matter_name": matters.get(case.matter, case.matter), "project": case.project,
        "project_name": case.project_name[scope.language], "zone": case.zone, "unit": case.organisation,
        "unit_name": case.organisation_name[scope.language], "mode": case.mode, "budget": case.budget, "promise": case.promise,
    }  # fmt: skip
    events = tuple(_event(one, case, scope) for one in case.events if one.at <= scope.until)
    return LogCase(case.number, events, {key: value for key, value in values.items() if value is not None})


def _event(event: WholeEvent, case: WholeCase, scope: Scope) -> LogEvent:
    values: dict[str, Value] = {"seq": event.seq, "kind": event.kind}
    if event.writes is not None:
        values["state"] = int(event.writes)
    if event.basis:
        values["basis"] = event.basis
    if '"pause"' in event.details and (pause := json.loads(event.details).get("pause")):
        values["pause"] = str(pause)
    who = event.who if scope.names else event.who.partition(BETWEEN)[2] or event.who
    rule = kinds().get(event.kind)
    words = rule.name[scope.language] if rule else event.kind
    return LogEvent(words, event.at, who, case.organisation_name[scope.language], attributes=values)
