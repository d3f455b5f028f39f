"""Relics are found on a site: works stop at once, the find is reported, measures are laid down, works resume."""

from datetime import datetime, timedelta

from luodi.accounts.acting import Acting
from luodi.cases.models import Halt
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.domain.handling.halting import frozen, halt_kinds
from luodi.plans.actions import Cause
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.story import Story

KIND = "heritage"
FIND = "基坑东侧开挖至3.2米发现砖室墓一座（示例）"
MEASURES = "由文物部门抢救性发掘，发掘完成并出具意见后复工"


def watch(story: Story, at: datetime) -> None:
    """Once building has started, something may be found some weeks later; at most once in a project."""
    started = story.subject.file.milestones.get("construction_start")
    if started is None or started > day_of(at) or KIND in story.coming:
        return
    story.coming.add(KIND)
    chance = story.chance.of("halt")
    if chance.happens("halted"):
        moment = chance.after(at, chance.days("find"), story.calendar.days)
        story.calendar.at(moment, lambda now: find(story, chance, now))


def find(story: Story, chance: Chance, at: datetime) -> None:
    """As `actions.find` and the four steps after it, each at its own moment."""
    by = story.cast.navigator(day_of(at), chance)
    waiting = frozen(KIND, load())
    row = story.ledger.halt(story.subject, KIND, FIND, waiting, at)
    _tail(story, row, "halt.found", {"found": FIND}, by, at)
    days = story.calendar.days
    soon = chance.after(at, 0, days)
    report = chance.after(soon, 0, days)
    measures = chance.after(report, chance.between(2, 4), days)
    until = day_of(at) + timedelta(days=chance.days("halt"))
    last = max(chance.moment(days.next_workday(until)), chance.after(measures, 1, days))
    later = story.calendar.at
    later(soon, lambda now: _step(story, row, "stopped", {"note": "已停工并围护现场"}, by, now))
    later(report, lambda now: _step(story, row, "reported", {"to": halt_kinds()[KIND].authority.zh}, by, now))
    later(measures, lambda now: _step(story, row, "measures", {"text": MEASURES, "until": until}, by, now))
    later(last, lambda now: _resume(story, row, chance, now))


def _resume(story: Story, row: Halt, chance: Chance, at: datetime) -> None:
    by = story.cast.one(("bureau_head",), day_of(at), chance)
    _step(story, row, "resumed", {"document": f"示例文物函〔{at.year}〕{row.pk}号"}, by, at)
    story.look(story, at)


def _step(story: Story, row: Halt, step: str, said: dict[str, Json], by: Acting, at: datetime) -> None:
    rule = next(one for one in halt_kinds()[KIND].steps if one.id == step)
    setattr(row, rule.field, at)
    if step == "reported":
        row.reported_to = str(said["to"])
    if step == "measures":
        row.measures, row.until = str(said["text"]), said["until"]  # type: ignore[assignment]  # a date
    _tail(story, row, f"halt.{step}", said, by, at)


def _tail(story: Story, row: Halt, kind: str, said: dict[str, Json], by: Acting, at: datetime) -> None:
    entry = story.tie(kind, by, at, {"halt": row.pk, **said})
    story.tell(Cause("halt", entry=entry), at, always=True)
