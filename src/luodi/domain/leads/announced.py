"""Whether what was announced of an event agrees with its own list: counts, places and amounts against the rows and names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luodi.domain.vocabulary import Text


class Measure(StrEnum):
    """What can be announced."""

    PROJECTS = "projects"
    ZONES = "zones"
    FIRMS = "firms"
    AMOUNT = "amount"  # whole yuan


MEASURES = {
    Measure.PROJECTS: Text("项目", "projects"), Measure.ZONES: Text("开发区", "zones"), Measure.FIRMS: Text("企业", "firms"),
    Measure.AMOUNT: Text("金额", "amount"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Announced:
    """One announced figure.  `part`: "" for the whole event, else the name of a part of it, as rows carry it."""

    part: str
    measure: Measure
    figure: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of an event's list.  What is not named is empty; `amount` None: not said."""

    part: str = ""
    project: str = ""
    zone: str = ""
    firm: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """An announced figure beside what the rows give.

    `agrees`: they are the same.  `bare`: no row names anything of the kind, so that nothing backs the figure.
    """

    announced: Announced
    found: int
    bare: bool

    @property
    def agrees(self) -> bool:
        """Whether the list gives just the announced figure."""
        return self.announced.figure == self.found

    @property
    def lacking(self) -> int:
        """By how much the list gives less than was announced (negative: more)."""
        return self.announced.figure - self.found


def compare(announced: Iterable[Announced], rows: Sequence[Listed]) -> tuple[Finding, ...]:
    """Every announced figure with what the rows of its part give; rows without a part count for the whole alone.

    Projects, zones and firms are counted by their names, each once; amounts are added.
    """
    return tuple(_finding(one, [row for row in rows if not one.part or row.part == one.part]) for one in announced)


def _finding(one: Announced, rows: Sequence[Listed]) -> Finding:
    if one.measure is Measure.AMOUNT:
        stated = [row.amount for row in rows if row.amount is not None]
        return Finding(one, sum(stated), not stated)
    names = {Measure.PROJECTS: "project", Measure.ZONES: "zone", Measure.FIRMS: "firm"}
    found = {name for row in rows if (name := str(getattr(row, names[one.measure])))}
    return Finding(one, len(found), not found)
