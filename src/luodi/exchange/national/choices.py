"""What this place sends where the standard leaves a choice, or where a label was never seen: `data/national/mapping.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of
from luodi.domain.source.tables import read_table
from luodi.domain.source.tree import Leaf

FILE = "national/mapping.yaml"
Fixed = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Flow:
    """An approval flow we send.  `sections`: of industry; none: it takes whatever no other flow takes."""

    code: str
    zh: str
    type: int
    sections: tuple[str, ...]
    more: Fixed


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the flows.  `limit` in working days; None: the longest of its matters."""

    number: int
    standard: str
    milestone_kind: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the flows and the day from which it counts."""

    version: str
    since: date


@dataclass(frozen=True, slots=True)
class Choices:
    """All of `mapping.yaml`.  `basics`: by matter, the official codes under which 3.0 knows it; `basic`: the same for all."""

    system: str
    flows: tuple[Flow, ...]
    versions: tuple[Version, ...]
    stages: Mapping[int, Stage]
    milestone_matters: frozenset[str]
    stage_range: tuple[int, int]
    left_out_units: frozenset[str]
    matter: Fixed
    matter_codes: Fixed
    basic: Fixed
    basics: Mapping[str, Fixed]
    calendar: Mapping[str, int]
    project: Fixed
    land: Fixed
    nature: Fixed
    done_at: str
    unit_kind: int
    results: Mapping[str, int]
    unlimited: date
    case: Fixed
    other_special: int
    day_units: Mapping[str, int]
    special: Mapping[str, int]
    copy_of_failed: bool
    corrected: str
    withdrawn: str
    opinions_wanted: frozenset[int]

    def flow_of(self, industry: str) -> Flow:
        """The flow of a project by its industry code (`C3825`)."""
        section = industry[:1]
        return next((one for one in self.flows if section and section in one.sections), self.flows[-1])

    def version_on(self, day: date) -> Version:
        """The version in force on a day; before the first one, the first."""
        return max(
            (one for one in self.versions if one.since <= day), key=lambda one: one.since, default=self.versions[0]
        )


@cache
def choices() -> Choices:
    """The choices as shipped.  Raises `BadInput` with every fault."""
    return read_table(FILE, read_choices)


def read_choices(root: ask.Row) -> Choices:
    """`mapping.yaml`; a flow that takes the rest must be the last."""
    source_of(root), confidence_of(root)
    matters, project, special = (ask.child(root, key) for key in ("matters", "project", "special"))
    corrections, third = ask.child(root, "corrections"), ask.child(root, "matters_3")
    values = dict(_fixed(ask.child(project, "values")))
    known = Choices(
        system=ask.text(root, "system"),
        flows=tuple(_flow(row) for _, row in ask.rows(ask.child(root, "flows"))),
        versions=tuple(_version(row) for row in ask.children(root, "versions")),
        stages=MappingProxyType({int(key): _stage(int(key), row) for key, row in ask.rows(ask.child(root, "stages"))}),
        milestone_matters=frozenset(ask.texts(root, "milestone_matters")),
        stage_range=(ask.whole(root, "shortest_stage"), ask.whole(root, "longest_stage")),
        left_out_units=frozenset(ask.texts(root, "left_out_units")),
        matter_codes=_fixed(ask.child(matters, "codes")),
        matter={key: _value(matters, key) for key in ("standard", "applicant", "delivery", "instant", "promised")},
        calendar=_wholes(ask.child(root, "calendar_to_working")),
        project=values,
        basic={"DYBZSPSXBM": _value(third, "standard"), **_fixed(ask.child(third, "values"))},
        basics=MappingProxyType({key: _fixed(row) for key, row in ask.rows(ask.child(third, "codes"))}),
        land=_fixed(ask.child(project, "TDHQFS")),
        nature=_fixed(ask.child(project, "JSXZ")),
        done_at=ask.text(project, "done_at"),
        results=_wholes(ask.child(root, "results")),
        unlimited=_far(root, "unlimited"),
        unit_kind=ask.whole(root, "unit_kind"),
        case=_fixed(ask.child(root, "case")),
        other_special=ask.whole(special, "other"),
        day_units=_wholes(ask.child(special, "day_unit")),
        special=MappingProxyType({kind: _special(row) for kind, row in ask.rows(ask.child(special, "kinds"))}),
        copy_of_failed=ask.flag(corrections, "copy_of_failed"),
        corrected=ask.text(corrections, "zh"),
        withdrawn=ask.text(corrections, "withdrawn"),
        opinions_wanted=frozenset(_numbers(root, "opinions_wanted")),
    )
    for row in (matters, third, project, special, corrections, root):
        ask.close(row)
    return known


def _flow(row: ask.Row) -> Flow:
    more = ask.child_or_none(row, "more")
    flow = Flow(
        ask.text(row, "code"), ask.text(row, "zh"), ask.whole(row, "type"), ask.texts(row, "sections"),
        _fixed(more) if more else {},
    )  # fmt: skip
    ask.close(row)
    return flow


def _version(row: ask.Row) -> Version:
    version = Version(ask.text(row, "version"), ask.day(row, "since"))
    ask.close(row)
    return version


def _stage(number: int, row: ask.Row) -> Stage:
    stage = Stage(
        number, ask.text(row, "standard"), ask.whole(row, "milestone_kind"), ask.whole(row, "limit", None, low=1)
    )
    ask.close(row)
    return stage


def _special(row: ask.Row) -> int:
    """The code a kind of special procedure is sent under; 0 while none was confirmed."""
    ask.whole(row, "proposed", 0)
    code = ask.whole(row, "code", 0)
    ask.close(row)
    return code


def _fixed(row: ask.Row) -> Fixed:
    return MappingProxyType({key: _value(row, key) for key, _ in ask.entries(row)})


def _value(row: ask.Row, key: str) -> str | int:
    found = ask.node(row, key)
    return found.value if isinstance(found, Leaf) and isinstance(found.value, str | int) else ask.code(row, key, "")


def _wholes(row: ask.Row) -> Mapping[str, int]:
    return MappingProxyType({key: ask.whole(row, key) for key, _ in ask.entries(row)})


def _far(row: ask.Row, key: str) -> date:
    """A day that stands for none, so it may lie beyond what a day of ours may be."""
    return date.fromisoformat(ask.code(row, key) or "9999-01-01")


def _numbers(row: ask.Row, key: str) -> tuple[int, ...]:
    found = ask.node(row, key)
    items = getattr(found, "items", ())
    return tuple(one.value for one in items if isinstance(one, Leaf) and isinstance(one.value, int))
