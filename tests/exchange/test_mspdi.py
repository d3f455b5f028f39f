"""The plan as Microsoft Project XML: schema-valid; what a reader computes again from calendar, lengths and links is our plan."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Plan
from luodi.domain.workdays import official
from luodi.exchange import mspdi

P = f"{{{mspdi.NAMESPACE}}}"
SCHEMA = Path(__file__).parent / "mspdi.xsd"
HOURS = {(8, 12), (13, 17)}


@cache
def made(regime: str = "reform") -> tuple[Plan, Catalogue]:
    catalogue = load()
    file = samples.load("jinko", catalogue)
    answer = plan(file, catalogue, levers=catalogue.regimes[regime])
    assert isinstance(answer, Plan)
    return answer, catalogue


@cache
def root(regime: str = "reform", language: str = "zh") -> etree._Element:
    answer, catalogue = made(regime)
    return etree.fromstring(mspdi.write(answer, catalogue, language))


def said(task: etree._Element, name: str) -> str:
    return task.findtext(P + name) or ""


def tasks(regime: str = "reform") -> dict[str, etree._Element]:
    return {said(one, "UID"): one for one in root(regime).iter(P + "Task")}


def working_days(regime: str) -> dict[date, bool]:
    """Exceptions of the file's calendar, by both of its ways of saying them."""
    found = {}
    for path in ("WeekDay", "Exception"):
        days = {}
        for one in root(regime).iter(P + path):
            begin = one.findtext(f"{P}TimePeriod/{P}FromDate")
            if begin:
                days[datetime.fromisoformat(begin).date()] = said(one, "DayWorking") == "1"
        found[path] = days
    assert found["WeekDay"] == found["Exception"]
    return found["WeekDay"]


def works(day: date, exceptions: dict[date, bool]) -> bool:
    return exceptions.get(day, day.weekday() < 5)


@pytest.mark.slow
@pytest.mark.parametrize("regime", ["reform", "before_reform"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_valid_by_the_schema(regime: str, language: str) -> None:
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(root(regime, language))


@pytest.mark.slow
@pytest.mark.parametrize("regime", ["reform", "before_reform"])
def test_the_calendar_is_that_of_the_state(regime: str) -> None:
    answer, _ = made(regime)
    exceptions, calendar = working_days(regime), official(projected=True)
    day = min(step.prepare_from for step in answer.steps)
    while day <= answer.span.finish:
        assert works(day, exceptions) is calendar.is_workday(day), day
        day += timedelta(days=1)
    assert exceptions


@pytest.mark.slow
@pytest.mark.parametrize("regime", ["reform", "before_reform"])
def test_lengths_lead_from_start_to_finish(regime: str) -> None:
    """As a reader computes it: working hours by the calendar of the file, elapsed ones by the clock."""
    exceptions, counted = working_days(regime), set()
    for task in tasks(regime).values():
        if said(task, "Summary") == "1":
            continue
        start, finish = (datetime.fromisoformat(said(task, name)) for name in ("Start", "Finish"))
        hours, kind = int(said(task, "Duration")[2:].split("H")[0]), said(task, "DurationFormat")
        counted.add(kind if hours else "")
        if kind == mspdi.ELAPSED_DAYS:
            assert start + timedelta(hours=hours) == finish
            continue
        at = start
        while hours:
            if works(at.date(), exceptions) and any(begin <= at.hour < end for begin, end in HOURS):
                hours -= 1
            at += timedelta(hours=1)
        assert at == finish, said(task, "Name")
    assert counted == {"", mspdi.DAYS, mspdi.ELAPSED_DAYS}


@pytest.mark.slow
@pytest.mark.parametrize("regime", ["reform", "before_reform"])
def test_links_hold_and_are_those_of_the_network(regime: str) -> None:
    answer, _ = made(regime)
    known, found = tasks(regime), 0
    names = {step.name.zh: step for step in answer.steps}
    for task in known.values():
        start = datetime.fromisoformat(said(task, "Start")) if said(task, "Start") else None
        for link in task.iter(P + "PredecessorLink"):
            before = known[said(link, "PredecessorUID")]
            lag = timedelta(minutes=int(said(link, "LinkLag") or 0) / 10)
            which = "Finish" if said(link, "Type") == mspdi.FINISH_START else "Start"
            assert start is not None
            assert datetime.fromisoformat(said(before, which)) + lag <= start, said(task, "Name")
            found += said(task, "Name") in names and which == "Finish"
    ours = {step.matter for step in answer.steps}
    assert found == sum(one in ours for step in answer.steps for one in step.requires)


@pytest.mark.slow
def test_rows_are_numbered_in_order_below_their_stage() -> None:
    rows = list(root().iter(P + "Task"))
    assert [int(said(one, "ID")) for one in rows] == list(range(1, len(rows) + 1))
    assert len({said(one, "UID") for one in rows}) == len(rows)
    assert [said(one, "OutlineLevel") for one in rows][:2] == ["1", "2"]
    assert sum(said(one, "Summary") == "1" for one in rows) == len({step.stage for step in made()[0].steps})
