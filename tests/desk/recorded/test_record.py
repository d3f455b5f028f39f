"""The record as people read it, and as the auditor takes it away to prove it."""

import json
import re

import pytest
from tests.cases.scene import SLUG, Scene, play
from tests.debts.test_debts import owed
from tests.desk.opened import browser, page, same_clock
from tests.people import OTHER, hired

from luodi.domain.events.proof import verify
from luodi.domain.events.sealing import read_checkpoint, seal_faults
from luodi.journal import readers
from luodi.journal.actions import checkpoint
from luodi.journal.models import Entry

KEY = "11" * 32
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A project with something on its record."""
    scene = same_clock(play(), monkeypatch)
    scene.on(scene.accepted("enterprise_establish")).pause(kind="hearing", reason="听证" + HOSTILE)
    owed(scene)
    return scene


def test_it_says_who_did_what_as_which_post_and_when(scene: Scene) -> None:
    said = page(browser(scene.officer), f"/projects/{SLUG}/record/")
    head = readers.last(f"project:{SLUG}")
    assert head
    assert head.hash in said
    assert f"#{head.seq}" in said
    assert scene.officer.label in said
    for word in ("受理", "企业设立登记", "听证", "记欠", "特别程序开始"):
        assert word in said
    assert "<script>alert" not in said
    assert "Accepted" in page(browser(scene.officer, "en"), f"/projects/{SLUG}/record/")


def test_it_is_narrowed_by_kind_by_person_and_to_a_moment(scene: Scene) -> None:
    client, address = browser(scene.officer), f"/projects/{SLUG}/record/"
    assert "记欠" in page(client, address, group="owed")
    assert "特别程序开始" not in page(client, address, group="owed")
    assert "接件" not in rows(page(client, address, who=str(scene.officer.person)))
    assert "接件" in rows(page(client, address, who=str(scene.navigator.person)))
    for odd in ("x", "9" * 40, "-1"):
        page(client, address, who=odd, group=odd, before=odd)
    then = scene.at
    scene.wait(minutes=10)
    scene.on(scene.opened("project_filing")).accept()
    moment = then.strftime("%Y-%m-%dT%H:%M:59")
    assert "项目备案" in rows(page(client, address))
    assert "项目备案" not in rows(page(client, address, as_of=moment))
    head = readers.last(f"project:{SLUG}", until=then)
    assert head
    assert head.hash in page(client, address, as_of=moment), "the head as it was then"


def rows(said: str) -> str:
    """The list of a page, without its controls."""
    found = re.search(r"<tbody>.*</tbody>", said, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.slow
def test_it_goes_on_with_the_older_ones(scene: Scene) -> None:
    for _ in range(55):
        owed(scene)
    client, address = browser(scene.officer), f"/projects/{SLUG}/record/"
    seen: set[str] = set()
    said = page(client, address)
    while True:
        found = re.findall(rf'href="{address}(\d+)/"', said)
        assert not seen & set(found)
        seen |= set(found)
        more = re.search(r'before=([^"&]+)">更早的', said)
        if more is None:
            break
        said = client.get(f"{address}?before={more[1]}").content.decode()
    count = Entry.objects.filter(chain=f"project:{SLUG}").count()
    assert len(seen) == count > 55


@pytest.mark.slow
def test_every_entry_has_its_page_with_the_line_that_is_hashed(scene: Scene) -> None:
    client = browser(scene.officer)
    for seq in range(1, Entry.objects.filter(chain=f"project:{SLUG}").count() + 1):
        one = readers.at_place(f"project:{SLUG}", seq)
        assert one
        said = page(client, f"/projects/{SLUG}/record/{seq}/")
        assert one.hash in said
        assert one.previous in said
        assert "<script>alert" not in said
    assert client.get(f"/projects/{SLUG}/record/999/").status_code == 404
    assert client.get(f"/projects/{SLUG}/record/4/", {"as_of": "2026-11-01"}).status_code == 404


def test_the_auditor_takes_it_away_and_proves_it_elsewhere(scene: Scene) -> None:
    auditor = browser(hired("audit_admin"))
    assert auditor.get(f"/audit/projects/{SLUG}/checkpoint/").status_code == 404, "none yet"
    checkpoint(zone="zgsfq", at=scene.at, key=KEY)
    assert "听证" in page(auditor, f"/audit/projects/{SLUG}/")
    assert page(auditor, f"/audit/projects/{SLUG}/2/")
    sealed = auditor.get(f"/audit/projects/{SLUG}/checkpoint/")
    assert "attachment" in sealed["Content-Disposition"]
    taken = auditor.post(f"/audit/projects/{SLUG}/export/", {"reason": "年度审计"})
    lines = b"".join(taken.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    found = read_checkpoint(sealed.content.decode(), "checkpoint")
    assert not list(seal_faults(found, "checkpoint"))
    assert not list(verify(lines, found, chain=f"project:{SLUG}"))
    assert list(verify(lines[:-1], found, chain=f"project:{SLUG}")), "a cut-off end is found"
    changed = [line.replace("听证", "听讼") for line in lines]
    assert list(verify(changed, found, chain=f"project:{SLUG}"))
    (note,) = readers.entries(kinds=("record.exported",)).records
    assert json.loads(note.payload) == {"scope": f"project:{SLUG}", "entries": len(lines), "reason": "年度审计"}
    assert readers.entries(kinds=("page.read",)).records, "that it was read is recorded too"
    assert auditor.post(f"/audit/projects/{SLUG}/export/", {"reason": " "}).status_code == 400


def test_who_may_read_may_not_take_it_away(scene: Scene) -> None:
    officer = browser(scene.officer)
    assert officer.post(f"/audit/projects/{SLUG}/export/", {"reason": "x"}).status_code == 403
    assert officer.get(f"/audit/projects/{SLUG}/").status_code == 403
    assert "export" not in page(officer, f"/projects/{SLUG}/record/")
    assert browser(hired("leader", OTHER)).get(f"/projects/{SLUG}/record/").status_code == 404
    assert browser(scene.agent).get(f"/projects/{SLUG}/record/").status_code == 403
    assert browser(hired("navigator")).get(f"/projects/{SLUG}/record/").status_code in (403, 404), "of another project"
    page(browser(scene.navigator), f"/projects/{SLUG}/record/")


def test_a_zone_has_its_record_without_people_and_sign_ins(scene: Scene) -> None:
    checkpoint(zone="zgsfq", at=scene.at, key=KEY)
    officer = browser(scene.officer)
    said = page(officer, "/zones/zgsfq/record/")
    assert f"/projects/{SLUG}/record/" in said
    assert "受理" in said
    kinds = {one.kind for one in readers.entries(zone="zgsfq", limit=500).records}
    assert any(one.startswith("post.") for one in kinds), "the record of the zone holds them"
    assert "任命" not in rows(said)
    assert officer.get("/zones/zgsfq/record/checkpoint/").status_code == 200
    assert officer.get("/zones/nothing/record/").status_code == 404
    assert browser(hired("leader", OTHER)).get("/zones/zgsfq/record/").status_code == 404
    assert browser(scene.navigator).get("/zones/zgsfq/record/").status_code in (403, 404), "a navigator sees projects"


def test_the_number_of_queries_does_not_grow(scene: Scene, django_assert_max_num_queries: object) -> None:
    client, address = browser(scene.officer), f"/projects/{SLUG}/record/"
    page(client, address)
    with django_assert_max_num_queries(12) as few:  # type: ignore[operator]
        page(client, address)
    for _ in range(20):
        owed(scene)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        page(client, address)
