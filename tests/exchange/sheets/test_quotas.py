"""Quota movements from Excel: each paper moves its amount once, what is wrong comes back, and an import is reversed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from tests.exchange.sheets.made import Cell, book
from tests.people import OWN, hired

from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import kinds
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import actions, readers
from luodi.exchange.sheets.readers import Handed
from luodi.ledgers import actions as ledgers
from luodi.ledgers.proving import check
from luodi.ledgers.readers import account
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
LAND, YEAR, PAPER = "new_construction_land", "2026", "示自然资函〔2026〕1号"
AT = datetime(2026, 11, 21, 2, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
HEADS = ("指标", "年度", "划出单位", "划入单位", "数量", "单位", "依据文件")
GOOD = ("新增建设用地计划指标", "2026年", "示例省", "示例开发区", "3,000", "亩", PAPER)


@pytest.fixture
def officer() -> Acting:
    Zone.objects.get_or_create(
        id=OWN, defaults={"zh": "示例开发区", "en": "Zone", "kind": "industrial", "confidence": "verified"}
    )
    return hired("province_officer")


@pytest.fixture
def held(officer: Acting) -> tuple[int, int]:
    """The accounts of the province, which has 5,000 mu, and of the zone, which has none."""
    outside, province, zone = (
        ledgers.open_account(
            quota=LAND, period=YEAR, level=level, holder=holder, name=Text(name, level), zone=place, by=SYSTEM, at=AT
        )
        for level, holder, name, place in (
            ("outside", "", "国家", None), ("province", "", "示例省", None), ("zone", OWN, "示例开发区", OWN),
        )
    )  # fmt: skip
    ledgers.allot(route=(outside, province), amount=mu("5000"), document="国家下达", by=SYSTEM, at=AT)
    return province, zone


def mu(text: str) -> int:
    return amount(text, kinds()[LAND])


def left(number: int) -> int:
    row = account(number)
    assert row is not None
    return row.sums.available


def given(officer: Acting, *rows: Sequence[Cell], at: datetime = AT) -> Handed:
    found = readers.handed(actions.hand_in(data=book(HEADS, *rows), name="划转.xlsx", kind="quotas", by=officer, at=at))
    assert found is not None
    return found


def taken(officer: Acting, *rows: Sequence[Cell], at: datetime = AT) -> Handed:
    row = given(officer, *rows, at=at)
    assert actions.take_in(number=row.id, by=officer, at=at)
    found = readers.handed(row.id)
    assert found is not None
    return found


def test_a_row_moves_its_amount_once_by_its_paper(officer: Acting, held: tuple[int, int]) -> None:
    province, zone = held
    row = taken(officer, GOOD)
    assert (row.new, row.same, row.refused) == (1, 0, 0)
    assert (left(province), left(zone)) == (mu("2000"), mu("3000"))
    again = taken(officer, GOOD, at=LATER)
    assert (again.new, again.same) == (0, 1)
    assert left(zone) == mu("3000")
    assert not list(check())


def test_every_wrong_row_says_why_and_the_good_one_goes_in(officer: Acting, held: tuple[int, int]) -> None:
    row = taken(
        officer, ("没有的指标", *GOOD[1:]), (*GOOD[:3], "没有的单位", *GOOD[4:]), (*GOOD[:4], "三千", "亩", "示2号"),
        (*GOOD[:4], 9000, "亩", "示3号"), (*GOOD[:4], 200, "公顷", PAPER), GOOD,
    )  # fmt: skip
    assert (row.new, row.refused) == (1, 5)
    told = [[one.code for one in line.told] for line in readers.lines(row.id)]
    assert told == [
        ["quota_unknown"],
        ["sheet_account_unknown"],
        ["amount_unreadable"],
        ["quota_short"],
        ["row_repeated"],
    ]
    assert left(held[1]) == mu("3000")


def test_taking_the_import_back_reverses_it(officer: Acting, held: tuple[int, int]) -> None:
    row = taken(officer, GOOD)
    assert actions.take_back(number=row.id, reason="文件作废", by=officer, at=LATER)
    assert (left(held[0]), left(held[1])) == (mu("5000"), 0)
    assert taken(officer, GOOD, at=LATER).new == 1  # what was taken back may come again
    assert not list(check())
