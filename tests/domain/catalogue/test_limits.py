"""The number in force: precedence by date, condition and layer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.catalogue.small import SOURCE, number

from luodi.domain.catalogue.conditions import Test as Comparison
from luodi.domain.catalogue.limits import in_force, not_yet, preparation, promise, statutory
from luodi.domain.vocabulary import Refusal

DAY = date(2026, 1, 1)
BIG = {"fact": "area", "op": ">=", "value": 100}
PLACED = {"confidence": "published", "source": SOURCE | {"place": "某市"}}


def days(number):
    return None if number is None else number.days


def read(small, **changes):
    small.matter("a", **changes)
    return small.load().matters["a"]


def test_the_latest_in_force_wins(small):
    matter = read(small, limits=[number(since="2010-01-01", days=30), number(since="2020-01-01", days=10),
                                 number(since="2027-01-01", days=5), number(since=None, seen="2025-01-01", days=1)])  # fmt: skip
    assert statutory(matter, {}, date(2019, 12, 31)).days == 30
    assert statutory(matter, {}, date(2020, 1, 1)).days == 10
    assert statutory(matter, {}, DAY).days == 10
    assert statutory(matter, {}, date(2009, 1, 1)).days == 1


def test_condition_goes_first(small):
    matter = read(small, limits=[number(days=10), number(days=20, when=BIG)])
    assert statutory(matter, {"area": 100}, DAY).days == 20
    assert statutory(matter, {"area": 99}, DAY).days == 10
    assert statutory(matter, {}, DAY).days == 10


def test_only_later_numbers(small):
    matter = read(small, limits=[number(since="2028-01-01", days=5), number(since="2027-01-01", days=7)],
                  preparation=[number(since="2027-01-01", days=3)])  # fmt: skip
    found = statutory(matter, {}, DAY)
    assert found.days == 7
    assert not_yet(found, DAY)
    assert days(preparation(matter, {}, DAY)) == 3
    assert promise(matter, {}, DAY) is None


def test_no_number_at_all(small):
    matter = read(small, limits=[number(when=BIG)])
    with pytest.raises(Refusal) as caught:
        statutory(matter, {"area": 1}, DAY)
    assert caught.value.code == "no_number_in_force"
    assert caught.value.facts == {"matter": "a", "date": DAY}


def test_layers(small, tmp_path):
    """Zone before province; the digest tells the catalogues apart."""
    small.matter("a")
    bare = small.load()
    small.overlay("a", promises=[number(days=9, **PLACED), number(days=4, when=BIG, **PLACED)])
    small.overlay(
        "a", folder="catalogue/zones/east", promises=[number(days=6, **PLACED)], notes=[{"zh": "注", "en": "n"}]
    )
    small.overlay("a", folder="mine", promises=[number(days=5, since=None, seen="2026-01-01", **PLACED)])
    province, zone = small.load(), small.load(zone="east")
    assert promise(bare.matters["a"], {}, DAY) is None
    assert days(promise(province.matters["a"], {}, DAY)) == 9
    assert days(promise(province.matters["a"], {"area": 200}, DAY)) == 4
    assert days(promise(zone.matters["a"], {}, DAY)) == 6
    assert days(promise(small.load(tmp_path / "mine").matters["a"], {}, DAY)) == 9
    assert days(promise(small.load(tmp_path / "mine").matters["a"], {}, date(2001, 1, 1))) == 5
    assert zone.matters["a"].notes[-1].en == "n"
    assert len({bare.digest, province.digest, zone.digest}) == 3
    assert small.load().digest == province.digest


def test_digest_is_of_what_is_said(small):
    path = small.matter("a")
    digest = small.load().digest
    path.write_text("# a remark\n\n" + path.read_text("utf-8"), "utf-8")
    assert small.load().digest == digest
    small.matter("a", limits=[number(days=19)])
    assert small.load().digest != digest


def test_commitment_and_order(small):
    small.matter("a", requires=["b"])
    small.matter("b", stage=2)
    small.matter("c", requires=["contact"])
    small.overlay("c", commitment={"since": "2020-01-01", "check": {"zh": "查", "en": "check"}, "source": SOURCE,
                                   "confidence": "published"})  # fmt: skip
    catalogue = small.load()
    assert list(catalogue.matters) == ["c", "b", "a"]
    assert catalogue.matters["c"].commitment.since == date(2020, 1, 1)


@pytest.mark.slow
@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.booleans(), st.integers(0, 60)), max_size=6),
       st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 200))  # fmt: skip
def test_in_force_never_takes_what_does_not_hold(rows, on, area):
    from luodi.domain.catalogue.matters import Kind, Number
    from luodi.domain.vocabulary import Confidence, DayUnit, Source

    numbers = [Number(days, DayUnit.WORKING, Kind.MAX, Confidence.LAW, Source("x"), since=since,
                      when=Comparison("area", ">=", 100) if when else None) for since, when, days in rows]  # fmt: skip
    found = in_force(numbers, {"area": area}, on)
    fitting = [one for one in numbers if one.since and one.since <= on and (one.when is None or area >= 100)]
    assert (found is None) == (not fitting)
    if found is not None:
        assert found in fitting
        assert found.since == max(one.since for one in fitting if one.since)
