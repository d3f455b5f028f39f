"""The public check and the list of a case's documents, as people see them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cases.scene import Scene, play
from tests.people import sign_in

from luodi.papers import issuing, readers, revoking
from luodi.papers.entering import Issued
from luodi.papers.keys import SealKeys

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def kept(settings, seal_keys: SealKeys, tmp_path: Path) -> None:
    settings.SEAL_KEYS, settings.STORE, settings.TEMPLATES_FOLDER = seal_keys, tmp_path / "store", None


@pytest.fixture
def scene() -> Scene:
    return play()


def issued(scene: Scene) -> Issued:
    number = str(scene.row(scene.accepted()).number)
    return issuing.issue(case=number, kind="acceptance", by=scene.officer, at=scene.at)


def test_number_and_code_lead_to_the_verdict_without_signing_in(client, scene: Scene) -> None:
    done = issued(scene)
    assert client.get("/verify/").status_code == 200
    answer = client.post("/verify/", {"number": done.number, "code": done.code.lower()})
    assert (answer.status_code, answer.url) == (302, f"/verify/{done.code}/")
    page = client.get(answer.url).content.decode()
    assert "有效" in page
    assert done.number in page
    assert client.get(f"/verify/{done.code}/file/").content.startswith(b"%PDF")


def test_a_wrong_code_says_so_and_keeps_what_was_typed(client, scene: Scene) -> None:
    done = issued(scene)
    answer = client.post("/verify/", {"number": done.number, "code": "ABCD"})
    assert answer.status_code == 422
    assert done.number in answer.content.decode()
    assert client.get("/verify/ABCD/").status_code == 404


def test_an_uploaded_file_is_judged_by_its_bytes(client, scene: Scene) -> None:
    done = issued(scene)
    row = readers.document(done.document)
    assert row is not None
    data = readers.content(row)
    for bytes_, word in ((data, "有效"), (data[:50] + b"x" + data[51:], "被改动"), (b"%PDF-1.7", "未盖电子印章")):
        file = SimpleUploadedFile("a.pdf", bytes_, "application/pdf")
        assert word in client.post("/verify/", {"file": file}).content.decode()


def test_a_revoked_document_is_shown_as_such_and_stands_in_the_list(client, scene: Scene) -> None:
    done = issued(scene)
    assert "已作废" not in client.get(f"/verify/{done.code}/").content.decode()
    revoking.revoke(number=done.number, reason="错发给别的企业", by=scene.officer, at=scene.at)
    page = client.get(f"/verify/{done.code}/").content.decode()
    assert "已作废" in page
    assert "错发给别的企业" in page
    assert done.digest in client.get("/verify/revoked.json").content.decode()
    assert "BEGIN CERTIFICATE" in client.get("/verify/roots.pem").content.decode()


def test_a_document_is_revoked_by_the_head_after_seeing_what_follows(client, scene: Scene) -> None:
    done = issued(scene)
    row = readers.document(done.document)
    assert row is not None
    address = f"/papers/{row.case}/{row.id}/withdraw/"
    sign_in(client, scene.officer)
    assert address not in client.get(f"/papers/{row.case}/").content.decode()
    assert client.get(address).status_code == 403
    sign_in(client, scene.head)
    assert address in client.get(f"/papers/{row.case}/").content.decode()
    preview = client.get(address).content.decode()
    assert scene.agent.organisation_name.zh in preview
    assert scene.navigator.name in preview
    refused = client.post(address, {"reason": " ", "revoke": "1", "key": "k" * 32})
    assert refused.status_code == 400
    assert readers.of_case(row.case)[0].standing == "holds"
    assert client.post(address, {"reason": "错发给别的企业", "revoke": "1", "key": "k" * 32}).status_code == 302
    page = client.get(f"/papers/{row.case}/").content.decode()
    assert "错发给别的企业" in page
    assert address not in page
    assert "错发给别的企业" in client.get(address).content.decode()
    again = client.post(address, {"reason": "再来一次", "revoke": "1", "key": "j" * 32})
    assert again.status_code == 400


def test_a_document_is_issued_anew_in_one_act(client, scene: Scene) -> None:
    row = readers.document(issued(scene).document)
    assert row is not None
    sign_in(client, scene.head)
    answer = client.post(f"/papers/{row.case}/{row.id}/withdraw/", {"reason": "名称有误", "anew": "1", "key": "k" * 32})
    assert answer.status_code == 302
    old, new = readers.of_case(row.case)
    assert (old.by, new.standing) == (new.number, "holds")
    assert client.get(f"/papers/{row.case}/{row.id + 9}/withdraw/").status_code == 404


def test_the_documents_of_a_case_are_for_those_who_may_see_it(client, scene: Scene) -> None:
    done = issued(scene)
    row = readers.document(done.document)
    assert row is not None
    assert client.get(f"/papers/{row.case}/").status_code == 302
    sign_in(client, scene.officer)
    assert done.number in client.get(f"/papers/{row.case}/").content.decode()
    assert client.get(f"/papers/{row.case}/{row.id}/").content.startswith(b"%PDF")
    assert client.get(f"/papers/{row.case}/{row.id + 1}/").status_code == 404
