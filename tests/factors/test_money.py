"""Loans in tranches: drawn in their turn, never more than granted, and set beside the works."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.factors.conftest import AT, TODAY

from luodi.accounts.acting import SYSTEM
from luodi.domain.factors.funding import Pace
from luodi.domain.vocabulary import Refusal
from luodi.factors import funding
from luodi.factors.funding import Part
from luodi.factors.models import Draw

pytestmark = pytest.mark.django_db


@pytest.fixture
def loan(jinko):
    """46.6 亿元 in two tranches, the second from next year on."""
    funding.grant(
        project=jinko, kind="loan", name="国开行贷款", lender="国家开发银行山西省分行",
        parts=(Part(Decimal(200000)), Part(Decimal(266000), date(2027, 6, 1), "主体封顶")), document="合同", by=SYSTEM, at=AT,
    )  # fmt: skip
    (found,) = funding.fundings(zones=None, today=TODAY, project="jinko")
    return found


def drawn(tranche, amount, **more):
    given = {"on": TODAY, "done": None, "document": "提款通知", **more}
    return funding.draw(tranche=tranche, amount=Decimal(amount), by=SYSTEM, at=AT, **given)


def test_what_is_drawn_stands_beside_the_works(loan):
    assert (loan.amount, loan.standing.pace) == (466000, Pace.NOTHING)
    drawn(loan.tranches[0].id, 150000, done=Decimal(5))
    (found,) = funding.fundings(zones=frozenset({"zgsfq"}), today=TODAY)
    assert (found.drawn, found.tranches[0].left) == (150000, 50000)
    assert (found.standing.drawn, found.standing.done, found.standing.pace) == (Decimal("32.2"), 5, Pace.AHEAD)
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.update(amount=1)


def test_nothing_is_drawn_early_or_beyond_the_tranche(loan):
    first, second = (one.id for one in loan.tranches)
    drawn(first, 150000, done=Decimal(20))
    faults: tuple[tuple[int, Any, dict[str, Any], str], ...] = (
        (first, 50001, {}, "tranche_short"), (second, 1, {}, "draw_early"), (first, 0, {}, "draw_amount"),
        (first, 1, {"on": TODAY + timedelta(days=1)}, "draw_ahead"), (first, 1, {"done": Decimal(19)}, "draw_done"),
        (first, 1, {"done": Decimal(101)}, "draw_done"), (first, 1, {"document": ""}, "text_missing"),
        (999, 1, {}, "tranche_gone"),
    )  # fmt: skip
    for tranche, amount, more, code in faults:
        with pytest.raises(Refusal, match=code):
            drawn(tranche, amount, **more)
    assert Draw.objects.count() == 1


def test_money_without_parts_or_kind_is_refused(jinko):
    given = {"project": jinko, "name": "x", "lender": "y", "document": "z", "by": SYSTEM, "at": AT}
    for kind, parts, code in (
        ("gift", (Part(Decimal(1)),), "funding_kind"), ("loan", (), "funding_parts"),
        ("bond", (Part(Decimal(-1)),), "funding_parts"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            funding.grant(kind=kind, parts=parts, **given)
