"""`luodi site`: each candidate explained; several projects under the ledgers they share."""

import argparse
from pathlib import Path

import pytest
from tests.people import AT, moment

import luodi
from luodi.accounts.acting import SYSTEM
from luodi.cli import site
from luodi.domain.land.siting import Site
from luodi.domain.vocabulary import Refusal
from luodi.land import samples, siting
from luodi.projects.actions import record_project
from luodi.projects.readers import project
from luodi.zones import registry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TONGFU = (Path(luodi.__file__).parent / "data/samples/tongfu.yaml").read_text("utf-8")
RAW = TONGFU.replace("site.new_construction_land: false", "site.new_construction_land: true")


def run(*words: str) -> int:
    top = argparse.ArgumentParser()
    site.register(top.add_subparsers())
    args = top.parse_args(["site", *words])
    code: int = args.func(args)
    return code


@pytest.fixture
def land(db: None) -> None:
    """Two projects that ask for new construction land, and the sample parcels."""
    registry.load(by=SYSTEM, at=AT)
    samples.load(by=SYSTEM, at=moment())
    for slug in ("one", "two"):
        record_project(
            slug=slug, document=RAW.replace("id: tongfu", f"id: {slug}"), sample=True, by=SYSTEM, at=moment()
        )


@pytest.mark.parametrize(("language", "said"), [("zh", "◆ 没有更好的"), ("en", "◆ undominated")])
def test_every_parcel_is_explained(land: None, capsys: pytest.CaptureFixture[str], language: str, said: str) -> None:
    assert run("one", "--lang", language) == 0
    out = capsys.readouterr().out
    assert all(f"TL-{place:02}" in out for place in range(1, 12))
    assert said in out


def test_several_projects_get_a_parcel_each(land: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("one", "two") == 0
    chosen = [line.split("→")[1].strip() for line in capsys.readouterr().out.splitlines() if "→" in line]
    assert len(set(chosen)) == 2
    assert "TL-06" in chosen


def test_a_project_or_parcels_that_are_missing_are_said(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refusal, match="project_unknown"):
        run("nobody")
    registry.load(by=SYSTEM, at=AT)
    record_project(slug="one", document=RAW, sample=True, by=SYSTEM, at=moment())
    with pytest.raises(Refusal, match="site_no_parcels"):
        run("one")
    del capsys


def candidates(slug: str, left: dict[str, float]) -> siting.Sited:
    """The candidates of a project, with so much left in the ledgers."""
    recorded = project(slug)
    assert recorded is not None
    return siting.candidates(recorded.file, slug=slug, reach=None, on=AT.date(), left=left)


def raw(found: siting.Sited) -> dict[str, Site]:
    """The raw parcels a project could have, by number."""
    open_ones = (one.site for one in found.candidates if not one.reasons)
    return {one.parcel.number: one for one in open_ones if one.parcel.state == "raw"}


def test_a_ledger_that_has_too_little_excludes_and_one_that_is_shared_is_never_overdrawn(land: None) -> None:
    assert "TL-06" in raw(candidates("one", {}))
    assert "TL-06" in raw(candidates("one", {"tunliu": 60.0}))
    short = candidates("one", {"tunliu": 50.0})
    (why,) = [one.reasons for one in short.candidates if one.site.parcel.number == "TL-06"]
    assert "只剩50.00亩" in why[0].zh
    placed = siting.together([candidates(slug, {"tunliu": 60.0}) for slug in ("one", "two")])
    assert placed.proven
    assert None not in placed.places
