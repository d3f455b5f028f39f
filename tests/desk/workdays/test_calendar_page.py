"""The calendar page: open to all, edited by the province, previewed before it is in force."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.cases.scene import SLUG, Scene, play
from tests.desk.opened import browser, page, same_clock
from tests.people import hired

from luodi.domain.workdays import official
from luodi.journal.readers import entries, last
from luodi.workcalendar.models import CalendarEdit
from luodi.workcalendar.readers import in_force

DAY = {"what": "day", "day": "2026-11-04", "works": "no", "name": "临时放假", "name_en": "day off", "title": "省政府通知",
       "number": "晋政办〔示例〕7号", "link": "", "reason": "大雪"}  # fmt: skip
NEXT = official().published.year + 1
NOTICE = {"what": "notice", "year": str(NEXT), "title": "放假通知", "zh-0": "元旦", "en-0": "New Year",
          "first-0": f"{NEXT}-01-01", "last-0": f"{NEXT}-01-03"}  # fmt: skip


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A live project whose clock the pages share."""
    return same_clock(play(), monkeypatch)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("year", ["", "2024", str(NEXT), "0000", "9999", "x", "２０２４"])
def test_everybody_may_look(year: str, language: str) -> None:
    client = Client()
    client.cookies["luodi_language"] = language
    answer = client.get("/calendar/", {"year": year})
    assert answer.status_code == 200
    said = answer.content.decode()
    assert said.count('class="month"') == 12
    assert "calendar/confirm" not in said


@pytest.mark.slow
def test_the_preview_changes_nothing_and_the_confirmation_moves_deadlines(scene: Scene) -> None:
    case = scene.accepted("enterprise_establish")
    number, was = scene.row(case).number, scene.row(case).due
    client = browser(hired("province_officer"))
    shown = client.post("/calendar/day/", DAY)
    said = shown.content.decode()
    assert shown.status_code == 200
    assert number in said
    assert (CalendarEdit.objects.count(), in_force().is_workday(date(2026, 11, 4))) == (0, True)
    form = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', said.split("calendar/confirm")[1]))
    form = {name: value for name, value in form.items() if name in DAY or name == "key"}
    assert form.items() >= {name: value for name, value in DAY.items() if value}.items()
    for _ in range(2):
        answer = client.post("/calendar/confirm/", form)
        assert answer.status_code == 302, "sent twice, done once"
    assert CalendarEdit.objects.count() == 1
    assert scene.row(case).due != was
    assert entries(project=SLUG, kinds=("case.reprojected",)).records
    said = page(client, "/calendar/", year="2026")
    assert "省政府通知" in said
    assert "期限正在重算" in said


def test_a_notice_of_the_next_year_is_added_whole(scene: Scene) -> None:
    client = browser(hired("province_officer"))
    bad = client.post("/calendar/notice/", NOTICE | {"last-0": ""})
    assert bad.status_code == 400
    assert "元旦" in bad.content.decode(), "what was typed is kept"
    assert client.post("/calendar/notice/", NOTICE).status_code == 200
    assert client.post("/calendar/confirm/", NOTICE | {"key": "one"}).status_code == 302
    assert not in_force().projected(date(NEXT, 1, 1))
    entry = last("calendar")
    assert entry
    assert entry.kind == "calendar.edited"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"works": ""}, "works"), ({"day": "x"}, "day"), ({"name": ""}, "name"), ({"title": ""}, "title"),
     ({"link": "javascript:alert(1)"}, "link"), ({"works": "yes"}, "day"), ({"day": "1999-01-01"}, "day")],
)  # fmt: skip
def test_a_fault_stands_beside_its_field(scene: Scene, wrong: dict[str, str], code: str) -> None:
    answer = browser(hired("province_officer")).post("/calendar/day/", DAY | wrong)
    assert answer.status_code == 400
    assert f'id="{code}-wrong"' in answer.content.decode()


def test_only_the_province_edits_what_moves_every_limit(scene: Scene) -> None:
    assert browser(scene.head).post("/calendar/confirm/", DAY).status_code == 403
    assert browser(hired("data_officer")).post("/calendar/confirm/", DAY).status_code == 403, "the province's alone"
    assert "act-card" not in page(browser(hired("data_officer")), "/calendar/")
    assert Client().post("/calendar/confirm/", DAY).status_code == 302
    assert not CalendarEdit.objects.exists()
