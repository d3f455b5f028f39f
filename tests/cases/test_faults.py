"""Stale pages, double submits, two officers at once, refused transitions, half acts."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.cases import rushes
from tests.cases.scene import Scene, play

from luodi.cases import actions
from luodi.cases.models import CaseEvent, Tally
from luodi.domain.vocabulary import Refusal
from luodi.journal.models import Entry

ROOT = Path(__file__).parents[2]


def test_a_stale_page_is_told_who_did_what(scene: Scene) -> None:
    case = scene.opened()
    seen = scene.row(case).seq
    scene.on(case).accept()
    with pytest.raises(Refusal, match="case_changed") as told:
        scene.on(case, scene.second).refuse(seq=seen, outside=True, reason="不属于本单位")
    assert told.value.facts["who"] == scene.officer.label
    assert str(told.value.facts["what"]) != ""


def test_the_same_submit_twice_is_done_once(scene: Scene) -> None:
    case = scene.opened()
    seq = scene.row(case).seq
    first = scene.on(case).accept(seq=seq, key="form-1")
    second = scene.on(case).accept(seq=seq, key="form-1")
    assert (second.repeated, second.entry) == (True, first.entry)
    assert CaseEvent.objects.filter(case=case).count() == 3
    opened = [
        actions.open_case(
            project=scene.slug, matter="enterprise_establish", by=scene.navigator, at=scene.at, key="open-1"
        )
        for _ in range(2)
    ]
    assert opened[0].case == opened[1].case
    assert opened[1].repeated
    sent = [actions.dispatch(project=scene.slug, by=scene.navigator, at=scene.at, key="sent-1") for _ in range(2)]
    assert sent[1].repeated
    assert not sent[1].opened


REFUSED: tuple[tuple[tuple[tuple[str, dict[str, Any]], ...], tuple[str, dict[str, Any]], str], ...] = (
    ((), ("decide", {"outcome": "granted"}), "case_not_accepted"),
    ((), ("start_handling", {}), "state_out_of_order"),
    ((), ("resume", {}), "special_not_open"),
    ((), ("receive_correction", {}), "correction_not_open"),
    ((), ("revoke", {"reason": "x", "basis": "y"}), "state_out_of_order"),
    ((), ("pause", {"kind": "hearing", "reason": "x"}), "state_out_of_order"),
    ((("accept", {}),), ("accept", {}), "state_written"),
    ((("accept", {}),), ("refuse", {"outside": True, "reason": "x"}), "state_out_of_order"),
    ((("accept", {}), ("pause", {"kind": "hearing", "reason": "x"})), ("pause", {"kind": "hearing", "reason": "x"}),
     "special_open"),
    ((("refuse", {"outside": False, "reason": "x"}),), ("accept", {}), "case_closed"),
    ((("withdraw", {"reason": "x"}),), ("accept", {}), "case_closed"),
    ((("accept", {}), ("decide", {"outcome": "granted"})), ("withdraw", {"reason": "x"}), "case_closed"),
)  # fmt: skip


@pytest.mark.parametrize(("before", "last", "code"), REFUSED, ids=lambda one: one if isinstance(one, str) else "")
def test_a_refused_transition_leaves_no_trace(
    scene: Scene, before: tuple[tuple[str, dict[str, Any]], ...], last: tuple[str, dict[str, Any]], code: str
) -> None:
    case = scene.opened()
    for verb, more in before:
        getattr(scene.on(case), verb)(**more)
    kept = scene.row(case), CaseEvent.objects.count(), Entry.objects.count(), list(Tally.objects.values_list())
    with pytest.raises(Refusal, match=code):
        getattr(scene.on(case), last[0])(**last[1])
    row = scene.row(case)
    assert (row.seq, row.state) == (kept[0].seq, kept[0].state)
    assert (CaseEvent.objects.count(), Entry.objects.count(), list(Tally.objects.values_list())) == kept[1:]


def test_too_long_and_strange_texts(scene: Scene) -> None:
    case = scene.opened()
    with pytest.raises(Refusal, match="text_too_long"):
        scene.on(case).refuse(outside=True, reason="长" * 20_001)
    scene.on(case).refuse(outside=True, reason="𠮷野家🏭 not ours")
    assert "𠮷野家🏭" in CaseEvent.objects.filter(case=case).latest("seq").reason


@pytest.mark.slow
@pytest.mark.parametrize("rush", rushes.ALL, ids=lambda one: one.__name__)
def test_at_the_same_moment(transactional_db: None, rush: Callable[[Scene], None]) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the same runs on a file of its own, below")
    rush(play())


@pytest.mark.slow
def test_at_the_same_moment_on_sqlite(tmp_path: Path) -> None:
    """Threads see each other only in a database on disk, so this one runs in a process of its own."""
    env = dict(
        os.environ, LUODI_DATABASE_URL=f"sqlite:///{tmp_path / 'rush.sqlite3'}", PYTHONPATH=f"{ROOT / 'src'}:{ROOT}"
    )
    env["DJANGO_SETTINGS_MODULE"] = "luodi.config.settings"
    done = subprocess.run(
        [sys.executable, "-m", "tests.cases.rushes"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_crash_half_way_leaves_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    case = scene.opened()
    before = Entry.objects.count()

    def crash(*_: object, **__: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr("luodi.cases.tallying.add", crash)
    with suppress(OSError):
        scene.on(case).accept()
    assert (scene.row(case).state, Entry.objects.count()) == (1, before)
