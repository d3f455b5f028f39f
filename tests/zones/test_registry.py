"""The registry is loaded with its marks, and the samples of organisations, people and powers with it."""

import pytest
from tests.people import AT, TODAY

from luodi.accounts import readers as people
from luodi.accounts import samples as people_samples
from luodi.accounts.acting import SYSTEM
from luodi.accounts.offices import offices
from luodi.domain.catalogue.reading import load as catalogue
from luodi.zones import readers, registry
from luodi.zones import samples as zone_samples

PARKS = {"xuefu_centre", "tanghuai_centre", "kechuang_centre", "jinhe_centre"}


def test_the_file_is_sound() -> None:
    zones = {one.id: one for one in registry.registry().zones}
    assert len(zones) == 81
    assert {one.id for one in zones.values() if one.parent == "zgsfq"} >= {"zg_xuefu", "zg_jinzhong", "zg_yangqu"}


def test_what_no_source_names_is_marked() -> None:
    zones = registry.registry().zones
    assert all(one.source for one in zones if one.checked)
    assert all(not one.checked for one in zones if one.id.startswith("gk_"))
    doubtful = next(one for one in zones if one.id == "zg_jinhe")
    assert "疑" in doubtful.name.zh
    assert not doubtful.checked


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    assert registry.load(by=SYSTEM, at=AT) == 81
    assert registry.load(by=SYSTEM, at=AT) == 0
    rows = readers.zones()
    place = {one.id: index for index, one in enumerate(rows)}
    assert all(place[one.parent] < place[one.id] for one in rows if one.parent)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_samples_fill_every_post_and_every_unit() -> None:
    registry.load(by=SYSTEM, at=AT)
    assert people_samples.load(by=SYSTEM, at=AT) > 80
    held = people.sample_posts(TODAY)
    assert {one.kind for one in held} == set(offices().posts)
    officers = {one.organisation for one in held if one.kind == "bureau_officer"}
    units = {one.unit for one in people.organisations(zones=("zgsfq",)) if one.id in officers}
    assert units == {matter.unit for matter in catalogue().matters.values()} - {"owner"}
    assert people_samples.load(by=SYSTEM, at=AT) == 0


@pytest.mark.slow
@pytest.mark.django_db
def test_the_sample_powers_are_17_categories_and_79_powers_for_each_of_four_parks() -> None:
    registry.load(by=SYSTEM, at=AT)
    people_samples.load(by=SYSTEM, at=AT)
    zone_samples.load(by=SYSTEM, at=AT)
    powers = [one for one in readers.powers(on=TODAY) if one.code in PARKS]
    assert {one.code for one in powers} == PARKS
    for park in PARKS:
        held = [one for one in powers if one.code == park]
        assert (len({one.category for one in held}), len({one.matter for one in held})) == (17, 79)
    assert all(one.sample and "示例" in one.document for one in readers.powers())
    decided = readers.deciders("zgsfq", TODAY)
    assert set(decided) == {one.id for one in catalogue().matters.values() if one.unit != "owner"}
    assert set(readers.deciders("pinglu", TODAY)) == set(decided)
    assert zone_samples.load(by=SYSTEM, at=AT) == 0
