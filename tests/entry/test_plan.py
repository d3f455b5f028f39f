"""What the fronts did is read by the plan: a preparation done ahead lasts as long as it took, with the lever alone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.people import hired

import luodi
from luodi.domain.catalogue.reading import load
from luodi.domain.facts.reading import read_project
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Plan
from luodi.entry import shadowing
from luodi.plans import readers as plans
from luodi.plans.actions import announce
from luodi.projects.actions import record_project
from luodi.projects.readers import project

SAMPLES = Path(luodi.__file__).parent / "data" / "samples"
BEGUN, DONE = date(2023, 3, 13), date(2023, 3, 31)


def text(name: str) -> str:
    """A sample project's file."""
    return (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lever", "counts"), [(True, True), (False, False)])
def test_a_preparation_done_ahead_counts_with_the_lever_only(lever: bool, counts: bool) -> None:
    file, rules = read_project(text("jinko"), load()), load()
    levers = tuple(one for one in rules.regimes["reform"] if lever or one != "front_loading")
    ahead = replace(file, preparing={"eia_report": BEGUN}, prepared={"eia_report": (BEGUN, DONE)})
    found = [plan(one, rules, levers=levers, as_of=date(2023, 4, 3)) for one in (file, ahead)]
    before, after = (one for one in found if isinstance(one, Plan))
    step = next(one for one in after.steps if one.matter == "eia_report")
    assert (step.prepare_from, step.prepare_to) == (BEGUN, DONE) if counts else step.prepare_from > DONE
    assert (after.span.finish < before.span.finish) == counts


@pytest.mark.slow
@pytest.mark.django_db
def test_a_finished_shadow_task_moves_the_announced_plan_and_says_why() -> None:
    by = hired("investment_officer")
    contact, now = datetime(2023, 5, 16, 1, 0, tzinfo=UTC), datetime(2023, 6, 13, 1, 0, tzinfo=UTC)
    begun, done = date(2023, 5, 17), date(2023, 6, 12)
    record_project(slug="taishan", document=text("taishan"), sample=True, live=True, by=by, at=contact)
    announce(project="taishan", by=by, at=contact)
    subject = project("taishan")
    assert subject is not None
    before = plans.current("taishan")
    shadowing.begin_task(project=subject, task="land.eia", on=begun, by=by, at=now)
    shadowing.finish_task(project=subject, task="land.eia", on=done, paper="报批稿", by=by, at=now)
    after = plans.current("taishan")
    assert before is not None
    assert after is not None
    assert before.finish is not None
    assert after.finish is not None
    (moved,) = plans.delays(slug="taishan")
    assert (moved.cause, moved.days) == ("prepared_ahead", (after.finish - before.finish).days)
    assert moved.days < 0
    step = next(one for one in after.plan.steps if one.matter == "eia_report")
    assert (step.prepare_from, step.prepare_to) == (begun, done)
