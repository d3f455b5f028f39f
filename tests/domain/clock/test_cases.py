"""The acceptance cases of `tests/rules/clock/`, which an officer can read and extend."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from luodi.domain.clock.expecting import deemed_accepted, expected
from luodi.domain.clock.ledger import Extension, Pause, Reading, Terms, read
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.clock.reproject import Edit, Open, edited, reproject
from luodi.domain.clock.rules import pause_rules
from luodi.domain.vocabulary import DayUnit
from luodi.domain.workdays import official

RULES = Path(__file__).parents[2] / "rules" / "clock"
CASES, EXPECTED, EDITS = (yaml.safe_load((RULES / f"{one}.yaml").read_text("utf-8"))
                          for one in ("cases", "expected", "edits"))  # fmt: skip
CALENDAR = official(projected=True)
GIVEN = {"case", "matter", "accepted", "days", "unit", "promise", "promise_unit", "pauses", "extended", "closed", "now"}


def moment(text: str | datetime) -> datetime:
    return datetime.fromisoformat(str(text)).replace(tzinfo=SHANGHAI)


def moment_or_none(text: str | datetime | None) -> datetime | None:
    return None if text is None or text == "open" else moment(text)


def terms(case) -> Terms:
    other = case.get("promise_unit")
    unit = DayUnit(case.get("unit", "working_days"))
    return Terms(case.get("days"), unit, case.get("promise"), DayUnit(other) if other else None)


def pauses(case) -> tuple[Pause, ...]:
    return tuple(Pause(kind, moment(since), moment_or_none(until)) for kind, since, until in case.get("pauses", ()))


def reading(case) -> Reading:
    return read(
        accepted=moment_or_none(case.get("accepted")),
        terms=terms(case),
        pauses=pauses(case),
        extensions=tuple(Extension(days, moment(at)) for days, at in case.get("extended", ())),
        closed=moment_or_none(case.get("closed")),
        now=moment(case["now"]),
        calendar=CALENDAR,
        rules=pause_rules(case.get("matter", "")),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_clock(case) -> None:
    found = reading(case)
    wanted = {key: None if value == "none" and not key.endswith("light") else value
              for key, value in case.items() if key not in GIVEN}  # fmt: skip
    wanted = {key: tuple(value) if isinstance(value, list) else value for key, value in wanted.items()}
    assert wanted
    assert {key: getattr(found, key) for key in wanted} == wanted


@pytest.mark.parametrize("case", [case for case in EXPECTED if "received" not in case], ids=lambda case: case["case"])
def test_expected(case) -> None:
    found = expected(
        reading=reading(case),
        terms=terms(case),
        now=moment(case["now"]),
        calendar=CALENDAR,
        resumes=case.get("resumes"),
    )
    assert found == (None if case["expected"] == "none" else case["expected"])


@pytest.mark.parametrize("case", [case for case in EXPECTED if "received" in case], ids=lambda case: case["case"])
def test_deemed_accepted(case) -> None:
    found = deemed_accepted(moment(case["received"]), moment_or_none(case.get("told")), CALENDAR)
    assert found == (None if case["deemed"] == "none" else case["deemed"])


@pytest.mark.parametrize("case", EDITS, ids=lambda case: case["case"])
def test_edit(case) -> None:
    after = edited(CALENDAR, [Edit(day, works) for day, works in case["edits"]])
    one = Open("it", moment(case["accepted"]), terms(case), pauses(case))
    moved = reproject([one], before=CALENDAR, after=after, now=moment(case["now"]))
    if case["moves"] == "none":
        assert moved == ()
        return
    assert (moved[0].was.due, moved[0].now.due) == tuple(case["moves"])
    assert [day.day for day in moved[0].because] == case["because"]
    assert all(isinstance(day.day, date) for day in moved[0].because)
