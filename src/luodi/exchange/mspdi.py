"""The plan as Microsoft Project XML (MSPDI), which MS Project, ProjectLibre and WPS open: tasks, links, dates fixed.

Tasks carry must-start dates, because those programs do not know Chinese make-up working days or statutory periods and
would otherwise move every date.  Schema: Microsoft Project XML Data Interchange, version of 2007.
"""

from datetime import date
from xml.etree import ElementTree as ET

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.planning.result import Plan, Step

NAMESPACE = "http://schemas.microsoft.com/project"
MUST_START_ON, FINISH_START = "2", "1"


def write(plan: Plan, catalogue: Catalogue, language: str) -> bytes:
    """An .xml file: one summary task a stage, one task a matter, one for the target milestone."""
    root = ET.Element("Project", xmlns=NAMESPACE)
    for key, value in (
        ("SaveVersion", "12"), ("Name", plan.project), ("Title", plan.name[language]),
        ("StartDate", _at(min(s.prepare_from for s in plan.steps), 8)), ("ScheduleFromStart", "1"),
        ("MinutesPerDay", "480"), ("DefaultStartTime", "08:00:00"), ("DefaultFinishTime", "17:00:00"),
    ):  # fmt: skip
        _put(root, key, value)
    tasks = ET.SubElement(root, "Tasks")
    numbers = {step.matter: i for i, step in enumerate(plan.steps, start=101)}
    stage = 0
    for step in plan.steps:
        if step.stage != stage:
            stage = step.stage
            _summary(tasks, stage, catalogue.stages[stage][language])
        _task(tasks, step, numbers, catalogue, language)
    _milestone(tasks, plan, catalogue, language)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _put(parent: ET.Element, key: str, value: str) -> None:
    ET.SubElement(parent, key).text = value


def _at(day: date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02d}:00:00"


def _summary(tasks: ET.Element, stage: int, name: str) -> None:
    task = ET.SubElement(tasks, "Task")
    for key, value in (
        ("UID", str(stage)),
        ("ID", str(stage)),
        ("Name", name),
        ("OutlineLevel", "1"),
        ("Summary", "1"),
    ):
        _put(task, key, value)


def _task(tasks: ET.Element, step: Step, numbers: dict[str, int], catalogue: Catalogue, language: str) -> None:
    number = str(numbers[step.matter])
    hours = max(0, (step.finish - step.start).days) * 8
    task = ET.SubElement(tasks, "Task")
    for key, value in (
        ("UID", number), ("ID", number), ("Name", step.name[language]), ("Type", "1"), ("OutlineLevel", "2"),
        ("Start", _at(step.start, 8)), ("Finish", _at(step.finish, 17 if hours else 8)), ("Duration", f"PT{hours}H0M0S"),
        ("DurationFormat", "7"), ("Critical", str(int(step.critical))), ("ConstraintType", MUST_START_ON),
        ("ConstraintDate", _at(step.start, 8)), ("Notes", f"{catalogue.units[step.unit][language]}; {step.limit.source}"),
    ):  # fmt: skip
        _put(task, key, value)
    for needed in step.requires:
        if needed in numbers:
            link = ET.SubElement(task, "PredecessorLink")
            _put(link, "PredecessorUID", str(numbers[needed]))
            _put(link, "Type", FINISH_START)


def _milestone(tasks: ET.Element, plan: Plan, catalogue: Catalogue, language: str) -> None:
    task = ET.SubElement(tasks, "Task")
    day = plan.span.finish
    for key, value in (
        ("UID", "99"), ("ID", "99"), ("Name", catalogue.milestones[plan.span.to_id].name[language]), ("OutlineLevel", "1"),
        ("Start", _at(day, 8)), ("Finish", _at(day, 8)), ("Duration", "PT0H0M0S"), ("Milestone", "1"),
        ("ConstraintType", MUST_START_ON), ("ConstraintDate", _at(day, 8)),
    ):  # fmt: skip
        _put(task, key, value)
