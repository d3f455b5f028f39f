"""The enterprise and its navigator hear of every document in the moment it is issued or revoked, or not at all."""

from pathlib import Path

import pytest
from django.test import Client
from tests.cases.scene import SLUG, Scene, play
from tests.people import sign_in

from luodi.domain.vocabulary import Refusal
from luodi.notices.models import Notice
from luodi.papers import informing, issuing, revoking
from luodi.papers.keys import SealKeys
from luodi.projects.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def kept(settings, seal_keys: SealKeys, tmp_path: Path) -> None:
    settings.SEAL_KEYS, settings.STORE, settings.TEMPLATES_FOLDER = seal_keys, tmp_path / "store", None


@pytest.fixture
def scene() -> Scene:
    return play()


def told(kind: str) -> dict[int, Notice]:
    return {one.person_id: one for one in Notice.objects.filter(kind=kind)}


def test_who_is_told_of_a_document_and_of_its_end(scene: Scene) -> None:
    number = str(scene.row(scene.accepted()).number)
    done = issuing.issue(case=number, kind="acceptance", by=scene.officer, at=scene.at)
    found = told("paper_issued")
    assert set(found) == {scene.agent.person, scene.navigator.person}
    notice = found[scene.agent.person]
    assert (notice.link, notice.project) == (f"/verify/{done.code}/", SLUG)
    assert done.number in notice.facts
    assert issuing.issue(case=number, kind="acceptance", by=scene.officer, at=scene.at).repeated
    assert Notice.objects.filter(kind="paper_issued").count() == 2
    revoking.revoke(number=done.number, reason="错发", by=scene.officer, at=scene.at)
    assert set(told("paper_revoked")) == {scene.agent.person, scene.navigator.person}
    assert "错发" in told("paper_revoked")[scene.agent.person].facts


def test_nobody_is_told_of_what_was_not_issued(scene: Scene, monkeypatch) -> None:
    number = str(scene.row(scene.accepted()).number)

    def broken(*_: object) -> None:
        raise Refusal("no_such_document")

    issued = informing.issued

    def told_then_broken(*given: object) -> None:
        issued(*given)  # type: ignore[arg-type]
        broken()

    monkeypatch.setattr(informing, "issued", told_then_broken)
    with pytest.raises(Refusal):
        issuing.issue(case=number, kind="acceptance", by=scene.officer, at=scene.at)
    assert not told("paper_issued")


def test_a_letter_between_offices_is_not_the_enterprises_business(scene: Scene) -> None:
    case = scene.accepted()
    scene.on(case).ask(organisation=scene.other.organisation, kind="consultation", question="有何意见？")
    number = str(scene.row(case).number)
    done = issuing.issue(case=number, kind="consultation", by=scene.officer, at=scene.at)
    assert set(told("paper_issued")) == {scene.navigator.person}
    found = informing.hearers(SLUG, "consultation", scene.at)
    assert (found.applicant, found.navigators) == (None, (scene.navigator.name,))
    revoking.revoke(number=done.number, reason="错发", by=scene.officer, at=scene.at)
    assert set(told("paper_revoked")) == {scene.navigator.person}


def test_the_enterprise_finds_its_documents_on_its_page(client: Client, scene: Scene) -> None:
    case = scene.accepted()
    scene.on(case).ask(organisation=scene.other.organisation, kind="consultation", question="有何意见？")
    number = str(scene.row(case).number)
    done, inward = (
        issuing.issue(case=number, kind=kind, by=scene.officer, at=scene.at) for kind in ("acceptance", "consultation")
    )
    sign_in(client, scene.agent)
    page = client.get(f"/my/{SLUG}/").content.decode()
    assert done.number in page
    assert f"/verify/{done.code}/file/" in page
    assert f"/forms/{SLUG}/" in page
    assert inward.number not in page


def test_a_project_without_an_applicant_has_nobody_to_tell(scene: Scene) -> None:
    number = str(scene.row(scene.accepted()).number)
    Project.objects.filter(slug=SLUG).update(applicant=None)
    issuing.issue(case=number, kind="acceptance", by=scene.officer, at=scene.at)
    assert set(told("paper_issued")) == {scene.navigator.person}
    assert informing.hearers("", "ledger", scene.at) == informing.Hearers(None, ())
