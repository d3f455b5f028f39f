"""Planned against done: for every row of the wall chart what was announced, and the days it has moved since.

No Django here: the page, the print and the tests draw from the same values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from luodi.desk import ink
from luodi.desk.charting import scale, words
from luodi.domain.planning.result import Plan, Step
from luodi.domain.vocabulary import Text

LATER, EARLIER = Text("晚", "late"), Text("早", "early")
ANNOUNCED = Text("公布的计划", "Announced")
TODAY = Text("今天", "Today")


@dataclass(frozen=True, slots=True)
class Announced:
    """What people were told: the steps of the announced plan by matter, and its milestones."""

    steps: Mapping[str, Step]
    milestones: Mapping[str, date]
    finish: date

    def moved(self, step: Step) -> int:
        """Calendar days the end of a step has moved since it was announced: positive is late, 0 where it is new."""
        was = self.steps.get(step.matter)
        return (step.finish - was.finish).days if was else 0


def announced(plan: Plan) -> Announced:
    """The announced plan, ready to be compared with."""
    return Announced({step.matter: step for step in plan.steps}, plan.milestones, plan.span.finish)


def dates(against: Announced | None, steps: Iterable[Step]) -> list[date]:
    """The announced dates of some steps: an axis must hold them too."""
    if against is None:
        return []
    known = (against.steps.get(step.matter) for step in steps)
    return [against.finish, *(day for was in known if was for day in (was.start, was.finish))]


def pencil(step: Step, top: float, along: scale.Scale, against: Announced) -> str:
    """Under the bar: the announced dates as a thin pencil line, lost days in vermilion after it, days won in jade."""
    was = against.steps.get(step.matter)
    if was is None:
        return ""
    under = {"y": top + 16.5, "height": 2}
    out = ink.rect(
        class_="told", x=along.x(was.start), width=along.length(was.start, was.finish), fill=ink.SLATE, **under
    )
    if step.finish > was.finish:
        length = along.length(was.finish, step.finish)
        out += ink.rect(class_="lost", x=along.x(was.finish), width=length, fill=ink.SEAL, **under)
    elif step.finish < was.finish:
        length = along.length(step.finish, was.finish)
        out += ink.rect(class_="won", x=along.x(step.finish), width=length, fill=ink.JADE, **under)
    return out


def beside(step: Step, against: Announced | None, language: str) -> str:
    """The figure beside a bar: its days, and by how many its end has moved."""
    said = words.beside(step, language)
    moved = against.moved(step) if against else 0
    return f"{said}{words.THIN}{signed(moved)}" if moved else said


def signed(days: int) -> str:
    """`+3` or `−2`, with a true minus."""
    return f"+{days}" if days > 0 else f"−{-days}" if days else "0"


def why(step: Step, against: Announced | None, language: str) -> str:
    """One line more for a bar's reasons: what was announced and how far it has moved."""
    was = against.steps.get(step.matter) if against else None
    if was is None:
        return ""
    moved = (step.finish - was.finish).days
    told = f"\n{ANNOUNCED[language]}: {words.span(was.start, was.finish)}"
    if not moved:
        return told
    count = words.days(abs(moved), language)
    side = (LATER if moved > 0 else EARLIER)[language]
    return f"{told}; {count} {side}" if language.startswith("en") else f"{told}，{side}{count}"
