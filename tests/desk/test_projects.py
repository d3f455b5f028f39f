"""Recording projects: whole and checked, or not at all."""

from datetime import timedelta

import pytest
from tests.cases.scene import SLUG, play
from tests.desk.conftest import SAMPLES, WRITTEN
from tests.desk.opened import browser, page

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import BadInput
from luodi.projects import readers
from luodi.projects.actions import record_project

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_project_comes_back_as_it_was_written(province: tuple[str, ...]) -> None:
    found = readers.project("jinko")
    assert found is not None
    assert found.sample
    assert found.file.id == "jinko"
    assert readers.documents()["jinko"] == (SAMPLES / "jinko.yaml").read_text(encoding="utf-8")
    assert [one.slug for one in readers.planned()] == list(province)


def test_writing_again_replaces_the_text_and_keeps_the_first_day(province: tuple[str, ...]) -> None:
    later = WRITTEN + timedelta(days=1)
    document = (SAMPLES / "tongfu.yaml").read_text(encoding="utf-8")
    assert not record_project(slug="jinko", document=document, sample=False, by=SYSTEM, at=later)
    found = readers.project("jinko")
    assert found is not None
    assert (found.created, found.sample, found.file.id) == (WRITTEN, False, "tongfu")


def test_a_broken_file_is_not_written(db: None) -> None:
    with pytest.raises(BadInput):
        record_project(slug="broken", document="facts: {nonsense: 1", sample=False, by=SYSTEM, at=WRITTEN)
    assert readers.project("broken") is None


def test_the_list_asked_as_of_yesterday_leaves_out_what_came_today(db: None) -> None:
    scene = play()
    client = browser(scene.leader)
    asked = (scene.at - timedelta(days=400)).strftime("%Y-%m-%dT%H:%M")
    assert f"/projects/{SLUG}/" in page(client, "/projects/")
    then = page(client, "/projects/", as_of=asked)
    assert f"/projects/{SLUG}/" not in then
    assert "data-bulk" not in then
    after = (scene.at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert f"/projects/{SLUG}/record/?as_of=" in page(client, "/projects/", as_of=after)
