"""The pages of factors as of a moment: requests, nodes and money as they stood, and nothing that came later."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factors.conftest import AT, TODAY, asked, node

from luodi.accounts.acting import SYSTEM
from luodi.domain.factors.life import State
from luodi.factors import actions, funding
from luodi.factors.actions import Answer
from luodi.factors.funding import Part

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = AT + timedelta(hours=6)
THEN = "?as_of=2026-11-21T13:00"  # three hours after `AT`, in China


def body(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_request_and_its_node_stand_as_they_stood(client, signed_in, jinko, officer):
    place, number = node(SYSTEM), asked(jinko, officer, needed=TODAY + timedelta(days=90))
    given = Answer(State.SCHEDULED, TODAY + timedelta(days=60), document="供电方案", node=place)
    actions.answer(request=number, seq=1, given=given, by=SYSTEM, at=LATER)
    second = actions.ask(
        project=jinko, item="gas_supply", quantity=Decimal(10), guarantor="gas_company", by=officer, at=LATER
    )  # fmt: skip
    given = Answer(State.DROPPED, words="改用自备电源")
    actions.answer(request=number, seq=2, given=given, by=SYSTEM, at=LATER + timedelta(minutes=10))
    signed_in(client, "zone_officer")
    was, now = body(client.get(f"/factors/requests/{number}/{THEN}")), body(client.get(f"/factors/requests/{number}/"))
    assert ("供电方案" in was, "供电方案" in now) == (False, True)
    assert ("已提出" in was, 'id="answer"' in was) == (True, False)
    promised = body(client.get(f"/factors/requests/{number}/?as_of=2026-11-21T16:05"))
    assert ("潇河变电站" in promised, "改用自备电源" in promised) == (True, False)
    assert client.get(f"/factors/requests/{second}/{THEN}").status_code == 404
    board = "/factors/{}&item=power_capacity"
    assert "已提出" in body(client.get(board.format(THEN)))
    for moment, left in ((THEN, "500,000"), ("?as_of=2026-11-21T16:05", "100,000")):
        page = body(client.get(f"/factors/nodes/{moment}"))
        assert f"<b>{left}</b>" in page
        assert "factors/nodes/open" not in page
    assert 'class="restored"' in page
    assert "天然气" not in body(client.get(f"/projects/jinko/factors/{THEN}")).split('id="needs"')[0]


def test_money_is_drawn_when_it_was(client, signed_in, jinko):
    funding.grant(
        project=jinko, kind="loan", name="国开行贷款", lender="国开行", parts=(Part(Decimal(200000)),), document="合同",
        by=SYSTEM, at=AT,
    )  # fmt: skip
    (row,) = funding.fundings(zones=None, today=TODAY)
    funding.draw(
        tranche=row.tranches[0].id, amount=Decimal(50000), on=TODAY, done=None, document="提款单", by=SYSTEM, at=LATER
    )
    signed_in(client, "zone_officer")
    was, now = body(client.get(f"/factors/money/{THEN}")), body(client.get("/factors/money/"))
    assert ("提款单" in was, "提款单" in now) == (False, True)
    assert ("未提款" in was, "/draw/" in was, "/draw/" in now) == (True, False, True)
    assert "国开行贷款" not in body(client.get("/factors/money/?as_of=2026-11-20"))
