"""Siting: exclusions with reasons, the undominated set against its definition, and placing against brute force."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.land.plots import file, parcel

from luodi.domain.land.reading import read_parcels
from luodi.domain.land.siting import Candidate, Need, Site, beats, sited
from luodi.domain.planning.placing import Limit, keeps, place, total
from luodi.domain.vocabulary import Text

NAME = Text("项目", "project")


def site(number: str, days: int | None = 100, west: float = 0.0, **told: object) -> Site:
    """A parcel of 59.8 mu on offer."""
    (one,) = read_parcels(file(parcel(number, west, **{"state": "net", **told})))  # type: ignore[arg-type]
    return Site(int(number), one, (), "provincial", days)


@pytest.mark.parametrize(
    ("told", "need", "why"),
    [
        ({"state": "supplied"}, {}, "已供地"),
        ({"use": "housing"}, {}, "居住"),
        ({}, {"mu": 61.0}, "需要61.00亩"),
        ({}, {"investment": 11_000.0}, "投资强度184万元/亩，低于底线200万元/亩"),
        ({"conditions": {"investment_intensity": 300}}, {"investment": 15_000.0}, "宗地条件"),
        ({"price_wan_per_mu": 20}, {"budget": 1000.0}, "超过1,000万元"),
        ({"project": "other"}, {}, "已留给项目"),
    ],
)
def test_an_exclusion_says_why(told: dict[str, object], need: dict[str, float], why: str) -> None:
    (one,) = sited(Need("p", NAME, **({"mu": 50.0} | need)), [site("1", **told)])  # type: ignore[arg-type]
    assert why in "".join(reason.zh for reason in one.reasons)
    assert not one.best


def test_what_is_enough_is_not_excluded() -> None:
    need = Need("p", NAME, 59.8, investment=12_000.0, budget=1200.0, industry="C1432", utilities=("power",))
    (one,) = sited(need, [site("1", price_wan_per_mu=20, industries=["C14"], utilities={"power": 300})])
    assert (one.reasons, one.best, one.fit, one.distance, round(one.cost or 0)) == ((), True, 1, 300.0, 1196)


def test_a_length_that_is_not_stated_is_measured_to_the_nearest_node() -> None:
    need = Need("p", NAME, 50.0, utilities=("power", "water"))
    stated = replace(site("1", utilities={"power": 300, "water": 50}), near={"power": 9.0, "water": 9.0})
    half = replace(site("2", 100, 0.01, utilities={"power": 300}), near={"power": 9.0, "water": 70.0})
    none = replace(site("3", 100, 0.02, utilities={"power": 300}), near={"power": 9.0})
    found = {one.site.id: (one.distance, one.straight) for one in sited(need, [stated, half, none])}
    assert found == {1: (350.0, False), 2: (370.0, True), 3: (None, False)}


values = st.tuples(
    st.none() | st.integers(1, 4), st.none() | st.integers(1, 4), st.booleans(), st.none() | st.integers(1, 4)
)


@given(st.lists(values, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_the_best_are_those_that_nothing_beats(rows: list[tuple[int | None, int | None, bool, int | None]]) -> None:
    need = Need("p", NAME, 50.0, industry="C1432", utilities=("power",))
    sites = [
        site(str(number), days, price_wan_per_mu=price, industries=["C14"] if fit else [],
             utilities={} if far is None else {"power": far})
        for number, (price, days, fit, far) in enumerate(rows)
    ]  # fmt: skip
    found = sited(need, sites)
    assert {one.site.id for one in found} == set(range(len(rows)))
    for one in found:
        assert one.best == (not any(beats(other, one) for other in found))
        assert bool(one.beaten_by) != one.best
        assert not (beats(one, one))
    assert any(one.best for one in found)
    assert [one.best for one in found] == sorted((one.best for one in found), reverse=True)


costs = st.integers(1, 4).flatmap(
    lambda places: st.lists(
        st.lists(st.none() | st.integers(0, 9), min_size=places, max_size=places), min_size=1, max_size=4
    )
)


@given(costs, st.integers(0, 6), st.data())
@settings(max_examples=80, deadline=None)
def test_placing_is_as_good_as_trying_everything(rows: list[list[int | None]], most: int, data: st.DataObject) -> None:
    uses = tuple(tuple(data.draw(st.integers(0, 4)) for _ in row) for row in rows)
    limits = [Limit(most, uses)]
    found = place(rows, limits)
    assert found.proven
    assert keeps(found.places, rows, limits)
    best = min(
        (sum(one is None for one in places), total(rows, places))
        for places in product([None, *range(len(rows[0]))], repeat=len(rows))
        if keeps(places, rows, limits)
    )
    assert (sum(one is None for one in found.places), found.cost) == best


def test_nobody_and_nowhere() -> None:
    assert place([]).places == ()
    assert place([[None], [None]]).places == (None, None)
    assert sited(Need("p", NAME, 50.0), []) == ()
    assert isinstance(sited(Need("p", NAME, 50.0), [site("1", None)])[0], Candidate)
