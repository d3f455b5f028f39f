"""Random lives of the real ledger: whatever is asked, and refused, in whatever order, the check finds nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledgers.accounts import AT, LAND, faults, officer, project, province

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import actions, expiring, promising, readers
from luodi.ledgers.models import Transfer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ACTS = st.tuples(
    st.sampled_from(("allot", "reserve", "reserve", "commit", "post", "release", "prolong", "expire", "reverse")),
    st.integers(0, 5),
    st.integers(1, 60),
)


class Life:
    """One life of the ledger: acts on the province's land, one minute to three days apart."""

    def __init__(self):
        self.route = province(size="100 亩")
        self.at, self.known, self.done, self.refused = AT, list[int](), 0, 0

    def act(self, verb, which, size):
        """Do one thing, or be refused."""
        self.at += timedelta(minutes=1) if size % 5 else timedelta(days=3)
        number = self.known[which % len(self.known)] if self.known else 0
        more = {"by": officer(), "at": self.at}
        if verb == "allot":
            actions.allot(route=self.route[which % 2 :], amount=size * 10_000, document="通知", by=SYSTEM, at=self.at)
        elif verb == "reserve":
            wanted = [promising.Wanted(self.route[2 + one % 2], size * 10_000) for one in range(1 + which % 2)]
            due = self.at + timedelta(days=1 + which)
            self.known += promising.reserve(
                project=project(f"p{which % 2}"), wanted=wanted, expires=due, document="", **more
            )
        elif verb in ("commit", "post"):
            amounts = {number: size * 10_000} if which % 2 else None
            getattr(promising, verb)(promises=[number], document="x", amounts=amounts, **more)
        elif verb == "release":
            promising.release(promises=[number], why="x", **more)
        elif verb == "prolong":
            promising.prolong(promises=[number], expires=self.at + timedelta(days=4), document="", **more)
        elif verb == "expire":
            expiring.expire(at=self.at)
        else:
            step = Transfer.objects.order_by("-pk").values_list("pk", flat=True)[which : which + 1]
            actions.reverse(step=step[0] if step else 0, why="错", by=SYSTEM, at=self.at)

    def live(self, acts):
        """All of the acts; after each of them, nothing is below zero."""
        for act in acts:
            try:
                self.act(*act)
                self.done += 1
            except Refusal:
                self.refused += 1
            for row in readers.accounts(quota=LAND):
                assert row.sums.sound
                assert row.level == "outside" or row.sums.available >= 0
        assert faults() == []


@given(st.lists(ACTS, min_size=4, max_size=12))
@settings(max_examples=10)
def test_no_sequence_of_acts_breaks_the_ledger(acts):
    with transaction.atomic():
        Life().live(acts)
        transaction.set_rollback(True)
