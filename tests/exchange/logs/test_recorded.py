"""Our own cases as a log: every event once, officers without their names unless asked, the same twice."""

import argparse
import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cases.scene import Scene, play

from luodi.cli.exchange import GOOD, register
from luodi.domain.catalogue.reading import load
from luodi.domain.vocabulary import Refusal
from luodi.exchange.logs import ocel, reading
from luodi.exchange.logs.recorded import Scope, activities, recorded

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MATTERS = {id_: one.name.zh for id_, one in load().matters.items()}


@pytest.fixture
def scene() -> Scene:
    made = play()
    case = made.accepted("project_filing")
    made.on(case).pause(kind="hearing", reason="听证")
    made.on(case).resume()
    made.on(case).decide(outcome="granted")
    made.opened("land_price_evaluation")
    made.wait(minutes=1)
    return made


def run(*words: str) -> int:
    top = argparse.ArgumentParser()
    register(top.add_subparsers())
    args = top.parse_args(["exchange", *words])
    code: int = args.func(args)
    return code


def test_every_event_comes_once(scene: Scene, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        cases = list(recorded(Scope(until=scene.at), MATTERS))
    assert [one.attributes["matter"] for one in cases] == ["project_filing", "land_price_evaluation"]
    assert [event.attributes["kind"] for event in cases[0].events] == [
        "case.opened", "case.accepted", "case.handling", "case.paused", "case.resumed", "case.granted",
    ]  # fmt: skip
    assert cases[0].events[3].attributes["pause"] == "hearing"
    assert {event.activity for one in cases for event in one.events} <= set(activities("zh"))


def test_officers_are_named_only_when_asked(scene: Scene) -> None:
    def who(*, names: bool) -> set[str]:
        return {e.resource for one in recorded(Scope(until=scene.at, names=names), MATTERS) for e in one.events}

    assert {one.partition(" · ")[2] for one in who(names=True)} == who(names=False)
    assert not any(one.startswith("bureau_officer") for one in who(names=False))


def test_what_came_after_the_moment_is_left_out(scene: Scene) -> None:
    early = list(recorded(Scope(until=scene.at - timedelta(minutes=3, seconds=30)), MATTERS))
    assert [len(one.events) for one in early] == [4]


def test_a_zone_and_a_project_narrow_it(scene: Scene) -> None:
    assert not list(recorded(Scope(until=scene.at, zones={"pinglu"}), MATTERS))
    assert not list(recorded(Scope(until=scene.at, projects=[-1]), MATTERS))


@pytest.mark.parametrize("kind", ["xes", "csv"])
def test_the_command_writes_what_the_other_command_reads(
    scene: Scene, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"log.{kind}.gz"
    assert run("log", "--format", kind, "--out", str(out), "--project", scene.slug) == GOOD
    assert [len(one.events) for one in reading.read(out)] == [6, 1]
    assert run("read-log", str(out), "--lang", "en") == GOOD
    assert "2 cases, 7 events" in capsys.readouterr().out


def test_ocel_ties_case_project_and_unit(scene: Scene, tmp_path: Path) -> None:
    out = tmp_path / "log.json.gz"
    assert run("log", "--format", "ocel", "--out", str(out), "--lang", "en") == GOOD
    document = json.loads(gzip.decompress(out.read_bytes()))
    assert [one["type"] for one in document["objects"]] == [ocel.PROJECT, ocel.UNIT, ocel.CASE, ocel.CASE]
    assert len(document["events"]) == 7
    assert {one["type"] for one in document["events"]} <= {one["name"] for one in document["eventTypes"]}


def test_an_unknown_project_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="case_project_unknown"):
        run("log", "--format", "xes", "--out", str(tmp_path / "x"), "--project", "none")
