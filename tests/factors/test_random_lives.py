"""Whatever is answered in whatever order: a node never promises more than it has, and the steps are the whole story."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.factors.conftest import AT, TODAY, ZONE, asked, node
from tests.ledgers.accounts import project

from luodi.accounts.acting import SYSTEM
from luodi.domain.factors.life import CLOSED, State
from luodi.domain.vocabulary import Refusal
from luodi.factors import actions, readers
from luodi.factors.actions import Answer
from luodi.ledgers.proving import check
from luodi.zones.models import Zone

ITEMS = (("power_capacity", "300"), ("temp_power", "200"), ("temp_power", "150"))
MOVES = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(State), st.booleans(), st.integers(1, 300)), min_size=4, max_size=12
)


@pytest.mark.slow
class TestRandomLives(TestCase):
    """Three requests on one node of 400 kVA."""

    @settings(max_examples=5)
    @given(MOVES)
    def test_the_node_holds(self, moves):
        """Refusals leave everything as it was; what stands agrees with the ledger."""
        Zone.objects.get_or_create(
            id=ZONE, defaults={"zh": "示", "en": "Z", "kind": "industrial", "confidence": "verified"}
        )
        whose = project("p", ZONE)
        place = node(SYSTEM, "400 千伏安")
        numbers = [
            asked(whose, SYSTEM, item, size, guarantor=by, needed=TODAY + timedelta(days=50))
            for (item, size), by in zip(ITEMS, ("power_grid", "power_grid", "s_grid"), strict=True)
        ]
        for which, state, on_node, met in moves:
            row = readers.request(numbers[which], TODAY)
            assert row is not None
            said = Answer(state, TODAY + timedelta(days=9), Decimal(met), "说明", "文", place if on_node else None)
            try:
                with transaction.atomic():
                    actions.answer(request=row.id, seq=row.seq, given=said, by=SYSTEM, at=AT)
            except Refusal:
                after = readers.request(row.id, TODAY)
                assert after == row
        found = readers.node(place)
        assert found is not None
        assert found.account.sums.available >= 0
        held = {one.id for one in readers.promised_on(found)}
        for number in numbers:
            row = readers.request(number, TODAY)
            assert row is not None
            assert [one.seq for one in readers.steps(number)] == list(range(1, row.seq + 1))
            assert not (row.state in CLOSED and row.promise in held)
        assert not list(check())
