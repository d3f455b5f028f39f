"""Figures from Excel: each once, a different one beside it, what is wrong said in its row, and an import taken back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.exchange.sheets.made import Cell, book
from tests.indicators.scene import project, zones
from tests.people import OTHER, OWN, hired

from luodi.accounts.acting import Acting
from luodi.exchange.sheets import actions, readers
from luodi.exchange.sheets.readers import Handed
from luodi.indicators import actions as figures
from luodi.indicators.readers import newest, revisions

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
HEADS = ("开发区名称", "指标", "报告期", "本年累计", "项目编号", "数据来源")
GOOD = ("示例开发区", "工业投资", "2026年1-8月", "1,142.6", "", "统计月报")


@pytest.fixture
def officer() -> Acting:
    zones()
    return hired("data_officer")


def given(officer: Acting, *rows: Sequence[Cell], at: datetime = AT) -> Handed:
    data = book(HEADS, *rows)
    found = readers.handed(actions.hand_in(data=data, name="指标.xlsx", kind="indicators", by=officer, at=at))
    assert found is not None
    return found


def taken(officer: Acting, *rows: Sequence[Cell], at: datetime = AT) -> Handed:
    row = given(officer, *rows, at=at)
    assert actions.take_in(number=row.id, by=officer, at=at)
    found = readers.handed(row.id)
    assert found is not None
    return found


def stands(period: str = "2026-08") -> list[Decimal | None]:
    return [one.amount for one in newest(zones=[OWN], periods=[period])]


def test_a_dry_run_writes_nothing_and_a_figure_goes_in_once(officer: Acting) -> None:
    assert given(officer, GOOD).new == 1
    assert stands() == []
    row = taken(officer, GOOD, ("示例开发区", "工业投资", "2026年度", 1500, "", "计划"), at=LATER)
    assert (row.new, row.same, row.refused) == (2, 0, 0)
    assert stands() == [Decimal("1142.6")]
    assert [one.target for one in newest(zones=[OWN], periods=["2026"])] == [True]
    again = taken(officer, GOOD, at=LATER)
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    assert len(revisions(zones=[OWN], indicator="industrial_investment", period="2026-08")) == 2  # one is the target


def test_every_wrong_row_says_why(officer: Acting) -> None:
    project("a", OTHER)
    row = taken(
        officer, ("示例开发区", "没有的指标", *GOOD[2:]), ("平鲁", *GOOD[1:]), (*GOOD[:2], "八月", *GOOD[3:]),
        ("示例开发区", "外贸进出口额", "2026-08", "很多", "", "统计月报"),
        ("示例开发区", "新签约项目", *GOOD[2:]), (*GOOD[:2], "2026-12", *GOOD[3:]),
        ("示例开发区", "项目本年完成投资", "2026-08", 1, "a", "月报"), GOOD,
    )  # fmt: skip
    assert (row.new, row.refused) == (1, 7)
    told = [line.told[0].code for line in readers.lines(row.id)]
    assert told == [
        "figure_no_such_indicator", "figure_zone_unknown", "figure_month_unreadable", "figure_unreadable",
        "figure_is_computed", "figure_month_ahead", "figure_of_project",
    ]  # fmt: skip


def test_taking_an_import_back_restores_what_stood(officer: Acting) -> None:
    taken(officer, (*GOOD[:3], "100", "", "初报"))
    row = taken(officer, GOOD, at=LATER)
    assert row.changed == 1
    assert actions.take_back(number=row.id, reason="报错", by=officer, at=LATER)
    assert stands() == [Decimal(100)]


def test_what_was_entered_anew_since_stays(officer: Acting) -> None:
    row = taken(officer, GOOD)
    figures.record_figure(
        zone=OWN, indicator_id="industrial_investment", period_text="2026-08", amount=Decimal(7), source="改", by=officer,
        at=LATER,
    )  # fmt: skip
    actions.take_back(number=row.id, reason="报错", by=officer, at=LATER)
    assert stands() == [Decimal(7)]
