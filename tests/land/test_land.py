"""Land in the tables: files whole or not at all, steps with evidence, versions of layers, every act on the record."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.domain.land.plots import feature, file, parcel, ring
from tests.people import moment

import luodi
from luodi.accounts.acting import SYSTEM, Acting
from luodi.domain.land import offset, overlays, plane
from luodi.domain.land.writing import collection
from luodi.domain.vocabulary import BadInput, Refusal, Text
from luodi.journal.models import Entry
from luodi.land import building, conditioning, moving, overlaying, readers, taking
from luodi.land.models import Overlay, Parcel, Revision
from luodi.projects.actions import record_project

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
CHECKLIST = ("expropriation", "relocation", "clearing", "earthwork")


def taken(officer: Acting, *features: dict[str, object], **more: bool) -> taking.Taken:
    """A file taken in."""
    return taking.take(text=file(*features), name="f.geojson", by=officer, at=NOW, **more)


def one(number: str = "A") -> readers.Recorded:
    """A parcel by its number."""
    found = readers.parcel(Parcel.objects.get(number=number).pk)
    assert found is not None
    return found


def prove(officer: Acting, *things: str, number: str = "A") -> None:
    """Prove things of a parcel."""
    for what in things:
        held = one(number)
        moving.prove(parcel=held.id, seq=held.seq, what=what, on=TODAY, evidence=f"{what}验收单", by=officer, at=NOW)


def move(officer: Acting, to: str, *, at: datetime = NOW, **more: object) -> None:
    """Move a parcel on."""
    held = one()
    wanted = {
        "parcel": held.id,
        "seq": held.seq,
        "to": to,
        "on": at.date(),
        "evidence": "文件",
        "by": officer,
        "at": at,
    }
    moving.move(**(wanted | more))  # type: ignore[arg-type]


def why(refused: Refusal) -> str:
    """What stands against a step, in Chinese."""
    words = refused.facts["why"]
    assert isinstance(words, Text)
    return words.zh


def kinds() -> list[str]:
    """The kinds of entries about land, in their order."""
    return list(Entry.objects.filter(chain="land:tunliu").order_by("seq").values_list("kind", flat=True))


def test_a_file_is_taken_whole_and_the_same_file_changes_nothing(officer: Acting) -> None:
    features = (parcel("A", area="59.8 亩"), parcel("B", 0.01))
    assert taken(officer, *features) == taking.Taken(2, 0, 0)
    assert taken(officer, *features) == taking.Taken(0, 0, 2)
    assert taken(officer, parcel("A", area="59.8 亩", price_wan_per_mu=15), parcel("C", 0.02)) == taking.Taken(1, 1, 0)
    assert [row.number for row in readers.listed(None)] == ["A", "B", "C"]
    assert (one().seq, one().parcel.price, Revision.objects.count()) == (2, 15, 4)
    assert kinds() == ["parcel.recorded"] * 2 + ["parcel.revised", "parcel.recorded"]


def test_a_file_with_a_fault_leaves_nothing_behind(officer: Acting) -> None:
    taken(officer, parcel("A"), parcel("Z", 0.08))
    given = plane.centre(one().parcel.boundary)
    shown = offset.moved(given)
    off = (shown[0] - given[0], shown[1] - given[1])
    text = file(
        parcel("A", *off), parcel("B", 0.081), parcel("C", 0.02, zone="pinglu"), parcel("D", 0.03, zone="nowhere"),
        parcel("E", 0.04, state="supplied"), parcel("F", 0.05, project="nobody"), parcel("good", 0.06),
    )  # fmt: skip
    checked = taking.check(text, "f", reach=officer.reach)
    assert sorted(problem.code for problem in checked.problems) == [
        "parcel_offset_like_consumer_map", "parcel_overlaps_recorded", "parcel_project_unknown", "parcel_state_by_file",
        "parcel_zone_unknown", "parcel_zone_unknown",
    ]  # fmt: skip
    assert [parcel.number for parcel in checked.good] == ["good"]
    with pytest.raises(BadInput):
        taking.take(text=text, name="f", by=officer, at=NOW)
    assert [row.number for row in readers.listed(None)] == ["A", "Z"]
    assert kinds() == ["parcel.recorded"] * 2


def test_a_border_between_two_parcels_may_move_in_one_file(officer: Acting) -> None:
    taken(officer, parcel("A"), parcel("B", 0.002))
    moved = feature("A", ring(112.9, 36.3, 0.003, 0.002)), feature("B", ring(112.903, 36.3, 0.001, 0.002))
    with pytest.raises(BadInput):
        taken(officer, moved[0])
    assert taken(officer, *moved) == taking.Taken(0, 2, 0)


def test_what_goes_out_comes_in_again(officer: Acting) -> None:
    taken(officer, parcel("A", conditions={"far": 1.2}), parcel("B", 0.01))
    out = collection(recorded.parcel for recorded in readers.whole(None))
    assert taking.take(text=out, name="again", by=officer, at=NOW) == taking.Taken(0, 0, 2)


def test_a_parcel_goes_from_raw_to_delivered(officer: Acting) -> None:
    taken(officer, parcel("A"))
    with pytest.raises(Refusal) as refused:
        move(officer, "net")
    assert all(word in why(refused.value) for word in ("征拆", "迁改", "清表", "土方"))
    prove(officer, *CHECKLIST)
    move(officer, "net")
    with pytest.raises(Refusal) as refused:
        move(officer, "listed", announced=TODAY, starts=TODAY + timedelta(19), ends=TODAY + timedelta(28))
    assert "20日" in why(refused.value)
    assert "10日" in why(refused.value)
    ends = TODAY + timedelta(30)
    move(officer, "listed", announced=TODAY, starts=TODAY + timedelta(20), ends=ends)
    with pytest.raises(Refusal) as refused:
        move(officer, "supplied")
    assert f"{ends}" in why(refused.value)
    assert "哪个项目" in why(refused.value)
    sample = Path(luodi.__file__).parent / "data/samples/tongfu.yaml"
    record_project(slug="tongfu", document=sample.read_text("utf-8"), sample=True, by=SYSTEM, at=moment())
    later = NOW + timedelta(31)
    move(officer, "supplied", at=later, project="tongfu")
    move(officer, "delivered", at=later)
    assert (one().parcel.state, one().parcel.project) == ("delivered", "tongfu")
    assert kinds()[-4:] == ["parcel.moved"] * 4
    with pytest.raises(Refusal, match="parcel_no_such_step"):
        move(officer, "net")
    with pytest.raises(Refusal, match="parcel_in_use"):
        moving.take_out(parcel=one().id, seq=one().seq, reason="误登", by=officer, at=later)


def test_the_past_is_kept(officer: Acting) -> None:
    taken(officer, parcel("A"))
    later = NOW + timedelta(days=1)
    held = one()
    moving.prove(parcel=held.id, seq=held.seq, what="clearing", on=TODAY, evidence="单", by=officer, at=later)
    then, before = readers.parcel(held.id, NOW), readers.parcel(held.id, NOW - timedelta(days=1))
    assert then is not None
    assert (then.seq, dict(then.parcel.proofs), before) == (1, {}, None)
    assert [past.what for past in readers.history(held.id)] == ["parcel.proved", "parcel.recorded"]
    with pytest.raises(Refusal, match="parcel_changed"):
        moving.prove(parcel=held.id, seq=1, what="clearing", on=TODAY, evidence="单", by=officer, at=later)
    with pytest.raises(Refusal, match="evidence_ahead"):
        moving.prove(parcel=held.id, seq=2, what="clearing", on=TODAY + timedelta(9), evidence="单", by=officer, at=NOW)


def test_a_layer_over_a_parcel_holds_it_until_the_next_version(officer: Acting) -> None:
    taken(officer, parcel("A"))
    prove(officer, *CHECKLIST)
    move(officer, "net")
    wanted = {"zone": "tunliu", "layer": "heritage", "name": "h", "paper": "文物〔2026〕1号", "by": officer, "at": NOW}
    avoid = file(parcel("x", 0.0, size=0.0001, 类别="避让区"))
    assert overlaying.load(text=avoid, on=date(2026, 1, 1), **wanted) == 1  # type: ignore[arg-type]
    listing = {"announced": TODAY, "starts": TODAY + timedelta(20), "ends": TODAY + timedelta(30)}
    with pytest.raises(Refusal) as refused:
        move(officer, "listed", **listing)  # type: ignore[arg-type]
    assert "避让区" in why(refused.value)
    release = file(parcel("x", -0.01, -0.01, size=0.1, 类别="释放区"))
    assert overlaying.load(text=release, on=date(2026, 5, 1), **wanted) == 2  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        move(officer, "listed", **listing)  # type: ignore[arg-type]
    assert "书面承诺" in why(refused.value)
    prove(officer, "release_commitment")
    move(officer, "listed", **listing)  # type: ignore[arg-type]
    for day, kind in ((date(2025, 12, 31), None), (date(2026, 3, 1), "avoid"), (TODAY, "release")):
        over = overlays.effects(one().parcel.boundary, readers.overlays(one().parcel, day), day)
        assert [found.rule.id for found in over] == ([kind] if kind else [])
    overlaying.withdraw(
        zone="tunliu", layer="heritage", version=2, reason="图号写错", by=officer, at=NOW + timedelta(1)
    )
    assert [area.kind for area in readers.overlays(one().parcel, TODAY)] == ["avoid"]
    assert [area.kind for area in readers.overlays(one().parcel, TODAY, NOW)] == ["release"]
    with pytest.raises(Refusal, match="no_such_version"):
        overlaying.withdraw(zone="tunliu", layer="heritage", version=2, reason="又", by=officer, at=NOW)


def test_a_bad_layer_leaves_nothing_behind(officer: Acting) -> None:
    text = file(parcel("x", 0.0, 类别="avoid"), parcel("y", 0.01, 类别="sacred"))
    with pytest.raises(BadInput):
        overlaying.load(zone="tunliu", layer="heritage", text=text, name="h", paper="文", on=TODAY, by=officer, at=NOW)
    assert not Overlay.objects.exists()
    assert kinds() == []


def test_a_result_without_an_end_takes_the_published_years(officer: Acting) -> None:
    text = file(parcel("x", -0.01, -0.01, size=0.1, 类别="geohazard"))
    overlaying.load(
        zone="tunliu", layer="assessment", text=text, name="h", paper="文", on=date(2024, 2, 29), by=officer, at=NOW
    )
    assert Overlay.objects.get().until == date(2026, 2, 28)


def test_conditions_stand_once_the_parcel_is_listed(officer: Acting) -> None:
    taken(officer, parcel("A"))
    prove(officer, *CHECKLIST)
    move(officer, "net")
    conditioning.set_conditions(parcel=one().id, seq=one().seq, values={"tax_per_mu": 10}, by=officer, at=NOW)
    conditioning.promise(parcel=one().id, seq=one().seq, values={"tax_per_mu": 4.5}, by=officer, at=NOW)
    with pytest.raises(Refusal, match="indicator_unknown"):
        conditioning.promise(parcel=one().id, seq=one().seq, values={"luck": 1}, by=officer, at=NOW)
    with pytest.raises(Refusal, match="indicator_out_of_range"):
        conditioning.promise(parcel=one().id, seq=one().seq, values={"far": -1}, by=officer, at=NOW)
    move(officer, "listed", announced=TODAY, starts=TODAY + timedelta(20), ends=TODAY + timedelta(30))
    with pytest.raises(Refusal, match="conditions_after_listing"):
        conditioning.set_conditions(parcel=one().id, seq=one().seq, values={"tax_per_mu": 1}, by=officer, at=NOW)
    with pytest.raises(Refusal, match="check_before_delivery"):
        conditioning.check(parcel=one().id, seq=one().seq, stage="production", on=TODAY, values={"tax_per_mu": 4},
                           evidence="税票", by=officer, at=NOW)  # fmt: skip
    assert dict(one().parcel.conditions) == {"tax_per_mu": 10}
    assert dict(one().parcel.promised) == {"tax_per_mu": 4.5}


def test_a_delivered_parcel_is_checked(officer: Acting) -> None:
    taken(officer, parcel("A", state="delivered"), sample=True)
    conditioning.check(parcel=one().id, seq=one().seq, stage="production", on=TODAY, values={"tax_per_mu": 4},
                       evidence="税票", by=officer, at=NOW)  # fmt: skip
    (check,) = one().parcel.checks
    assert (check.stage, dict(check.measured)) == ("production", {"tax_per_mu": 4.0})


def test_a_parcel_recorded_in_error_is_taken_out_and_may_come_back(officer: Acting) -> None:
    taken(officer, parcel("A"))
    moving.take_out(parcel=one().id, seq=one().seq, reason="误登", by=officer, at=NOW)
    assert readers.listed(None) == ()
    assert taken(officer, parcel("A")) == taking.Taken(0, 1, 0)
    assert [row.number for row in readers.listed(None)] == ["A"]


def test_a_building_has_no_more_vacancy_than_floor(officer: Acting) -> None:
    taken(officer, parcel("A"))
    wanted = {
        "parcel": one().id,
        "number": "1",
        "name": "1号厂房",
        "kind": "plant",
        "floor_area": 9000.0,
        "by": officer,
        "at": NOW,
    }
    building.record(vacant=9000, **wanted)  # type: ignore[arg-type]
    building.record(vacant=3000, **wanted)  # type: ignore[arg-type]
    (row,) = readers.buildings(None)
    assert (row.floor_area, row.vacant) == (9000, 3000)
    for changed, code in (
        ({"vacant": 9001}, "vacancy"),
        ({"vacant": 0, "floor_area": 0}, "floor"),
        ({"vacant": 0, "kind": "x"}, "kind"),
    ):
        with pytest.raises(Refusal, match=code):
            building.record(**(wanted | changed))  # type: ignore[arg-type]
    assert kinds()[-2:] == ["building.recorded"] * 2


def test_lists_sift_and_add_up(officer: Acting) -> None:
    taken(officer, parcel("A"), parcel("B", 0.01, state="net"), parcel("C", 0.02))
    assert [(row.state, row.count) for row in sorted(readers.totals(None), key=lambda row: row.state)] == [
        ("net", 1),
        ("raw", 2),
    ]
    assert [row.number for row in readers.listed(None, state="raw", limit=1)] == ["A"]
    assert [row.number for row in readers.listed(None, words="地块B")] == ["B"]
    assert readers.listed(frozenset({"pinglu"})) == ()
    assert [recorded.parcel.number for recorded in readers.near(one().parcel)] == ["A"]
