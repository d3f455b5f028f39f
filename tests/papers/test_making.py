"""A sheet that was made elsewhere leaves with number, seal and code like any other document."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.cases.scene import SLUG, Scene, play, text_of_project
from tests.people import OWN, sign_in

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import Refusal
from luodi.papers import issuing, making, readers, revoking
from luodi.papers.entering import Issued
from luodi.papers.keys import SealKeys
from luodi.papers.verifying import verify
from luodi.projects.actions import record_project

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SHEET = """
#set page(width: 841mm, height: 594mm)
#set text(font: "Noto Sans SC")
挂图作战
#pagebreak()
第二页
"""


@pytest.fixture(autouse=True)
def kept(settings, seal_keys: SealKeys, tmp_path: Path) -> None:
    settings.SEAL_KEYS, settings.STORE, settings.TEMPLATES_FOLDER = seal_keys, tmp_path / "store", None


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    import typst
    from pylopdf_fonts_zh_cn import sans_path

    page = tmp_path_factory.mktemp("sheet") / "sheet.typ"
    page.write_text(SHEET, encoding="utf-8")
    return bytes(typst.compile(page, font_paths=[Path(sans_path()).parent], ignore_system_fonts=True))


def test_a_finished_sheet_is_numbered_sealed_and_recorded(sheet: bytes) -> None:
    scene = play()
    assert making.measured(sheet) == (2, pytest.approx(841, abs=0.1), pytest.approx(594, abs=0.1))

    def issue(about: str) -> Issued:
        return issuing.issue_made(kind="chart", pdf=sheet, project=SLUG, about=about, by=scene.leader, at=scene.at)

    done = issue("a1 today")
    row = readers.of_project(SLUG)[0]
    assert row.number.endswith("图字〔2026〕1号")
    assert row.organisation == scene.leader.organisation
    sealed = readers.content(row)
    found = verify(sealed, readers.roots(scene.at), None, scene.at)
    assert found.good
    assert (found.about["kind"], found.about["number"]) == ("chart", row.number)
    assert making.measured(sealed) == making.measured(sheet)
    assert issue("a1 today").repeated
    assert issue("a1 tomorrow").number.endswith("〔2026〕2号")
    with pytest.raises(Refusal) as refused:
        revoking.supersede(number=done.number, reason="旧了", by=scene.leader, at=scene.at)
    assert refused.value.code == "document_made_elsewhere"
    revoking.revoke(number=done.number, reason="旧了", by=scene.leader, at=scene.at)
    assert issue("a1 today").number.endswith("〔2026〕3号")


def test_what_cannot_be_issued_is_refused(sheet: bytes, monkeypatch: Any) -> None:
    scene = play()
    for kind, project, code in (("poster", SLUG, "no_paper_kind"), ("chart", "nothing", "project_unknown")):
        with pytest.raises(Refusal) as refused:
            issuing.issue_made(kind=kind, pdf=sheet, project=project, about="x", by=scene.leader, at=scene.at)
        assert refused.value.code == code
    monkeypatch.setattr(making, "MOST_BYTES", 10)
    with pytest.raises(Refusal) as refused:
        issuing.issue_made(kind="chart", pdf=sheet, project=SLUG, about="x", by=scene.leader, at=scene.at)
    assert refused.value.code == "made_paper_too_large"


def test_the_headquarters_issue_the_wall_chart_and_anybody_verifies_it(client: Client) -> None:
    scene: Scene = play(plan=True)
    address = f"/projects/{SLUG}/charts/"
    sign_in(client, scene.officer)
    assert 'name="size"' not in client.get(address).content.decode()
    assert client.post(f"{address}issue/", {"size": "a1", "key": "k" * 32}).status_code == 403
    sign_in(client, scene.leader)
    assert 'name="size"' in client.get(address).content.decode()
    assert client.post(f"{address}issue/", {"size": "a3", "key": "l" * 32}).status_code == 400
    answer = client.post(f"{address}issue/", {"size": "a1", "key": "k" * 32})
    assert answer.status_code == 302
    row = readers.of_project(SLUG)[0]
    assert answer["Location"] == f"/verify/{row.code}/"
    assert row.number in client.get(address).content.decode()
    away = f"{address}{row.id}/withdraw/"
    assert away in client.get(address).content.decode()
    assert row.number in client.get(away).content.decode()
    assert client.get(f"{address}{row.id + 1}/withdraw/").status_code == 404
    record_project(
        slug="second", document=text_of_project(), sample=True, by=SYSTEM, at=scene.at, zone=OWN, applicant=None,
        live=True,
    )  # fmt: skip
    assert client.get("/projects/second/charts/").status_code == 200
    assert client.get(f"/projects/second/charts/{row.id}/withdraw/").status_code == 404
    client.logout()
    page = client.get(f"/verify/{row.code}/").content.decode()
    assert row.number in page
    assert "有效" in page
    sign_in(client, scene.leader)
    assert client.post(away, {"reason": "", "key": "m" * 32}).status_code == 400
    assert client.post(away, {"reason": "计划已调整", "key": "m" * 32}).status_code == 302
    assert "计划已调整" in client.get(address).content.decode()
    assert "已作废" in client.get(f"/verify/{row.code}/").content.decode()


def test_a_project_without_an_announced_plan_has_no_chart_to_issue(client: Client) -> None:
    scene = play()
    sign_in(client, scene.leader)
    answer = client.post(f"/projects/{SLUG}/charts/issue/", {"size": "a0", "key": "k" * 32})
    assert answer.status_code == 400
    assert "没有公布计划" in answer.content.decode()
