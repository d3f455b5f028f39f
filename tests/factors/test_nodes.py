"""Utility nodes: capacity in the ledger, and never more promised than there is."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factors.conftest import AT, TODAY, ZONE, asked, node

from luodi.accounts.acting import SYSTEM
from luodi.domain.factors import placing as placing_words
from luodi.domain.factors.life import State
from luodi.domain.vocabulary import Refusal, Text
from luodi.factors import actions, placing, readers, reserving
from luodi.factors.actions import Answer
from luodi.factors.models import Node
from luodi.journal.models import Entry
from luodi.ledgers.proving import check

pytestmark = pytest.mark.django_db
DAY = TODAY + timedelta(days=90)


def promised(number, source, seq=1):
    given = Answer(State.SCHEDULED, DAY, document="供电方案", node=source)
    return actions.answer(request=number, seq=seq, given=given, by=SYSTEM, at=AT)


def left(number):
    found = readers.node(number)
    assert found is not None
    return found.account.sums.available / 100


def test_a_promise_is_drawn_from_the_node_and_never_more_than_is_left(jinko, officer):
    place = node(SYSTEM)
    first = asked(jinko, officer)
    promised(first, place)
    assert left(place) == 100_000
    second = asked(jinko, officer, "temp_power", "100001")
    with pytest.raises(Refusal) as refused:
        promised(second, place)
    assert refused.value.code == "quota_short"
    assert (refused.value.facts["field"], left(place)) == ("node", 100_000)
    assert len(readers.steps(second)) == 1
    held = readers.node(place)
    assert held is not None
    assert [one.amount for one in readers.promised_on(held)] == [400_000_00]
    assert not list(check())


def test_another_promise_takes_the_place_of_the_first_and_dropping_gives_back(jinko, officer):
    one, two = node(SYSTEM), node(SYSTEM, "400 MVA", code="other")
    number = asked(jinko, officer)
    promised(number, one)
    promised(number, two, 2)
    assert (left(one), left(two)) == (500_000, 0)
    given = Answer(State.DROPPED, words="改用自备电源")
    actions.answer(request=number, seq=3, given=given, by=SYSTEM, at=AT)
    assert (left(one), left(two)) == (500_000, 400_000)
    assert not list(check())


def test_what_is_met_is_used_up(jinko, officer):
    place, number = node(SYSTEM), asked(jinko, officer)
    promised(number, place)
    given = Answer(State.MET, document="送电")
    actions.answer(request=number, seq=2, given=given, by=SYSTEM, at=AT)
    found = readers.node(place)
    assert found is not None
    assert found.account.sums.outward == 400_000_00
    assert readers.promised_on(found) == ()


def test_a_node_supplies_its_own_kind_and_zone_only(jinko, officer):
    sewage = node(SYSTEM, "2万立方米/日", "sewage_plant", "xb")
    number = asked(jinko, officer)
    for source in (sewage, 999):
        with pytest.raises(Refusal, match="node_of_another"):
            promised(number, source)


def test_a_node_is_entered_once_with_a_readable_capacity(jinko):
    node(SYSTEM)
    faults: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "node_exists"), ({"kind": "moon"}, "node_kind"), ({"zone": "nowhere"}, "node_zone"),
        ({"capacity": "many"}, "amount_unreadable"), ({"capacity": "5 亩"}, "amount_unit_of_another"),
        ({"document": " "}, "text_missing"),
    )  # fmt: skip
    for more, code in faults:
        given: dict[str, Any] = {"zone": ZONE, "code": "xh-220", "kind": "substation", "name": Text("站", "S"),
                                 "capacity": "1 MVA", "document": "文", "by": SYSTEM, "at": AT}  # fmt: skip
        with pytest.raises(Refusal, match=code):
            reserving.open_node(**(given | more))
    assert [one.code for one in readers.nodes(zones=frozenset({ZONE}))] == ["xh-220"]
    assert Decimal(readers.nodes(zones=None)[0].account.sums.inward) == 500_000_00


def test_a_node_is_put_where_it_stands_and_that_is_on_the_record(jinko):
    number = node(SYSTEM)
    before = readers.node(number)
    assert before is not None
    assert before.place is None
    where = placing_words.place("112.553°E，37.871°N")
    assert where == (112.553, 37.871)
    placing.place_node(node=number, place=where, document="供电规划图", by=SYSTEM, at=AT)
    after = readers.node(number)
    assert after is not None
    assert after.place == where
    told = Entry.objects.get(kind="factor.node_placed")
    assert "112.553000" in told.payload
    assert told.zone == ZONE


@pytest.mark.parametrize(
    ("written", "code"),
    [("37.871, 112.553", "node_place_swapped"), ("116.4, 39.9", "node_place_outside"), ("潇河", "node_place")],
)
def test_a_place_that_cannot_be_is_refused(written, code):
    with pytest.raises(Refusal) as refused:
        placing_words.place(written)
    assert refused.value.code == code
    assert placing_words.place("  ") is None


def test_the_database_keeps_no_half_place(jinko):
    number = node(SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        Node.objects.filter(pk=number).update(lon=112.5)
