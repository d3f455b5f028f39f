"""A very small province."""

from datetime import datetime

import pytest

from luodi.domain.clock.office import SHANGHAI
from luodi.rehearsal.province import Order, play

UNTIL = datetime(2026, 11, 20, 16, 30, tzinfo=SHANGHAI)


def played(seed: int = 3, zones: int = 1, projects: int = 2) -> Order:
    """Play it into the test's database; the order it was played by."""
    order = Order(seed, zones, projects, UNTIL)
    assert sum(one.projects for one in play(order, at=UNTIL)) == projects
    return order


@pytest.fixture
def province(db: None) -> Order:
    """One zone with two projects."""
    return played()
