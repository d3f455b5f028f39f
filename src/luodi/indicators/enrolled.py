"""The enrolment radar: projects and firms that could be in the statistics, what is missing, and what they would earn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from luodi.cases.readers.holding import agreed
from luodi.domain.indicators.enrolment import Missing, Reward, enrolment, missing, reward
from luodi.domain.vocabulary import Text
from luodi.indicators.models import Firm, FirmNote
from luodi.indicators.readers import by_then
from luodi.projects import outlines, then
from luodi.projects.outlining import YUAN

FILING, PERMITS = "project_filing", ("permit_foundation", "permit_below_zero", "permit_main")
"""The matters whose decisions are the papers that enrolment of an investment asks for."""


@dataclass(frozen=True, slots=True)
class Started:
    """A project whose investment could be enrolled.  `invested` 万元; `waited`: calendar days since its works began."""

    project: outlines.Reached
    invested: Decimal
    started: date
    waited: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """The same with what is `missing`: the papers still to be had."""

    project: outlines.Reached
    invested: Decimal
    started: date
    missing: tuple[Missing, ...]
    waited: int


@dataclass(slots=True)
class _Known:
    """What the notes of a firm add up to."""

    revenue: Decimal | None = None
    year: int | None = None
    enrolled: date | None = None
    left: date | None = None
    papers: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watched:
    """A firm on watch.

    `revenue`: 万元 of `year`; `state`: enrolled, ready (the threshold is reached), near, far or unknown; `short`: 万元
    to the threshold; `reward`: what it has earned, or would for enrolling now.
    """

    id: int
    name: str
    uscc: str
    zone: str
    strategic: bool
    sample: bool
    revenue: Decimal | None
    year: int | None
    state: str
    short: Decimal
    enrolled: date | None
    missing: tuple[Missing, ...]
    reward: Reward


STATES = {
    "ready": Text("已达标、未入统", "qualifies, not enrolled"),
    "near": Text("接近", "near"),
    "far": Text("培育", "on watch"),
    "unknown": Text("收入未报", "revenue not known"),
    "enrolled": Text("已入统", "enrolled"),
}
"""How a firm stands, the most urgent first."""


def started(zones: Collection[str] | None, today: date, as_of: datetime | None = None) -> tuple[Started, ...]:
    """Projects of the threshold or more whose works have begun and that are not enrolled, longest waiting first.

    One query; three of the past.
    """
    rule, found = enrolment().investment, []
    for one in then.reached(outlines.Sift(today, zones=zones), as_of):
        begun = one.days.get(rule.event, date.max)
        if begun <= today < one.days.get("statistics", date.max) and (one.invested or 0) >= rule.threshold * YUAN:
            found.append(Started(one, Decimal(one.invested or 0) / YUAN, begun, (today - begun).days))
    return tuple(sorted(found, key=lambda one: (-one.waited, one.project.id)))


def with_papers(rows: Sequence[Started], as_of: datetime | None = None) -> tuple[Candidate, ...]:
    """The same with the papers still to be had.  One query; two of the past."""
    papers = enrolment().investment.papers
    had = agreed([one.project.id for one in rows], (FILING, *PERMITS), as_of) if rows else {}
    found = []
    for one in rows:
        done = had.get(one.project.id, frozenset())
        held = {key for key, matters in (("filing", (FILING,)), ("started", PERMITS)) if done & frozenset(matters)}
        found.append(Candidate(one.project, one.invested, one.started, missing(papers, held), one.waited))
    return tuple(found)


def candidates(zones: Collection[str] | None, today: date, as_of: datetime | None = None) -> tuple[Candidate, ...]:
    """All that have started, with their papers.  Two queries; five of the past."""
    return with_papers(started(zones, today, as_of), as_of)


def firms(zones: Collection[str] | None, today: date, as_of: datetime | None = None) -> tuple[Watched, ...]:
    """The firms on watch, those that qualify and are not enrolled first; as known at a moment.  Two queries."""
    rows = by_then(Firm.objects.all() if zones is None else Firm.objects.filter(zone__in=list(zones)), as_of)
    listed = tuple(rows.order_by("id").values_list("id", "name", "uscc", "zone_id", "strategic", "sample"))
    known = _known([one[0] for one in listed], today, as_of)
    order = list(STATES)
    found = [_watched(one, known.get(one[0], _Known()), today) for one in listed]
    return tuple(sorted(found, key=lambda one: (order.index(one.state), one.short, one.id)))


def enrolments(zones: Collection[str], as_of: datetime | None = None) -> list[tuple[str, date]]:
    """Zone and day of every enrolment of a firm.  One query."""
    rows = by_then(FirmNote.objects.filter(kind="enrolled", firm__zone__in=list(zones)), as_of)
    return list(rows.order_by("on", "id").values_list("firm__zone_id", "on"))


def zone_of_firm(firm: int) -> str:
    """The zone of a firm, "" where there is none.  One query."""
    return Firm.objects.filter(pk=firm).values_list("zone_id", flat=True).first() or ""


def _known(firms: Sequence[int], today: date, as_of: datetime | None) -> dict[int, _Known]:
    found: dict[int, _Known] = {}
    rows = by_then(FirmNote.objects.filter(firm__in=firms, on__lte=today).order_by("on", "id"), as_of)
    for firm, kind, paper, on, amount in rows.values_list("firm_id", "kind", "paper", "on", "amount"):
        one = found.setdefault(firm, _Known())
        if kind == "revenue":
            one.revenue, one.year = amount, on.year
        elif kind == "paper":
            one.papers[paper] = on
        elif kind == "enrolled":
            one.enrolled, one.left = one.enrolled if one.left is None and one.enrolled else on, None
        else:
            one.left = on
    return found


def _watched(row: tuple[int, str, str, str, bool, bool], known: _Known, today: date) -> Watched:
    rules = enrolment()
    in_ = known.enrolled if known.left is None else None
    short = max(Decimal(0), rules.firm.threshold - known.revenue) if known.revenue is not None else rules.firm.threshold
    years = _whole_years(in_, today) if in_ else 0
    strategic = row[4]
    return Watched(
        *row, known.revenue, known.year, _state(known, in_), short, in_,
        () if in_ else missing(rules.firm.papers, known.papers), reward(rules.rewards, years=years, strategic=strategic),
    )  # fmt: skip


def _state(known: _Known, in_: date | None) -> str:
    rule = enrolment().firm
    if in_:
        return "enrolled"
    if known.revenue is None:
        return "unknown"
    return "ready" if known.revenue >= rule.threshold else "near" if known.revenue >= rule.near else "far"


def _whole_years(since: date, today: date) -> int:
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
