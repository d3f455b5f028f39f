"""The navigator's board: everything a project still needs, grouped by whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.cases.actions.opening import subject_named
from luodi.cases.limits import OWNER
from luodi.cases.readers.halted import HaltRow, halts
from luodi.cases.readers.inbox import of_project
from luodi.cases.readers.rows import Row
from luodi.cases.waiting import ground, names, needs
from luodi.debts.readers import DebtRow, owed
from luodi.domain.catalogue.matters import Matter
from luodi.domain.clock.office import day_of
from luodi.domain.planning.result import Step
from luodi.domain.vocabulary import Text
from luodi.plans.readers import current
from luodi.zones.readers import deciders

TURNS = ("applicant", "window", "unit", "other", "waiting", "nobody")
"""Whose turn: the enterprise, the window (may be dispatched now), the unit, another unit, other matters, no unit at all."""


@dataclass(frozen=True, slots=True)
class Needed:
    """A matter still needed.  `row`: its open case; `needs`: what it waits for; `step`: where the forecast has it."""

    matter: Matter
    turn: str
    row: Row | None
    needs: tuple[str, ...]
    why: Text
    step: Step | None


@dataclass(frozen=True, slots=True)
class Board:
    """A project's board.  `turns` has every group, in the order of `TURNS`; in a group what runs out first comes first."""

    turns: Mapping[str, tuple[Needed, ...]]
    done: tuple[Row, ...]
    debts: tuple[DebtRow, ...]
    halts: tuple[HaltRow, ...]
    critical: tuple[str, ...]
    finish: date | None


def board(project: str, *, now: datetime) -> Board:
    """The board of a live project.  At most eleven queries, however many matters.  Raises `Refusal` as a dispatch does."""
    subject, today = subject_named(project), day_of(now)
    known = ground(subject, today)
    rows = of_project(project, now=now)
    saved = current(project)
    steps = {one.matter: one for one in saved.plan.steps} if saved else {}
    open_ = {one.matter: one for one in rows if one.open}
    missing = [one for one in known.matters if one not in known.done and one not in open_]
    able = deciders(subject.zone, today, missing) if missing else {}
    found = [
        Needed(known.matters[id_], row.turn, row, (), Text("", ""), steps.get(id_))
        for id_, row in open_.items() if id_ in known.matters
    ]  # fmt: skip
    for id_ in missing:
        matter = known.matters[id_]
        waits = needs(matter, known)
        turn = "waiting" if waits else "applicant" if matter.unit == OWNER else "window" if id_ in able else "nobody"
        found.append(Needed(matter, turn, None, waits, names(waits), steps.get(id_)))
    return Board(
        {turn: tuple(sorted((one for one in found if one.turn == turn), key=_first)) for turn in TURNS},
        tuple(one for one in rows if not one.open),
        owed(today=today, slug=project, limit=500),
        halts(project, now=now, open_only=True),
        saved.plan.critical if saved else (),
        saved.finish if saved else None,
    )


def _first(one: Needed) -> tuple[date, date, str]:
    far = date.max
    return one.row.runs_out if one.row else far, one.step.start if one.step else far, one.matter.id
