"""The pages of entry reviews, fronts and task forces: what each shows, who may act, and the expert's page without an account."""

import re
from datetime import timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.cases.scene import SLUG, play
from tests.desk.opened import same_clock
from tests.entry.scene import recorded, units
from tests.people import hired, sign_in

from luodi.accounts.acting import Acting
from luodi.desk.entering import limiting
from luodi.entry import reviewing
from luodi.entry.models import Asked, Handed, Opinion
from luodi.journal.models import Entry
from luodi.projects import readers as projects
from luodi.projects.actions import assign_member
from luodi.projects.readers import Recorded

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.7\nrest"


@pytest.fixture
def people(db: None) -> dict[str, Acting]:
    return units()


@pytest.fixture
def project(people: dict[str, Acting]) -> Recorded:
    return recorded()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def opened(client: Client) -> None:
    sign_in(client, hired("investment_officer"))
    answer = client.post("/projects/p/entry/open/", {"subject": "年产一百万件", "key": "k"})
    assert answer.status_code == 302


def link(client: Client) -> str:
    """An expert's link, as the page shows it once."""
    review = Asked.objects.values_list("review", flat=True)[0]
    sent = {
        "review": review, "check": "expert_review", "expert": "程工", "office": "设计院", "key": "x",
        "due": (timezone.localdate() + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    shown = client.post("/projects/p/entry/experts/", sent).content.decode()
    found = re.search(r'value="http://[^/]+(/opinion/[^"]+/)"', shown)
    assert found is not None
    assert found[1] not in page(client, "/projects/p/entry/")
    return unescape(found[1])


def test_a_review_is_opened_answered_and_shown(client: Client, project: Recorded, people: dict[str, Acting]) -> None:
    sign_in(client, hired("investment_officer"))
    assert "还没有评审" in page(client, "/projects/p/entry/")
    opened(client)
    sign_in(client, people["ecology"])
    assert "环保预审" in page(client, "/entry/")
    asked = Asked.objects.get(check_id="environment").pk
    refused = client.post(f"/entry/asked/{asked}/opinion/", {"view": "object", "note": "留下的话"})
    assert refused.status_code == 400
    assert "请写明挡住项目的理由" in refused.content.decode()
    assert "留下的话" in refused.content.decode()
    said = {"view": "object", "blocking": "离居民点太近", "key": "o"}
    assert client.post(f"/entry/asked/{asked}/opinion/", said).status_code == 302
    shown = page(client, "/projects/p/entry/")
    assert "离居民点太近" in shown
    assert "有不同意见" in shown
    other = Asked.objects.get(check_id="planning").pk
    assert client.post(f"/entry/asked/{other}/opinion/", said | {"key": "p"}).status_code == 400
    assert Opinion.objects.count() == 1


def test_an_expert_answers_without_an_account_and_sees_only_the_question(client: Client, project: Recorded) -> None:
    opened(client)
    address = link(client)
    guest = Client()
    door = guest.get(address)
    assert door.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in door.headers["Cache-Control"]
    assert "年产一百万件" not in door.content.decode()
    assert guest.post(address, {"door": "open"}).status_code == 302
    body = page(guest, address)
    assert "年产一百万件" in body
    assert "环保预审" not in body
    assert "/projects/" not in body
    assert guest.post(address, {"view": "conditions"}).status_code == 400
    assert guest.post(address, {"view": "agree", "note": "成熟"}).status_code == 302
    assert "您的意见已于" in page(guest, address)
    assert "打开 1 次" in page(client, "/projects/p/entry/")
    assert guest.get("/opinion/" + "x" * 43 + "/").status_code == 404


def test_what_scans_mail_uses_up_no_look_and_an_answer_after_the_hour_is_kept(
    client: Client, project: Recorded
) -> None:
    opened(client)
    address = link(client)
    scanner = Client()
    for ask in (scanner.head, scanner.get, scanner.get):
        assert ask(address, headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert not Entry.objects.filter(kind="entry.link_seen").exists()
    late = Client()  # typed while the hour ran out: no cookie any more
    assert late.post(address, {"view": "agree", "note": "成熟"}).status_code == 302
    assert Opinion.objects.get().note == "成熟"
    assert Entry.objects.filter(kind="entry.link_seen").count() == 1


def test_a_link_may_not_be_opened_without_end_and_each_machine_behind_the_proxy_counts_alone(
    client: Client, project: Recorded, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    opened(client)
    address = link(client)
    moment = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    monkeypatch.setattr(limiting, "BY_TOKEN", 2)
    answers = [Client().post(address, {"door": "open"}).status_code for _ in range(3)]
    assert answers == [302, 302, 429]
    monkeypatch.setattr(limiting, "BY_ADDRESS", 4)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for machine, wanted in (("198.51.100.7", [200] * 4 + [429]), ("198.51.100.8", [200])):
        headers = {"X-Forwarded-For": f"203.0.113.9, {machine}"}
        assert [Client().get(address, headers=headers).status_code for _ in wanted] == wanted


def test_files_of_an_opinion_are_checked_kept_and_handed_to_whoever_may_see_the_review(
    client: Client, project: Recorded, people: dict[str, Acting], settings: Any, tmp_path: Path
) -> None:
    settings.STORE = tmp_path
    opened(client)
    sign_in(client, people["ecology"])
    address = f"/entry/asked/{Asked.objects.get(check_id='environment').pk}/opinion/"
    said = {"view": "agree", "note": "x", "key": "o"}
    for content, words in ((b"PK\x03\x04 rest", "损坏"), (b"Rar!\x1a\x07 rest", "RAR"), (b"MZ\x90", "程序")):
        refused = client.post(address, said | {"files": [sent_file("图.pdf", content), sent_file("好.pdf", PDF)]})
        assert refused.status_code == 400
        assert words in refused.content.decode()
    assert not list(tmp_path.rglob("*.pdf"))
    assert client.post(address, said | {"view": "object", "files": sent_file("图.pdf", PDF)}).status_code == 400
    assert not list(tmp_path.rglob("*.pdf"))  # nothing is kept of what cannot be said
    twice = [sent_file("C:\\folder\\图 1.pdf", PDF), sent_file("again.pdf", PDF)]
    assert client.post(address, said | {"files": twice}).status_code == 302
    row = Handed.objects.get()
    assert (row.name, row.kind, row.size, row.sha256) == ("again.pdf", "pdf", len(PDF), sha256(PDF).hexdigest())
    assert row.sha256 in Entry.objects.get(kind="entry.opined").payload
    assert "again.pdf" in page(client, "/projects/p/entry/")
    answer = client.get(f"/entry/files/{row.pk}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for who, status in ((hired("leader", "pinglu"), 404), (hired("enterprise_agent"), 403)):
        sign_in(client, who)
        assert client.get(f"/entry/files/{row.pk}/").status_code == status
    before = (timezone.now() - timedelta(days=1)).isoformat()
    sign_in(client, people["ecology"])
    assert client.get(f"/entry/files/{row.pk}/", {"as_of": before}).status_code == 404
    assert Client().get(f"/entry/files/{row.pk}/").status_code == 302


def test_an_expert_hands_in_files_through_the_link(
    client: Client, project: Recorded, settings: Any, tmp_path: Path
) -> None:
    settings.STORE = tmp_path
    opened(client)
    address, guest = link(client), Client()
    assert (
        guest.post("/opinion/" + "x" * 43 + "/", {"view": "agree", "files": sent_file("a.pdf", PDF)}).status_code == 404
    )
    assert not list(tmp_path.rglob("*.pdf"))
    assert guest.post(address, {"view": "agree", "files": sent_file("评审.pdf", PDF)}).status_code == 302
    assert "评审.pdf" in page(guest, address)
    assert "评审.pdf" in page(client, "/projects/p/entry/")


def test_pages_asked_as_of_yesterday_show_yesterday_and_offer_nothing(
    client: Client, project: Recorded, people: dict[str, Acting], monkeypatch: pytest.MonkeyPatch
) -> None:
    leader, now = sign_in(client, hired("leader")), timezone.now()
    opened(client)
    link(client)
    sign_in(client, leader)
    today = timezone.localdate()
    client.post("/projects/p/fronts/land.scheme/begin/", {"on": today.isoformat(), "key": "a"})
    force = {"name": "专班甲", "document": "1号", "starts": today, "ends": today + timedelta(days=9), "key": "f"}
    assert client.post("/projects/p/force/found/", force).status_code == 302
    asked = {"as_of": (now - timedelta(minutes=1)).isoformat()}
    monkeypatch.setattr("luodi.desk.views.readers.project", lambda slug, as_of=None: project)
    for name, words in (("entry", "年产一百万件"), ("fronts", today.isoformat() + "</td>"), ("force", "专班甲")):
        assert words in page(client, f"/projects/p/{name}/")
        then = client.get(f"/projects/p/{name}/", asked).content.decode()
        assert words not in then
        assert "restored" in then
        assert '<button class="primary">' not in then
        assert 'class="card act-card"' not in then
    sign_in(client, people["ecology"])
    assert "环保预审" in page(client, "/entry/")
    assert "环保预审" not in client.get("/entry/", asked).content.decode()


def test_a_shadow_task_is_recorded_and_nothing_was_granted_early(client: Client, project: Recorded) -> None:
    sign_in(client, hired("investment_officer"))
    today = timezone.localdate().isoformat()
    assert client.post("/projects/p/fronts/land.scheme/begin/", {"on": today, "key": "a"}).status_code == 302
    refused = client.post("/projects/p/fronts/land.scheme/finish/", {"on": today, "paper": "", "key": "b"})
    assert refused.status_code == 400
    done = client.post("/projects/p/fronts/land.scheme/finish/", {"on": today, "paper": "总图一稿", "key": "c"})
    assert done.status_code == 302
    shown = page(client, "/projects/p/fronts/")
    assert "总图一稿" in shown
    assert "没有提前许可" in shown
    assert client.post("/projects/p/fronts/land.scheme/burn/", {}).status_code == 404


def test_a_task_force_lives_its_days(client: Client, project: Recorded) -> None:
    leader = sign_in(client, hired("leader"))
    today = timezone.localdate()
    ends = (today + timedelta(days=40)).isoformat()
    sent = {"name": "专班甲", "document": "1号", "starts": today.isoformat(), "ends": ends, "key": "f"}
    assert client.post("/projects/p/force/found/", sent).status_code == 302
    number = re.search(r"/force/(\d+)/join/", page(client, "/projects/p/force/"))
    assert number is not None
    base = f"/force/{number[1]}/"
    member = {"post": leader.post, "role": "head", "starts": today.isoformat(), "ends": ends, "key": "j"}
    assert client.post(base + "join/", member).status_code == 302
    assert client.post(base + "duty/", {"post": leader.post, "since": today.isoformat(), "key": "d"}).status_code == 302
    log = {"on": today.isoformat(), "done": "清表一半", "obstacle": "", "key": "l"}
    assert client.post(base + "log/", log).status_code == 302
    shown = page(client, "/projects/p/force/")
    for words in ("专班甲", "清表一半", "天无人值班", "召集调度会"):
        assert words in shown
    firm = hired("enterprise_agent")
    sign_in(client, firm)
    assert client.get("/projects/p/force/").status_code in (403, 404)
    assign_member(project="p", post=firm.post, role="agent", starts=today, by=leader, at=timezone.now())
    wanted = {"service": "lodging", "text": "十人住宿", "wanted": ends, "key": "s"}
    assert client.post(base + "services/", wanted).status_code == 302
    assert "十人住宿" in page(client, "/projects/p/force/")
    assert client.post(base + "log/", log).status_code == 403


def test_another_zone_sees_none_of_it(client: Client, project: Recorded) -> None:
    opened(client)
    asked = Asked.objects.values_list("pk", flat=True)[0]
    sign_in(client, hired("leader", "pinglu"))
    for address in ("/projects/p/entry/", "/projects/p/fronts/", "/projects/p/force/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/entry/asked/{asked}/opinion/", {"view": "agree"}).status_code == 404


def test_a_case_shows_the_zone_the_opinions_it_may_rest_on_and_the_enterprise_none(
    client: Client, people: dict[str, Acting], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = same_clock(play(plan=True), monkeypatch)
    project = projects.project(SLUG)
    assert project is not None
    reviewing.open_review(project=project, subject="年产一百万件", by=hired("investment_officer"), at=scene.at)
    asked = Asked.objects.get(check_id="industry_access")
    said: reviewing.Said = {"view": "agree", "conditions": "", "blocking": "", "papers": "", "note": ""}
    reviewing.give_opinion(asked=asked.pk, **said, by=people["development_reform"], at=scene.at)
    number = scene.row(scene.opened("project_filing")).number
    for who, shown in ((scene.officer, True), (scene.agent, False)):
        sign_in(client, who)
        assert ("入区评审意见" in page(client, f"/cases/{number}/")) is shown
