"""The sample figures, firms and round (`data/samples_indicators/figures.yaml`): all invented, marked so, by the same actions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.indicators.definitions import definitions
from luodi.domain.indicators.periods import Month, month_of
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Text
from luodi.indicators import actions, batched, batching, enrolling
from luodi.journal.readers import recorded
from luodi.projects import readers as projects
from luodi.zones import readers as zones

FILE = "samples_indicators/figures.yaml"
WHEN = ("now", "before", "year_before", "target")


@dataclass(frozen=True, slots=True)
class Given:
    """Figures of a zone or of a project by when they are of."""

    zone: str
    project: str
    indicator: str
    amounts: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class FirmGiven:
    """A firm with its revenue of last year, its papers, and how many months ago it was enrolled."""

    uscc: str
    name: str
    zone: str
    strategic: bool
    revenue: Decimal
    papers: tuple[str, ...]
    enrolled: int | None


@dataclass(frozen=True, slots=True)
class RoundGiven:
    """A round that everything enters which its rules allow."""

    zone: str
    name: Text
    days_ago: int
    evidence: str
    expected: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a project as a source gives it."""

    project: str
    event: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole file."""

    source: str
    events: tuple[Happened, ...]
    figures: tuple[Given, ...]
    firms: tuple[FirmGiven, ...]
    round: RoundGiven


def load(*, by: Acting, at: datetime) -> int:
    """Enter what is not there yet; how many rows were new.  Zones and projects must be recorded before."""
    file = sample()
    done = sum(_figure(one, file.source, by, at) for one in file.figures)
    done += sum(_firm(one, file.source, by, at) for one in file.firms)
    done += sum(_event(one, by, at) for one in file.events)
    return done + _round(file.round, by, at)


def sample() -> Sample:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    figures = (*_figures(ask.children(root, "figures"), "zone"), *_figures(ask.children(root, "projects"), "project"))
    found = Sample(
        ask.text(root, "source"),
        tuple(_happened(row) for row in ask.children(root, "events")),
        figures,
        tuple(_firms(ask.children(root, "firms"))),
        _round_of(ask.child(root, "round")),
    )
    ask.close(root)
    faults.settle()
    return found


def _figures(rows: tuple[ask.Row, ...], subject: str) -> Iterator[Given]:
    for row in rows:
        of, indicator = ask.text(row, subject), ask.choice(row, "indicator", definitions().indicators)
        amounts = {when: Decimal(ask.code(row, when)) for when in WHEN if ask.has(row, when)}
        yield Given(of if subject == "zone" else "", of if subject == "project" else "", indicator, amounts)
        ask.close(row)


def _firms(rows: tuple[ask.Row, ...]) -> Iterator[FirmGiven]:
    for row in rows:
        yield FirmGiven(
            ask.code(row, "uscc"), ask.text(row, "name"), ask.text(row, "zone"), ask.flag(row, "strategic"),
            Decimal(ask.code(row, "revenue")), ask.texts(row, "papers"), ask.whole(row, "enrolled_months_ago", None),
        )  # fmt: skip
        ask.close(row)


def _round_of(row: ask.Row) -> RoundGiven:
    expected = ask.child(row, "expected")
    found = RoundGiven(
        ask.text(row, "zone"), ask.pair(row), ask.whole(row, "days_ago", low=0), ask.text(row, "evidence"),
        {key: Decimal(ask.code(expected, key)) for key, _node in ask.entries(expected)},
    )  # fmt: skip
    ask.close(row)
    return found


def _happened(row: ask.Row) -> Happened:
    found = Happened(ask.text(row, "project"), ask.text(row, "event"), ask.day(row, "on"), ask.text(row, "source"))
    ask.close(row)
    return found


def _event(one: Happened, by: Acting, at: datetime) -> int:
    """The day of an event, where its project is recorded and the event is not."""
    key = f"sample:event:{one.project}:{one.event}"[:64]
    if projects.project(one.project) is None or recorded(key):
        return 0
    actions.reach_event(project=one.project, event=one.event, on=one.on, source=one.source, by=by, at=at, key=key)
    return 1


@transaction.atomic
def _figure(one: Given, source: str, by: Acting, at: datetime) -> int:
    zone = one.zone
    if one.project:
        found = projects.project(one.project)
        zone = found.zone if found else ""
    if zones.zone(zone) is None:
        return 0
    month = month_of(day_of(at)).before
    rule = definitions().indicators[one.indicator]
    done = 0
    for when, amount in one.amounts.items():
        period = str(month.year) if when == "target" else str(_of(when, month))
        key = f"sample:{zone}:{one.project}:{rule.id}:{period}"[:64]
        if recorded(key):
            continue
        actions.record_figure(
            zone=zone, indicator_id=rule.id, period_text=period, amount=amount, source=source, target=when == "target",
            project=one.project, sample=True, by=by, at=at, key=key,
        )  # fmt: skip
        done += 1
    return done


def _of(when: str, month: Month) -> Month:
    return {"now": month, "before": month.before, "year_before": month.year_before}[when]


@transaction.atomic
def _firm(one: FirmGiven, source: str, by: Acting, at: datetime) -> int:
    if recorded(f"sample:firm:{one.uscc}") or zones.zone(one.zone) is None:
        return 0
    today = day_of(at)
    firm = enrolling.record_firm(
        uscc=one.uscc, name=one.name, zone=one.zone, strategic=one.strategic, sample=True, by=by, at=at,
        key=f"sample:firm:{one.uscc}",
    )  # fmt: skip
    notes = [("revenue", "", date(today.year - 1, 12, 31)), *(("paper", paper, today) for paper in one.papers)]
    if one.enrolled is not None:
        notes.append(("enrolled", "", today - timedelta(days=round(one.enrolled * 30.44))))
    for kind, paper, on in notes:
        enrolling.note_firm(
            firm=firm, kind=kind, paper=paper, on=on, amount=one.revenue if kind == "revenue" else None, source=source,
            by=by, at=at,
        )  # fmt: skip
    return 1


@transaction.atomic
def _round(one: RoundGiven, by: Acting, at: datetime) -> int:
    if recorded("sample:round") or zones.zone(one.zone) is None:
        return 0
    today = day_of(at)
    batch = batching.open_batch(
        zone=one.zone,
        name=one.name,
        on=today - timedelta(days=one.days_ago),
        sample=True,
        by=by,
        at=at,
        key="sample:round",
    )
    row = batched.round_(batch)
    if row is None:
        return 0
    entries = [
        batching.Entry(project.slug, group, one.evidence, one.expected.get(project.slug))
        for group, found in batched.proposed(row, zones.subtree(one.zone), today).items()
        for project in found
    ]
    return 1 + len(batching.enter(batch=batch, entries=entries, by=by, at=at))
