"""Who holds projects up: of each, the open case that runs out first; and which of some matters are decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from luodi.cases.models import Case
from luodi.domain.handling.states import AGREED
from luodi.domain.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Holding:
    """The open case of a project that runs out first, and how many are open beside it.  `turn`: whose move it is."""

    number: str
    matter: str
    organisation: Text
    turn: str
    runs_out: date
    open: int


def holding(projects: Collection[int]) -> dict[int, Holding]:
    """By project: its open case that runs out first.  One query."""
    rows = Case.objects.filter(project__in=list(projects), open=True).order_by("project_id", "runs_out", "id")
    found: dict[int, Holding] = {}
    columns = ("project_id", "number", "matter", "organisation__zh", "organisation__en", "turn", "runs_out")
    for project, number, matter, zh, en, turn, runs_out in rows.values_list(*columns):
        known = found.get(project)
        if known is None:
            found[project] = Holding(number, matter, Text(zh, en), turn, runs_out, 1)
        else:
            found[project] = Holding(
                known.number, known.matter, known.organisation, known.turn, known.runs_out, known.open + 1
            )
    return found


def agreed(projects: Collection[int], matters: Collection[str]) -> dict[int, frozenset[str]]:
    """By project: which of some matters were decided with yes.  One query."""
    states = [int(one) for one in AGREED]
    rows = Case.objects.filter(project__in=list(projects), matter__in=list(matters), state__in=states)
    found: dict[int, set[str]] = {}
    for project, matter in rows.values_list("project_id", "matter"):
        found.setdefault(project, set()).add(matter)
    return {project: frozenset(matters) for project, matters in found.items()}
