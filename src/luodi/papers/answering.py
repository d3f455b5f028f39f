"""What an answer means before it is handed in: which matters apply, and what it adds to the way to the start of works."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from luodi.domain.catalogue.reading import load
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.reading import project_of
from luodi.domain.facts.typed import right, tree
from luodi.domain.planning.building import applicable
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Plan
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.source.tree import Leaf, Node, Table
from luodi.domain.vocabulary import Refusal
from luodi.workcalendar.readers import in_force, mark


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows from a form as it stands.

    `finish`, `days`: start of works, and calendar days from the first contact to it; None where no plan can be made.
    `assumed`: facts that nobody has given yet, taken as the rules take them.
    """

    matters: tuple[str, ...]
    finish: date | None
    days: int | None
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change of answers does: matters that are added and fall away, and calendar days more (negative: fewer)."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    days: int | None

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.days)


def answered(words: Mapping[str, str], document: str | None, today: date) -> Answer:
    """What follows from what was typed; what is wrong counts as not answered.  About 25 ms, nothing when asked again.

    `document`: the project file that is already recorded; its other sections count.
    """
    return _answered(tuple(sorted(words.items())), document, today, mark())


def difference(before: Answer, after: Answer) -> Difference:
    """From one answer to the next."""
    days = None if before.days is None or after.days is None else after.days - before.days
    return Difference(
        tuple(one for one in after.matters if one not in before.matters),
        tuple(one for one in before.matters if one not in after.matters),
        days,
    )


def project_with(words: Mapping[str, str], document: str | None, today: date) -> ProjectFile:
    """The project as it would be with these answers; what is wrong is left out.  Never raises for a wrong answer."""
    table, _lines = tree(right(words))
    faults = Faults("form")
    return project_of(_with_form(document, table, today), faults, load(), "form")


@lru_cache(maxsize=512)
def _answered(words: tuple[tuple[str, str], ...], document: str | None, today: date, _mark: object) -> Answer:
    catalogue = load()
    project = project_with(dict(words), document, today)
    try:
        found = plan(project, catalogue, start="contact", to="construction_start", calendar=in_force())
    except Refusal:  # no plan for these dates; what applies can be said all the same
        found = None
    span = found.span if isinstance(found, Plan) else None
    matters = tuple(matter.id for matter in applicable(project, catalogue))
    if span is None:
        return Answer(matters, None, None, project.assumed)
    return Answer(matters, span.finish, span.calendar_days, project.assumed)


def _with_form(document: str | None, form: Table, today: date) -> Table:
    """The tree of a project file with another form; without a file, one that begins today under all reforms."""
    node = read_text(document, "form", Faults("form")) if document else None
    entries: dict[str, Node] = dict(node.entries) if isinstance(node, Table) else {
        "milestones": _table(contact=today),
        "options": _table(as_of=today, regime="reform", projected=True),
    }  # fmt: skip
    return Table(MappingProxyType(entries | {"form": form}), form.line)


def _table(**values: date | str | bool) -> Table:
    return Table(MappingProxyType({key: Leaf(value, 1, str(value)) for key, value in values.items()}), 1)
