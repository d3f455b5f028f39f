"""The readable cases of tests/rules/land, and the rules of states and listing."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tests.domain.land.plots import SOUTH, WEST, file, of, parcel, ring

from luodi.domain.land import layers, overlays, standard, states
from luodi.domain.land.parcels import Proof
from luodi.domain.land.reading import read_parcels
from luodi.domain.source.reading import read_file
from luodi.domain.source.tree import Series, plain
from luodi.domain.vocabulary import Text

FOLDER = Path(__file__).parents[2] / "rules/land"
SIZE = 0.002
(PLOT,) = read_parcels(file(parcel("A")))


def cases(name: str) -> list[Any]:
    """Every case of a file, called by its Chinese name."""
    node = read_file(FOLDER / name)
    assert isinstance(node, Series)
    found: Any = plain(node)
    return [pytest.param(one, id=one["case"]["zh"]) for one in found]


def overlay(told: dict[str, Any]) -> overlays.Overlay:
    """An area that covers so many per cent of the parcel from its west, and as much again outside."""
    east = WEST + SIZE * told["west"] / 100
    over = of(ring(WEST - SIZE, SOUTH - SIZE, east - WEST + SIZE, 3 * SIZE))
    return overlays.Overlay(
        "tunliu", told["layer"], told["class"], Text("区", "area"), over, told.get("version", 1), told["on"],
        told.get("until"), "图2025-1号",
    )  # fmt: skip


@pytest.mark.parametrize("case", cases("overlays.yaml"))
def test_an_overlay_has_its_effect(case: dict[str, Any]) -> None:
    found = overlays.effects(PLOT.boundary, [overlay(one) for one in case["over"]], case["on"])
    proven = MappingProxyType({key: Proof(date(2026, 1, 1), "文") for key in case.get("proofs", ())})
    told, then = overlays.told_to_the_plan(found), case["then"]
    assert sorted(overlays.matters(found)) == then["matters"]
    assert len(overlays.hindrances(replace(PLOT, proofs=proven), found)) == then["against"]
    for fact, value in then["facts"].items():
        expected = PLOT.boundary.area * float(value[:-1]) / 100 if str(value).endswith("%") else value
        assert told[fact] == (pytest.approx(expected, abs=1) if isinstance(expected, float) else expected)
    assert set(told) == set(then["facts"])
    assert sum(not one.holds for one in found) == then.get("expired", sum(not one.holds for one in found))
    assert all(one.rule.source.title for one in found)


@pytest.mark.parametrize("case", cases("standard.yaml"))
def test_standard_land_comes_out_as_the_figures_say(case: dict[str, Any]) -> None:
    values = case.get("values", {})
    if said := case.get("promise"):
        reached = standard.promised(investment=said["investment_wan"], tax=said["tax_wan"], mu=said["mu"])
        assert values in ({}, dict(reached))
        values = reached
    found = {one.indicator.id: one for one in standard.compared(case["conditions"], values, case["level"])}
    assert {key: found[key].verdict for key in case["then"]} == case["then"]
    assert {key: found[key].gap for key in case.get("gaps", {})} == pytest.approx(case.get("gaps", {}))


def test_every_class_has_its_ground_and_its_matter() -> None:
    for layer in layers.rules().layers.values():
        for one in layer.classes.values():
            assert one.source.title
            assert one.says.zh != one.says.en
            assert bool(one.matter) == (one.effect in ("adds", "covers"))
            assert bool(one.paper) == (one.effect == "paper")


def test_a_listing_keeps_twenty_and_ten_days() -> None:
    rule = states.listing_rule()
    assert (rule.notice, rule.listing) == (20, 10)
    assert states.listing_days(date(2023, 6, 1)) == (date(2023, 6, 21), date(2023, 7, 1))


def test_allocated_land_is_not_listed() -> None:
    assert [one.to for one in states.steps("net", "transferred")] == ["listed"]
    assert [one.to for one in states.steps("net", "allocated")] == ["supplied"]
    assert [one.to for one in states.steps("listed", "transferred")] == ["supplied", "net"]
    assert states.steps("delivered", "transferred") == ()


def test_the_ladder_is_climbed_rung_by_rung() -> None:
    short = standard.compared({"tax_per_mu": 10.0}, {"tax_per_mu": 4.0}, "provincial", "production")
    first, second = standard.following(short), standard.following(short, ("correction",))
    assert first is not None
    assert second is not None
    assert (first.id, second.id) == ("correction", "penalty")
    met = standard.compared({"tax_per_mu": 4.0}, {"tax_per_mu": 4.0}, "provincial", "production")
    reward = standard.following(met)
    assert reward is not None
    assert reward.id == "reward"
    assert standard.following(standard.compared({}, {}, "provincial")) is None
