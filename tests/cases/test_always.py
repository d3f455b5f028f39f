"""Whatever is done, in whatever order: the record holds, the sums are right, the past stays as it was."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.recount import check_all
from tests.cases.scene import Scene, play

from luodi.cases import actions, readers
from luodi.cases.actions import Paper
from luodi.cases.models import Asking, Case, CaseEvent
from luodi.cases.standing import COLUMNS
from luodi.domain.handling.corrections import correction_kinds
from luodi.domain.vocabulary import Refusal

MATTERS = ("project_filing", "enterprise_establish", "land_price_evaluation", "land_supply_plan", "temp_utilities")
VERBS = ("accept", "refuse", "ask_correction", "receive_correction", "start_handling", "pause", "resume", "extend", "grant",
         "deny", "withdraw", "revoke", "assign", "ask", "answer", "wait", "open")  # fmt: skip

steps = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 4), st.integers(0, 6)), min_size=8, max_size=30)


def do(scene: Scene, verb: str, which: int, days: int) -> None:
    """One step, where it is permitted; a refusal is an answer too, and must leave nothing behind."""
    kind = next(iter(correction_kinds()))
    due = scene.at.date() + timedelta(days=days + 1)
    more: dict[str, dict[str, Any]] = {
        "refuse": {"outside": bool(days % 2), "reason": "不属于"},
        "ask_correction": {"papers": (Paper(kind, "图纸"),), "due": due, "reason": "再补"},
        "pause": {"kind": ("hearing", "expert_review", "site_survey")[days % 3], "reason": "听证"},
        "extend": {"days": days + 1, "reason": "复杂", "by": scene.head},
        "withdraw": {"reason": "撤"},
        "revoke": {"reason": "有误", "basis": "第69条", "by": scene.head},
        "assign": {"role": "owner", "post": scene.second.post if days % 2 else scene.officer.post},
        "ask": {"organisation": scene.other.organisation, "kind": "consultation", "question": "有无意见"},
    }
    if verb == "wait":
        scene.wait(days=days)
        return
    case = Case.objects.order_by("-round").filter(matter=MATTERS[which]).first()
    with transaction.atomic():
        if verb == "open":
            scene.opened(MATTERS[which])
        elif verb == "answer":
            asking = Asking.objects.filter(answered_at=None).order_by("id").first()
            if asking:
                scene.wait(minutes=1)
                actions.answer(asking=asking.pk, opinion="agree", answer="同意", by=scene.other, at=scene.at)
        elif case and verb == "grant":
            scene.on(case.pk).decide(outcome="granted")
        elif case and verb == "deny":
            scene.on(case.pk).decide(outcome="denied", reason="不符", basis="第38条")
        elif case:
            getattr(scene.on(case.pk), verb)(**more.get(verb, {}))


class Undo(Exception):  # noqa: N818
    """Everything an example did is rolled back."""


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps)
def test_any_order_of_acts_keeps_the_record_and_the_sums(acts: list[tuple[str, int, int]]) -> None:
    try:
        with transaction.atomic():
            scene = play(plan=True)
            actions.dispatch(project=scene.slug, by=scene.navigator, at=scene.at)
            for verb, which, days in acts:
                try:
                    do(scene, verb, which, days)
                except Refusal:
                    continue
            check_all(scene.slug)
            undo()
    except Undo:
        pass


def undo() -> None:
    """Roll an example back."""
    raise Undo


def lived(scene: Scene) -> list[datetime]:
    """A short life of two cases; the moments at which somebody might have looked."""
    seen = []

    def look() -> None:
        scene.wait(minutes=1)
        seen.append(scene.at)

    case = scene.opened("enterprise_establish")
    look()
    scene.on(case).accept()
    look()
    scene.on(case).pause(kind="hearing", reason="听证")
    look()
    scene.wait(days=3)
    scene.on(case).resume()
    other = scene.opened("land_price_evaluation")
    look()
    scene.on(case).assign(role="owner", post=scene.second.post)
    scene.on(other).ask_correction(
        papers=(Paper(next(iter(correction_kinds())), "报告"),), due=scene.at.date() + timedelta(9)
    )
    look()
    scene.on(case).decide(outcome="granted")
    return seen


def test_any_past_moment_can_be_asked_for(scene: Scene) -> None:
    """What a page showed then is what it shows when asked as of then."""
    told: list[tuple[datetime, Any, Any, Any]] = []
    real = scene.wait

    def noting(days: int = 0, minutes: int = 0) -> None:
        real(days, minutes)
        if Case.objects.exists():
            scene.at -= timedelta(seconds=1)  # what happens at a moment belongs to it
            told.append((scene.at, *shown(scene, None)))
            scene.at += timedelta(seconds=1)

    scene.wait = noting  # type: ignore[method-assign]
    lived(scene)
    assert len(told) > 8
    for moment, *then in told:
        scene.at = moment
        assert list(shown(scene, moment)) == then, moment


def shown(scene: Scene, as_of: datetime | None) -> tuple[Any, Any, Any]:
    page = readers.inbox(now=scene.at, organisations=[scene.bureau], as_of=as_of)
    project = Case.objects.values_list("project_id", flat=True)[0]
    progress = readers.progress_of(project, today=scene.at.date(), as_of=as_of)
    whole = readers.case(page.rows[0].number, now=scene.at, as_of=as_of) if page.rows else None
    return (
        page,
        progress,
        whole and (whole.reading, whole.history, whole.course, [p for p in whole.parts if not p.until]),
    )


def test_an_event_keeps_how_the_case_stood(scene: Scene) -> None:
    lived(scene)
    for event in CaseEvent.objects.exclude(kind="case.opened"):
        before = CaseEvent.objects.get(case=event.case_id, seq=event.seq - 1)
        assert event.at >= before.at
    case = Case.objects.first()
    assert case
    last = CaseEvent.objects.get(case=case, seq=case.seq)
    assert [getattr(case, one) for one in COLUMNS] == [getattr(last, one) for one in COLUMNS]
