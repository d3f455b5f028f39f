"""The pages of the one form: kept as it is typed, errors beside their fields, what an answer means, papers, applications."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.papers.test_forms import NOW, ground, held, words
from tests.people import OWN, hired, sign_in

from luodi.accounts.acting import Acting
from luodi.papers import drafting

__all__ = ["ground"]
pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"


@pytest.fixture
def agent(client: Client, settings: Any, tmp_path: Any) -> Acting:
    settings.STORE = tmp_path
    settings.TEMPLATES_FOLDER = None
    return sign_in(client, hired("enterprise_agent", code="test_enterprise"))


@pytest.fixture
def slug(agent: Acting) -> str:
    return drafting.begin(zone=OWN, applicant=agent.organisation, by=agent, at=NOW)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def test_a_form_is_begun_and_gone_on_with_by_its_link(client: Client, agent: Acting) -> None:
    text(client.get("/forms/"))
    answer = client.post("/forms/new/", {"zone": OWN})
    assert answer.status_code == 302
    assert client.get(answer["Location"])["Location"].endswith("/1/")
    assert answer["Location"] in text(client.get("/forms/"))


def test_typing_is_kept_at_once_with_what_is_wrong_and_what_it_means(client: Client, slug: str) -> None:
    sent = {"land_area": "50 亩", "building_footprint": "九", "seen": "0", "page": "3"}
    page = text(client.post(f"/forms/{slug}/save/", sent))
    assert 'data-seq="1"' in page
    assert 'data-note="building_footprint"' in page
    assert "▲" in page
    found = held(slug)
    assert found.words["land_area"] == "50 亩"
    assert found.words["building_footprint"] == "九"


def test_an_answer_says_what_it_adds(client: Client, slug: str, agent: Acting) -> None:
    drafting.save(slug=slug, sent=words(), seen=0, by=agent, at=NOW)
    page = text(client.post(f"/forms/{slug}/save/", {"annual_water.source": "自备地下水", "seen": "1", "page": "5"}))
    assert "＋" in page
    assert "取水许可" in page


def test_the_button_keeps_and_goes_on_without_javascript(client: Client, slug: str) -> None:
    answer = client.post(f"/forms/{slug}/1/", {"contact_name": "李示例", "seen": "0", "on": "1"})
    assert answer["Location"] == f"/forms/{slug}/2/"
    wrong = client.post(f"/forms/{slug}/1/", {"contact_phone": "12", "seen": "1", "on": "1"})
    page = text(wrong)
    assert "▲" in page
    assert 'value="12"' in page
    assert 'aria-invalid="true"' in page


def test_every_page_shows_every_field_once(client: Client, slug: str) -> None:
    pages = [text(client.get(f"/forms/{slug}/{page}/")) for page in range(1, 6)]
    for name in (
        "legal_rep.id_no",
        "products_capacity.0.unit",
        "site_boundary",
        "total_investment",
        "annual_water.source",
    ):
        assert sum(page.count(f'name="{name}"') for page in pages) == 1


def test_an_identity_number_is_on_no_page(client: Client, slug: str, agent: Acting) -> None:
    number = "140102199002034563"
    drafting.save(slug=slug, sent=words(**{"legal_rep.id_no": number}), seen=0, by=agent, at=NOW)
    for address in ("1/", "check/"):
        assert number not in text(client.get(f"/forms/{slug}/{address}"))


def test_a_boundary_is_taken_from_its_file_and_drawn(client: Client, slug: str) -> None:
    shape = json.loads(words()["site_boundary"])
    collection = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": shape}]}
    file = SimpleUploadedFile("地块.geojson", json.dumps(collection, indent=2).encode())
    answer = client.post(
        f"/forms/{slug}/3/", {"boundary": "1", "boundary_file": file, "seen": "0", "site_boundary": ""}
    )
    assert answer.status_code == 302
    page = text(client.get(f"/forms/{slug}/3/"))
    assert 'class="plot"' in page
    assert "1,620," in page
    bad = SimpleUploadedFile("x.geojson", b"\xff\xfe")
    assert "GeoJSON" in text(
        client.post(f"/forms/{slug}/3/", {"boundary": "1", "boundary_file": bad, "seen": "9"}), 400
    )


def test_everything_missing_is_said_at_once(client: Client, slug: str) -> None:
    page = text(client.get(f"/forms/{slug}/check/"))
    assert page.count("▲") > 25


def test_handed_in_applied_and_handed_in_again(client: Client, slug: str, agent: Acting) -> None:
    drafting.save(slug=slug, sent=words(), seen=0, by=agent, at=NOW)
    found = held(slug)
    answer = client.post(f"/forms/{slug}/check/", {"seen": found.seq, "key": "k" * 32})
    assert answer.status_code == 302
    assert answer["Location"].endswith("/papers/")
    assert client.post(f"/forms/{slug}/check/", {"seen": found.seq, "key": "k" * 32}).status_code == 302
    page = text(client.get(f"/forms/{slug}/papers/"))
    assert f"/forms/{slug}/applications/project_filing/" in page
    made = client.get(f"/forms/{slug}/applications/project_filing/")
    assert made.status_code == 200
    assert made.content.startswith(b"%PDF-")
    assert client.get(f"/forms/{slug}/applications/nothing/").status_code == 404
    client.post(f"/forms/{slug}/save/", {"contact_phone": "0351-7654322", "seen": "9", "page": "1"})
    changed = text(client.get(f"/forms/{slug}/check/"))
    assert "联系电话" in changed
    assert "项目备案" in changed
    text(client.get(f"/forms/{slug}/"), 302)


def test_the_same_file_is_the_same_paper(client: Client, slug: str, agent: Acting) -> None:
    for name in ("执照.pdf", "copy.exe"):
        answer = client.post(f"/forms/{slug}/papers/", {"file": SimpleUploadedFile(name, PDF), "matter": []})
    assert "执照.pdf" in text(answer)
    assert "copy.exe" not in text(answer)
    link = re.search(r"/papers/(\d+)/", text(answer))
    assert link
    number = link[1]
    kept = client.get(f"/forms/{slug}/papers/{number}/")
    assert kept.content == PDF
    assert kept["Content-Disposition"].startswith("attachment")
    assert client.post(f"/forms/{slug}/papers/remove/", {"paper": number}).status_code == 302
    assert client.get(f"/forms/{slug}/papers/{number}/").status_code == 404


def test_an_archive_is_refused_with_the_reason(client: Client, slug: str) -> None:
    answer = client.post(f"/forms/{slug}/papers/", {"file": SimpleUploadedFile("材料.pdf", b"Rar!\x1a\x07\x00....")})
    assert "压缩包" in text(answer, 400)


def test_another_enterprise_does_not_find_the_form(client: Client, slug: str) -> None:
    sign_in(client, hired("enterprise_agent", code="another_enterprise"))
    for address in ("", "1/", "check/", "papers/"):
        assert client.get(f"/forms/{slug}/{address}").status_code in (403, 404)
    assert client.post(f"/forms/{slug}/save/", {"land_area": "1"}).status_code in (403, 404)
    sign_in(client, hired("window_clerk"))
    assert client.get(f"/forms/{slug}/1/").status_code == 403


def test_a_navigator_types_and_the_enterprise_sees_who_and_confirms(client: Client, agent: Acting) -> None:
    navigator = sign_in(client, hired("navigator"))
    answer = client.post("/forms/new/", {"zone": OWN, "applicant": agent.organisation})
    slug = answer["Location"].split("/")[2]
    client.post(f"/forms/{slug}/save/", {"contact_name": "李示例", "seen": "0", "page": "1"})
    assert client.post(f"/forms/{slug}/confirm/", {}).status_code == 403
    sign_in(client, agent)
    page = text(client.get(f"/forms/{slug}/1/"))
    assert navigator.label in page
    assert "◆" in page
    assert client.post(f"/forms/{slug}/confirm/", {"field": "contact_name"}).status_code == 302
    found = held(slug)
    assert not found.waiting
    assert client.post(f"/forms/{slug}/mandate/", {"post": navigator.post}).status_code == 302
    assert held(slug).mandate
