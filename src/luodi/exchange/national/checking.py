"""Every check before anything is written: which rows may go out, and one list of why the others may not."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from luodi.exchange.national.case_rows import CASES, EVENTS, SPECIAL
from luodi.exchange.national.choices import Choices
from luodi.exchange.national.event_checks import event_checks
from luodi.exchange.national.flow_rows import FLOWS, MATTERS, STAGES
from luodi.exchange.national.objecting import Objection
from luodi.exchange.national.project_rows import PROJECTS
from luodi.exchange.national.rows import Row
from luodi.exchange.national.standard import FAILED, Standard
from luodi.exchange.national.value_checks import value_checks

LASTING = frozenset({FLOWS, STAGES, MATTERS, PROJECTS})
"""Tables whose rows are remembered from batch to batch; of the others each batch holds parent and children together."""
Place = tuple[str, str]
Answers = Mapping[Place, int]
"""Table and key of rows that were written before, and what the other side said of each (SJSCZT)."""


@dataclass(slots=True)
class Checker:
    """Checks rows in the order of upload; knows which rows passed, so that no child goes out without its parent.

    Keeps a short key for each flow and project, and nothing of the rest: memory does not grow with the cases.
    """

    standard: Standard
    choices: Choices
    passed: set[Place] = field(default_factory=set)
    refused: set[Place] = field(default_factory=set)
    taken: dict[Place, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    matters: set[tuple[object, ...]] = field(default_factory=set)

    def check(
        self, rows: Sequence[Row], answers: Answers | None = None
    ) -> tuple[tuple[Row, ...], tuple[Objection, ...]]:
        """The rows that may go out, and the objections against these and the others.

        Rows come parents first; the events of a case come together.  A refused parent keeps back all below it: that is
        one objection, at the parent, with their number.
        """
        found: list[Objection] = []
        here = {(row.table, row.key) for row in rows}
        bad: dict[Place, Place | None] = {}  # refused row -> the refused one above it, None for its own fault
        for row in rows:
            above = self._above(row, bad, here, answers or {})
            own = [] if isinstance(above, tuple) else [*above, *self._own(row)]
            found += own
            if isinstance(above, tuple):
                bad[row.table, row.key] = above
            elif any(one.grave for one in own):
                bad[row.table, row.key] = None
            elif row.table == MATTERS:
                self.matters.add(_versions(row))
        found += self._events(rows, bad)
        for place in here:
            if place[0] in LASTING:
                (self.refused if place in bad else self.passed).add(place)
        kept = tuple(row for row in rows if (row.table, row.key) not in bad)
        return kept, tuple(_with_below(found, bad))

    def _above(
        self, row: Row, bad: Mapping[Place, Place | None], here: Collection[Place], answers: Answers
    ) -> Place | list[Objection]:
        """The refused row this one hangs on, else what is to be said of its parent."""
        if row.parent is None:
            return []
        if row.parent in bad:
            return bad[row.parent] or row.parent
        if row.parent in self.refused:
            return row.parent
        said = answers.get(row.parent)
        if said == FAILED:
            return [Objection(row, "national_parent_failed", self._named(row.parent))]
        if row.parent not in here and row.parent not in self.passed and said is None:
            return [Objection(row, "national_parent_missing", self._named(row.parent))]
        return []

    def _own(self, row: Row) -> Iterator[Objection]:
        yield from value_checks(row, self.standard, self.choices)
        table = self.standard.tables[row.table]
        if table.unique and table.name in LASTING:
            named = "/".join(str(row.values.get(code, "")) for code in table.unique)
            first = self.taken.setdefault((row.table, named), row.key)
            if first != row.key and all(row.values.get(code) is not None for code in table.unique):
                facts = {"columns": " + ".join(table.unique), "value": named, "other": first}
                yield Objection(row, "national_row_doubled", facts)
        if row.table == CASES and _versions(row) not in self.matters:
            named_so: dict[str, object] = {"flow": row.values.get("SPLCBM"), "matter": row.values.get("SPSXBM")}
            yield Objection(row, "national_matter_missing", named_so)
        limit = row.values.get("SPJDSX") if row.table == STAGES else row.values.get("SPSXBLSX")
        if row.table == STAGES and isinstance(limit, int):
            self.limits[row.key] = limit
        if row.table == MATTERS and isinstance(limit, int) and row.parent:
            stage = self.limits.get(row.parent[1])
            if stage is not None and limit > stage:
                yield Objection(row, "national_matter_over_stage", {"limit": limit, "stage": stage})

    def _events(self, rows: Sequence[Row], bad: dict[Place, Place | None]) -> Iterator[Objection]:
        """What is wrong with the events of each case; those after a refused one wait below it, since order is all."""
        cases: dict[str, tuple[list[Row], list[Row]]] = {}
        for row in rows:
            if row.table in (EVENTS, SPECIAL) and not (row.parent in bad or row.parent in self.refused):
                cases.setdefault(row.about, ([], []))[row.table == SPECIAL].append(row)
        for events, special in cases.values():
            for one in event_checks(events, special, self.choices):
                bad[one.row.table, one.row.key] = None
                yield one
            first = next((row for row in events if (row.table, row.key) in bad), None)
            if first is not None:
                late = events[events.index(first) + 1 :]
                keys = {first.key, *(row.key for row in late)}
                for row in (*late, *(one for one in special if one.key in keys)):
                    bad.setdefault((row.table, row.key), (first.table, first.key))

    def _named(self, place: Place) -> Mapping[str, object]:
        return {"table": self.standard.tables[place[0]].title, "key": place[1]}


def _versions(row: Row) -> tuple[object, ...]:
    """What a case and a matter of a flow have in common: city, flow and matter, both in their versions."""
    return tuple(row.values.get(code) for code in ("XZQHDM", "SPLCBM", "SPLCBBH", "SPSXBM", "SPSXBBH"))


def _with_below(found: Sequence[Objection], bad: Mapping[Place, Place | None]) -> Iterator[Objection]:
    """Each first grave objection against a row, with how many rows hang below it."""
    below: dict[Place, int] = {}
    for above in bad.values():
        if above is not None:
            below[above] = below.get(above, 0) + 1
    for one in found:
        count = below.pop((one.row.table, one.row.key), 0) if one.grave else 0
        yield Objection(one.row, one.code, one.facts, one.grave, count) if count else one
