"""Servers whose clocks disagree: a minute is borne, more than five are refused in words; nothing ever runs backwards."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from tests.cases.recount import check_all
from tests.cases.scene import Scene
from tests.faults.conftest import browser, number, seen
from tests.faults.theatre import forms

from luodi.cases.models import CaseEvent
from luodi.domain.events.proof import verify
from luodi.domain.vocabulary import Refusal
from luodi.journal.models import Entry
from luodi.journal.readers import lines

pytestmark = pytest.mark.django_db
Set = Callable[[timedelta], datetime]


@pytest.fixture
def server_at(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the clock of the server that answers, apart from the scene's."""

    def set_clock(apart: timedelta) -> datetime:
        now = scene.at + apart
        monkeypatch.setattr("luodi.config.who.timezone.now", lambda: now)
        return now

    return set_clock


@pytest.mark.parametrize("seconds", [0, 1, 59, 60, 299])
def test_a_clock_a_little_behind_is_borne(scene: Scene, case: int, seconds: int) -> None:
    scene.on(case).accept()
    scene.on(case).pause(kind="hearing", reason="听证", at=scene.at - timedelta(seconds=seconds))
    moments = list(CaseEvent.objects.filter(case=case).order_by("seq").values_list("at", flat=True))
    assert all(first < second for first, second in pairwise(moments))
    written = list(Entry.objects.filter(chain=f"project:{scene.slug}").order_by("seq").values_list("at", flat=True))
    assert all(first <= second for first, second in pairwise(written))
    assert list(verify(lines())) == []
    check_all(scene.slug)


def test_a_clock_far_behind_is_refused_in_words_and_nothing_is_written(scene: Scene, case: int, server_at: Set) -> None:
    scene.wait(minutes=1)
    scene.on(case).accept()
    now = server_at(timedelta(minutes=-6))
    client, path = browser(scene.officer), f"/cases/{number(scene, case)}/"
    form = forms(client.get(path).content.decode())["pause"]
    before = Entry.objects.count()
    answer = client.post(f"{path}pause/", form | {"pause": "hearing", "reason": "听证通知已发"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"服务器时钟不对：现在是 {now.astimezone(scene.at.tzinfo):%Y-%m-%d %H:%M}" in page
    assert f"上一条记录是 {scene.at:%Y-%m-%d %H:%M}" in page
    assert "听证通知已发" in page, "nothing typed is lost"
    assert (Entry.objects.count(), scene.row(case).state) == (before, 8)


@pytest.mark.parametrize("seconds", [1, 60, 120])
def test_what_another_server_wrote_is_shown_at_once(scene: Scene, case: int, server_at: Set, seconds: int) -> None:
    """The page of a server whose clock is behind: the case as it is, not as it was before the others' acts."""
    server_at(timedelta(seconds=-seconds))
    client, path = browser(scene.officer), f"/cases/{number(scene, case)}/"
    assert "accept" in forms(client.get(path).content.decode())
    scene.on(case).accept()
    scene.on(case).pause(kind="hearing", reason="听证")
    page = client.get(path).content.decode()
    assert "resume" in forms(page)
    assert "pause" not in forms(page)
    assert client.post(f"{path}resume/", forms(page)["resume"]).status_code == 302
    assert scene.row(case).paused_since is None


def test_two_acts_within_one_second_are_both_shown(scene: Scene, case: int) -> None:
    scene.on(case).accept()
    scene.on(case).pause(kind="hearing", reason="听证")
    scene.on(case).resume(at=scene.at)
    page = seen(scene, case)
    assert page.course.waiting == ""
    assert [one.seq for one in page.history] == list(range(1, page.row.seq + 1))


def test_a_key_used_before_the_clock_went_back_is_still_known(scene: Scene, case: int) -> None:
    first: Any = scene.on(case).accept(key="form")
    again: Any = scene.on(case).accept(key="form", seq=1, at=scene.at - timedelta(days=2))
    assert (again.repeated, again.entry) == (True, first.entry)
    with pytest.raises(Refusal, match="clock_behind"):
        scene.on(case).pause(kind="hearing", reason="听证", at=scene.at - timedelta(days=2))
