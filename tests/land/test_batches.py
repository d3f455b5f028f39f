"""Batches: only what is ripe is listed, all of it or none, under the rule of twenty and ten days, and on the record."""

from datetime import date, timedelta

import pytest
from tests.domain.land.plots import parcel
from tests.land.test_land import CHECKLIST, NOW, TODAY, kinds, one, prove, taken, why

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import Refusal
from luodi.land import batches, batching

pytestmark = pytest.mark.django_db


def announce(officer: Acting, *numbers: str, **more: object) -> int:
    wanted: dict[str, object] = {
        "zone": "tunliu", "name": "2026年第一批", "parcels": {one(n).id: one(n).seq for n in numbers}, "announced": TODAY,
        "starts": TODAY + timedelta(20), "ends": TODAY + timedelta(30), "paper": "屯自然资告〔2026〕1号", "by": officer,
        "at": NOW,
    }  # fmt: skip
    return batching.announce(**(wanted | more))  # type: ignore[arg-type]


def ripe_ones(officer: Acting, *numbers: str) -> None:
    taken(officer, *(parcel(n, 0.01 * place, state="net") for place, n in enumerate(numbers)))
    for number in numbers:
        prove(officer, *CHECKLIST, number=number)


def test_ripe_parcels_are_listed_together(officer: Acting) -> None:
    ripe_ones(officer, "A", "B")
    taken(officer, parcel("C", 0.05, tenure="allocated"))
    found = batches.ripening(None, TODAY)
    assert [(row.row.parcel.number, row.against) for row in found] == [("A", ()), ("B", ())]
    announce(officer, "A", "B")
    (batch,) = batches.batches(None)
    assert [(member.number, member.state) for member in batch.members] == [("A", "listed"), ("B", "listed")]
    assert [batch.state(TODAY + timedelta(days)) for days in (0, 20, 30)] == ["notice", "listed", "ended"]
    assert one("A").parcel.listing is not None
    assert kinds()[-3:] == ["parcel.moved", "parcel.moved", "batch.announced"]
    assert batches.ripening(None, TODAY) == ()


def test_one_that_is_not_ripe_holds_all_of_them(officer: Acting) -> None:
    ripe_ones(officer, "A")
    taken(officer, parcel("B", 0.01, state="net"), parcel("C", 0.02, state="net", tenure="allocated"))
    with pytest.raises(Refusal, match="batch_not_ready") as refused:
        announce(officer, "A", "B", "C", starts=TODAY + timedelta(19), ends=TODAY + timedelta(28))
    said = why(refused.value)
    assert all(word in said for word in ("20日", "10日", "B：净地清单", "征拆", "C：现在是“净地”（划拨）"))
    assert one("A").parcel.state == "net"
    assert batches.batches(None) == ()
    assert "batch.announced" not in kinds()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"parcels": {}}, "batch_empty"),
        ({"parcels": dict.fromkeys(range(101), 1)}, "batch_too_large"),
        ({"announced": date(2027, 1, 1)}, "evidence_ahead"),
        ({"zone": "zgsfq"}, "no_such_parcel"),
        ({"paper": " "}, "text_missing"),
    ],
)
def test_what_is_no_batch_is_refused(officer: Acting, more: dict[str, object], code: str) -> None:
    ripe_ones(officer, "A")
    with pytest.raises(Refusal, match=code):
        announce(officer, "A", **more)


def test_a_name_is_given_once_and_a_stale_page_is_told(officer: Acting) -> None:
    ripe_ones(officer, "A", "B")
    stale = {one("B").id: one("B").seq - 1}
    announce(officer, "A")
    with pytest.raises(Refusal, match="batch_exists"):
        announce(officer, "B")
    with pytest.raises(Refusal, match="parcel_changed"):
        announce(officer, "B", name="第二批", parcels=stale)
