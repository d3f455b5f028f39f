"""The plan as Microsoft Project XML (MSPDI), which MS Project, ProjectLibre and WPS open: calendar, tasks, links, dates fixed.

Tasks carry must-start dates, because those programs do not know statutory periods and would otherwise move every date.
The calendar of the file holds China's working days, so that what they compute again from start and duration is our finish.
Order and types of the elements: Microsoft Project XML Data Interchange, version of 2007.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.result import Plan, Step
from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import WorkCalendar, official
from luodi.exchange.mspdi_calendar import DAY_HOURS, FROM, TO, put, write_calendar

NAMESPACE = "http://schemas.microsoft.com/project"
MUST_START_ON, FINISH_START, START_START = "2", "1", "3"
DAYS, ELAPSED_DAYS, ELAPSED_HOURS = "7", "8", "6"
MORNING_TO_EVENING = 9
"""Hours from when a day's work begins to when it ends, the break included."""
SAME_DAY = str(-MORNING_TO_EVENING * 60 * 10)
"""A link's lag, in tenths of minutes, to what may begin on the day on which the one before it ends."""


def write(plan: Plan, catalogue: Catalogue, language: str, calendar: WorkCalendar | None = None) -> bytes:
    """An .xml file: one summary task a stage, one task a matter, one for the target milestone; `calendar`: None: as published."""
    days = calendar or official(projected=True)
    first, last = min(s.prepare_from for s in plan.steps), max(plan.span.finish, *(s.finish for s in plan.steps))
    root = ET.Element("Project", xmlns=NAMESPACE)
    for key, value in (
        ("SaveVersion", "12"), ("Name", plan.project), ("Title", plan.name[language]), ("ScheduleFromStart", "1"),
        ("StartDate", _at(first, FROM)), ("FinishDate", _at(last, TO)), ("CurrencyCode", "CNY"), ("CalendarUID", "1"),
        ("DefaultStartTime", f"{FROM:02}:00:00"), ("DefaultFinishTime", f"{TO:02}:00:00"),
        ("MinutesPerDay", str(DAY_HOURS * 60)), ("MinutesPerWeek", str(DAY_HOURS * 300)), ("HonorConstraints", "1"),
    ):  # fmt: skip
        put(root, key, value)
    write_calendar(root, days, first, last, language)
    tasks = ET.SubElement(root, "Tasks")
    known = {step.matter: (str(uid), step) for uid, step in enumerate(plan.steps, start=101)}
    for place, (stage, step) in enumerate(_rows(plan), start=1):
        if step is None:
            _summary(tasks, stage, place, catalogue.stages[stage][language])
        else:
            _task(tasks, step, place, known, days, catalogue, language)
    _milestone(tasks, plan, len(tasks) + 1, known, catalogue, language)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _rows(plan: Plan) -> Iterator[tuple[int, Step | None]]:
    """The stages (None) and below each its steps."""
    for stage in sorted({step.stage for step in plan.steps}):
        yield stage, None
        yield from ((stage, step) for step in plan.steps if step.stage == stage)


def _at(day: date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02d}:00:00"


def _summary(tasks: ET.Element, stage: int, place: int, name: str) -> None:
    task = ET.SubElement(tasks, "Task")
    for key, value in (
        ("UID", str(stage)), ("ID", str(place)), ("Name", name), ("OutlineLevel", "1"), ("Milestone", "0"), ("Summary", "1"),
    ):  # fmt: skip
        put(task, key, value)


Known = Mapping[str, tuple[str, Step]]
"""Matter -> number of its task, and its step."""


def _task(
    tasks: ET.Element, step: Step, place: int, known: Known, days: WorkCalendar, catalogue: Catalogue, language: str
) -> None:
    hours, format_ = _length(step, days)
    task = ET.SubElement(tasks, "Task")
    for key, value in (
        ("UID", known[step.matter][0]), ("ID", str(place)), ("Name", step.name[language]), ("Type", "1"), ("OutlineLevel", "2"),
        ("Start", _at(step.start, FROM)), ("Finish", _at(step.finish, TO if hours else FROM)), ("Duration", f"PT{hours}H0M0S"),
        ("DurationFormat", format_), ("Milestone", str(int(not hours))), ("Summary", "0"), ("Critical", str(int(step.critical))),
        ("ConstraintType", MUST_START_ON), ("ConstraintDate", _at(step.start, FROM)),
        ("Notes", f"{catalogue.units[step.unit][language]}; {step.limit.source}"),
    ):  # fmt: skip
        put(task, key, value)
    for needed in step.requires:
        if needed in known:
            uid, before = known[needed]
            _link(task, uid, FINISH_START, same_day=before.finish == step.start and before.finish > before.start)
    for begun in step.starts_with:
        if begun in known and begun not in step.requires:
            _link(task, known[begun][0], START_START, same_day=False)


def _length(step: Step, days: WorkCalendar) -> tuple[int, str]:
    """Hours from the first morning to the last evening, and how they are counted.

    Working days where a limit of working days begins and ends on one; else round the clock.  Nothing for what is done at once.
    """
    if step.start == step.finish:
        return 0, DAYS
    working = step.limit.unit is DayUnit.WORKING and days.is_workday(step.start) and days.is_workday(step.finish)
    if working:
        return days.count(step.start - timedelta(days=1), step.finish) * DAY_HOURS, DAYS
    return (step.finish - step.start).days * 24 + MORNING_TO_EVENING, ELAPSED_DAYS


def _link(task: ET.Element, uid: str, kind: str, *, same_day: bool) -> None:
    link = ET.SubElement(task, "PredecessorLink")
    put(link, "PredecessorUID", uid)
    put(link, "Type", kind)
    if same_day:
        put(link, "LinkLag", SAME_DAY)
        put(link, "LagFormat", ELAPSED_HOURS)


def _milestone(tasks: ET.Element, plan: Plan, place: int, known: Known, catalogue: Catalogue, language: str) -> None:
    task = ET.SubElement(tasks, "Task")
    day, rule = plan.span.finish, catalogue.milestones[plan.span.to_id]
    for key, value in (
        ("UID", "99"), ("ID", str(place)), ("Name", rule.name[language]), ("OutlineLevel", "1"), ("Start", _at(day, TO)),
        ("Finish", _at(day, TO)), ("Duration", "PT0H0M0S"), ("DurationFormat", DAYS), ("Milestone", "1"), ("Summary", "0"),
        ("ConstraintType", MUST_START_ON), ("ConstraintDate", _at(day, TO)),
    ):  # fmt: skip
        put(task, key, value)
    for needed in rule.requires:
        if needed in known and known[needed][1].finish <= day:
            _link(task, known[needed][0], FINISH_START, same_day=False)
