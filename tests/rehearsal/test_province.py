"""The same seed is the same province; every chain proves; the sums are a recount; a stopped province goes on."""

from dataclasses import replace

import pytest
from tests.cases.recount import kept, recounted
from tests.rehearsal.conftest import UNTIL, played

from luodi.cases.models import Case, CaseEvent, Tally
from luodi.domain.events.proof import verify
from luodi.domain.vocabulary import Refusal
from luodi.journal.readers import lines
from luodi.plans.models import Delay
from luodi.rehearsal import province
from luodi.rehearsal.province import Order, play

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_chains_prove_and_sums_are_a_recount() -> None:
    played(projects=4, zones=2)
    assert not list(verify(lines(), None, file="test"))
    assert kept() == recounted()
    moved = sum(abs(days) for days in Delay.objects.values_list("days", flat=True))
    assert moved == sum(Tally.objects.filter(measure__in=("lost", "won")).values_list("count", flat=True))
    for zone, day, last in Tally.objects.filter(measure="number").values_list("zone", "day", "count"):
        assert Case.objects.filter(zone=zone, number__startswith=f"{zone}-{day.year}-").count() == last


def test_what_was_stopped_goes_on_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    order = Order(5, 2, 2, UNTIL)
    whole = province.zone
    monkeypatch.setattr(province, "zone", lambda part: whole(part) if part.indices[0] == 0 else _stop())
    with pytest.raises(KeyboardInterrupt):
        list(play(order, at=UNTIL))
    monkeypatch.undo()
    later = replace(order, until=UNTIL.replace(hour=18))
    assert [one.skipped for one in play(later, at=UNTIL)] == [True, False]
    assert CaseEvent.objects.filter(at__gt=UNTIL).count() == 0  # the same present as when it was begun
    assert all(one.skipped for one in play(later, at=UNTIL))


def _stop() -> None:
    raise KeyboardInterrupt


def test_another_size_needs_another_seed() -> None:
    played(seed=6)
    with pytest.raises(Refusal, match="sample_seed_taken"):
        list(play(Order(6, 2, 9, UNTIL), at=UNTIL))


def test_the_same_seed_has_the_same_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(province, "write", lambda _zone, stories: [one.strand.records[-1].hash for one in stories])
    order = Order(7, 1, 2, UNTIL)
    first, second = list(play(order, at=UNTIL)), list(play(order, at=UNTIL))
    assert first == second
    assert len(set(*first)) == 2
    assert list(play(replace(order, seed=8), at=UNTIL)) != first
