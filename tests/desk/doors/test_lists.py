"""Every list as a file: its page offers it, its filter holds in it, and nobody has what its page would not show them."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.scene import SLUG, Scene, play
from tests.desk.opened import browser, page, same_clock
from tests.people import OTHER, hired, organisation

import luodi.desk
import luodi.portal
from luodi.accounts.access import access
from luodi.accounts.offices import offices
from luodi.cases import actions as cases
from luodi.desk.doors.list_files import LISTS
from luodi.supervision import actions

pytestmark = pytest.mark.django_db
TEMPLATES = [Path(*room.__path__) / "templates" for room in (luodi.desk, luodi.portal)]
OF_A_PROJECT = ("approvals", "lost", "needed", "own_promises", "rounds")
NEEDS = {"papers": {"number": "zgsfq-2026-000001"}} | {name: {"project": SLUG} for name in OF_A_PROJECT}
"""What the address of a list must name beside its filter."""


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A live project whose clock the pages share."""
    return same_clock(play(plan=True), monkeypatch)


def had(client: Client, name: str, **asked: str) -> list[str]:
    """The lines of a list as CSV, its head left out."""
    answer = client.get(f"/sheets/list/{name}/", {**asked, "as": "csv"})
    assert answer.status_code == 200, (name, answer.status_code)
    return b"".join(answer).decode("utf-8-sig").splitlines()[1:]


def test_every_list_is_offered_by_a_page() -> None:
    offered = {
        name
        for folder in TEMPLATES
        for file in folder.rglob("*.html")
        for name in re.findall(r'files\("(\w+)"', file.read_text("utf-8"))
    }
    assert offered == set(LISTS)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("wanted", ["xlsx", "csv", "print"])
def test_a_list_is_had_by_whoever_may_see_its_page(scene: Scene, name: str, wanted: str, settings: object) -> None:
    settings.EXCHANGE_URL = ""  # type: ignore[attr-defined]
    scene.opened("project_filing")
    kind = next(iter(access().holders(LISTS[name].function)))
    known = {
        "bureau_head": scene.head,
        "leader": scene.leader,
        "navigator": scene.navigator,
        "bureau_officer": scene.officer,
    }
    client = browser(known.get(kind) or hired(kind))
    answer = client.get(f"/sheets/list/{name}/", {**NEEDS.get(name, {}), "as": wanted})
    assert answer.status_code == (400 if name == "failed" else 200), answer.content.decode()[:500]
    if answer.streaming:
        b"".join(answer)


def strangers(name: str) -> list[str]:
    """The kinds of posts that may not see a list."""
    return [kind for kind in offices().posts if kind not in access().holders(LISTS[name].function)]


@pytest.mark.parametrize("name", sorted(name for name in LISTS if strangers(name)))
def test_a_list_is_refused_where_its_page_is(name: str) -> None:
    assert browser(hired(strangers(name)[0])).get(f"/sheets/list/{name}/", {"as": "csv"}).status_code == 403


@pytest.mark.slow
def test_the_links_of_a_page_lead_to_its_own_filter(scene: Scene) -> None:
    head = browser(scene.head)
    for address, wanted in (
        ("/inbox/?state=1&whose=zone", "/sheets/list/inbox/?whose=zone&amp;state=1&amp;as=xlsx"),
        ("/halts/?state=over", "/sheets/list/halts/?state=over&amp;as=csv"),
        (f"/projects/{SLUG}/halts/", f"/sheets/list/halts/?project={SLUG}&amp;as=print"),
        (f"/projects/{SLUG}/debts/?kind=letter", f"/sheets/list/debts/?kind=letter&amp;project={SLUG}&amp;as=csv"),
        ("/calendar/?year=2025", "/sheets/list/days/?year=2025&amp;as=csv"),
        ("/projects/?q=a%26b", "/sheets/list/projects/?q=a%26b&amp;as=xlsx"),
    ):
        assert wanted in page(head, address), address


@pytest.mark.slow
def test_the_inbox_keeps_its_filter(scene: Scene) -> None:
    number = scene.row(scene.opened("project_filing")).number
    head = browser(scene.head)
    assert [number in line for line in had(head, "inbox", whose="zone", state="1")] == [True]
    assert had(head, "inbox", whose="zone", state="8") == []
    assert head.get("/sheets/list/inbox/", {"as": "csv", "state": "99"}).status_code == 400


@pytest.mark.slow
def test_a_file_says_in_words_how_it_is_filtered(scene: Scene) -> None:
    scene.opened("project_filing")
    asked = {"whose": "zone", "state": "1", "light": "none", "as": "print"}
    shown = browser(scene.head).get("/sheets/list/inbox/", asked).content.decode()
    assert "范围：本区，状态：接件，灯：未计时" in shown
    assert "whose: the zone&#39;s" in browser(scene.head, "en").get("/sheets/list/inbox/", asked).content.decode()


@pytest.mark.slow
def test_halts_keep_their_filter_and_their_project(scene: Scene) -> None:
    cases.find(project=SLUG, found="古墓", by=scene.head, at=scene.at)
    head = browser(scene.head)
    line = had(head, "halts")[0]
    assert "古墓" in line
    assert timezone.localtime(scene.at).strftime("%Y-%m-%d %H:%M") in line, "moments are told in the time of the place"
    assert "古墓" in had(head, "halts", project=SLUG)[0]
    assert had(head, "halts", state="over") == []
    assert had(head, "halts", project="another") == []
    assert had(browser(hired("leader", OTHER)), "halts") == []


@pytest.mark.slow
def test_orders_and_visits_stay_within_reach(scene: Scene) -> None:
    unit, due = organisation("bureau", unit="approval_bureau"), (scene.at + timedelta(days=9)).date()
    actions.give_order(
        zone="zgsfq", project=None, slug="", meeting="例会", decision="接通临时用水", owner=unit, due=due, by=scene.leader,
        at=scene.at,
    )  # fmt: skip
    assert "接通临时用水" in had(browser(scene.leader), "orders")[0]
    assert had(browser(hired("leader", OTHER)), "orders") == []
    actions.start_campaign(
        zone="zgsfq", zh="百日攻坚", en="hundred days", goal="开工", starts=scene.at.date(), ends=due, projects=(),
        by=scene.leader, at=scene.at,
    )  # fmt: skip
    assert "百日攻坚" in had(browser(scene.leader), "campaigns")[0]


@pytest.mark.slow
def test_what_a_project_still_needs_is_what_its_board_shows(scene: Scene) -> None:
    lines = had(browser(scene.navigator), "needed", project=SLUG)
    assert any("可以分发" in line for line in lines)
    stranger = browser(hired("navigator", OTHER))
    assert stranger.get("/sheets/list/needed/", {"project": SLUG, "as": "csv"}).status_code == 404
    assert stranger.get("/sheets/list/needed/", {"as": "csv"}).status_code == 404


@pytest.mark.slow
def test_notices_are_all_of_them_or_the_unread(scene: Scene) -> None:
    scene.opened("project_filing")
    officer = browser(scene.officer)
    told = had(officer, "notices")
    assert told
    assert had(officer, "notices", show="unread") == told
    officer.post("/notices/read/")
    assert had(officer, "notices", show="unread") == []
    assert len(had(officer, "notices")) == len(told)


def test_days_are_those_of_the_year_asked_for() -> None:
    lines = had(browser(hired("bureau_officer")), "days", year="2025")
    assert lines
    assert all(line.startswith(("2025-", str(date(2025, 1, 1)))) for line in lines)


def test_powers_keep_their_organisation() -> None:
    assert had(browser(hired("bureau_officer")), "powers", organisation="nobody") == []
