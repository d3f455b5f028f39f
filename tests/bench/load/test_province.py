"""The invented province: the roll-ups the pages read say the same as its events."""

from collections.abc import Iterator
from datetime import date

import pytest

from luodi.bench.load import filling, province
from luodi.cases.models import Tally
from luodi.plans.models import Delay

TODAY = date(2026, 11, 20)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("no_foreign_keys")
def test_roll_ups_and_events_agree_and_a_difference_is_seen() -> None:
    filling.fill(filling.Size(events=3_000, projects=50, zones=5, units=4), TODAY)
    ours = province.figures(TODAY)
    province.agree(ours, province.live(TODAY))
    assert province.seen(TODAY) < 1000
    Tally.objects.filter(measure="decided", day=TODAY).update(count=99)
    with pytest.raises(AssertionError, match="decided"):
        province.agree(province.figures(TODAY), province.live(TODAY))


@pytest.fixture
def no_foreign_keys(db: None) -> Iterator[None]:
    """The events belong to no project of the tables: what refers to one goes before the test's end looks for it."""
    yield
    Delay.objects.all().delete()
