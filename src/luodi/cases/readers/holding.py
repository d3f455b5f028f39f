"""Who holds projects up: of each, the open case that runs out first; and which of some matters are decided."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from luodi.cases.models import Case
from luodi.cases.readers.lights import Lights
from luodi.cases.readers.rows import Row, Where, read
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


def holding(projects: Collection[int], as_of: datetime | None = None) -> dict[int, Holding]:
    """By project: its open case that runs out first, as it stood at a moment where one is given.  One query; then two."""
    if as_of is not None:
        return _held_then(projects, as_of)
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


def agreed(
    projects: Collection[int], matters: Collection[str], as_of: datetime | None = None
) -> dict[int, frozenset[str]]:
    """By project: which of some matters were decided with yes, by a moment where one is given.  One query; then two."""
    states = [int(one) for one in AGREED]
    rows: Iterable[tuple[int, str]]
    if as_of is None:
        cases = Case.objects.filter(project__in=list(projects), matter__in=list(matters), state__in=states)
        rows = cases.values_list("project_id", "matter")
    else:
        where = Where().among("c.matter", sorted(matters)).among("{s}.state", states)
        rows = ((project, row.matter) for project, row in _standing(where, projects, as_of))
    found: dict[int, set[str]] = {}
    for project, matter in rows:
        found.setdefault(project, set()).add(matter)
    return {project: frozenset(matters) for project, matters in found.items()}


def _held_then(projects: Collection[int], as_of: datetime) -> dict[int, Holding]:
    """As `holding`, from the last event of each case up to the moment."""
    found: dict[int, Holding] = {}
    for project, row in _standing(Where(), projects, as_of):
        if not row.open:
            continue
        first = found.get(project)
        found[project] = (
            Holding(row.number, row.matter, row.organisation_name, row.turn, row.runs_out, 1)
            if first is None
            else replace(first, open=first.open + 1)
        )
    return found


def _standing(where: Where, projects: Collection[int], as_of: datetime) -> Iterator[tuple[int, Row]]:
    """The cases of some projects as they stood, what ran out first on top, each with its project.  Two queries."""
    if not projects:
        return
    among = where.among("c.project_id", sorted(projects))
    rows = read(among, Lights(as_of), order="s.runs_out, c.id", as_of=as_of)
    project = dict(Case.objects.filter(pk__in=[one.id for one in rows]).values_list("id", "project_id"))
    for one in rows:
        yield project[one.id], one
