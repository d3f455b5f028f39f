"""Every duration on a page names its start, its end, its unit and its source (issue 6, §2)."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.cases.scene import SLUG, Scene, play
from tests.debts.test_debts import owed
from tests.desk.conftest import SAMPLES, record
from tests.desk.opened import browser, page, same_clock
from tests.people import hired

from luodi.accounts.acting import Acting
from luodi.cases import actions as cases
from luodi.cases.models import Case
from luodi.desk import durations
from luodi.projects.models import Project
from luodi.supervision import actions as supervision

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNITS = r"个?工作日|个?日历日|小时|天(?!然)|wd\b|d\b|h\b|(?:working |calendar )?days?\b|hours?\b"
BARE = re.compile(rf"(?<!\w)\d[\d.,]*\s*(?:{UNITS})")
HEAD = re.compile(r"天数(?!最多)|（天）|浮动|(?<!critical )\b[Dd]ays\b|\bFloat\b")
INLINE = frozenset({"a", "abbr", "b", "code", "i", "em", "kbd", "small", "span", "strong", "sub", "sup"})
UNREAD = frozenset({"svg", "script", "style", "option", "textarea", "template"})
UNREAD_CLASSES = frozenset({"counted", "source", "quoted"})
"""The explanations themselves, the names of sources, and sentences quoted from rules and files with their source beside."""
ALLOWED = {
    r"按日历日|个?日历日中含|working days in these calendar days": "names how its own figure is made up",
    r"24 ?小时内到场|within 24 hours": "words of the law, beside its article",
    r"攻坚\d+天|\d+-day campaign": "the name of a campaign",
}
"""What may stand outside a marked duration, with why."""


class Page(HTMLParser):
    """The text of a page outside marked durations, its heads, and the durations it marks and explains."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bare, self.head = "", ""
        self.heads: list[tuple[str, bool]] = []
        self.marked: list[tuple[str, str]] = []
        self.explained: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def inside(self) -> bool:
        return any(hidden for _tag, hidden in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "data-lasts" in said:
            self.marked.append((said["data-lasts"], said.get("title", "")))
        if "data-counts" in said:
            self.explained.append(said["data-counts"])
        if tag == "th":
            self.heads.append(("", False))
        if self.heads and "data-lasts" in said:
            self.heads[-1] = (self.heads[-1][0], True)
        if tag not in ("input", "br", "meta", "link", "img", "hr", "col", "rect", "line", "path", "circle"):
            unread = tag in UNREAD or not UNREAD_CLASSES.isdisjoint(said.get("class", "").split())
            self.open.append((tag, unread or "data-lasts" in said))
        if tag not in INLINE:
            self.bare += "\n"

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _ in self.open):
            while self.open.pop()[0] != tag:
                pass
        if tag not in INLINE:
            self.bare += "\n"

    def handle_data(self, data: str) -> None:
        if any(tag == "th" for tag, _ in self.open) and any(tag == "thead" for tag, _ in self.open) and self.heads:
            self.heads[-1] = (self.heads[-1][0] + data, self.heads[-1][1])
        self.bare += "·" if self.inside else data


def faults(text: str) -> list[str]:
    """What a page says of days without saying which."""
    read = Page()
    read.feed(text)
    bare = read.bare
    for allowed in ALLOWED:
        bare = re.sub(rf"[^\n]*(?:{allowed})[^\n]*", "", bare)
    found = [
        f"bare: {one.group()!r} in {bare[max(0, one.start() - 40) : one.end() + 20]!r}" for one in BARE.finditer(bare)
    ]
    found += [f"head: {said}" for said, marked in read.heads if HEAD.search(said) and not marked]
    for kind, title in read.marked:
        parts = title.split(" · ")
        if len(parts) < 3 or not re.match(r"自.+至.+|From .+ to .+", parts[0]) or not all(parts):
            found.append(f"{kind}: {title!r} does not name start, end, unit and source")
        if kind not in read.explained:
            found.append(f"{kind}: not explained at the foot, where the keyboard reaches it")
    return found


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A live project that has gone through everything that is counted in days."""
    made = same_clock(play(plan=True), monkeypatch)
    record("tongfu", (SAMPLES / "tongfu.yaml").read_text(encoding="utf-8"))
    made.accepted("project_filing")
    paused = made.on(made.accepted("enterprise_establish"))
    paused.ask(organisation=made.other.organisation, kind="consultation", question="是否占用林地", due=None)
    project = Project.objects.get(slug=SLUG)
    about: dict[str, Any] = {"zone": "zgsfq", "project": project.pk, "slug": SLUG, "at": made.at}
    supervision.give_order(
        **about, meeting="例会", decision="接通临时用水", owner=made.other.organisation,
        due=made.at.date() + timedelta(days=3), by=made.leader,
    )  # fmt: skip
    supervision.ask(**about, kind="other", text="请协调用电", navigators=[made.navigator.post], by=made.agent)
    supervision.start_campaign(
        zone="zgsfq", zh="攻坚", en="", goal="全部开工", starts=made.at.date(), ends=made.at.date() + timedelta(days=60),
        projects=[project.pk], by=made.leader, at=made.at,
    )  # fmt: skip
    owed(made, due=date(2026, 12, 1))
    return made


def everything(scene: Scene) -> list[tuple[Acting, str]]:
    """Who asks for which page."""
    number = Case.objects.first().number
    of_project = [f"/projects/{SLUG}/{one}" for one in ("", "chart/", "board/", "debts/", "halts/", "record/")]
    officer = ["/inbox/?whose=unit", f"/cases/{number}/", "/debts/", "/calendar/?year=2026", "/handbook/",
               "/handbook/eia_report/", "/handbook/land_price_evaluation/", "/notices/", f"/papers/{number}/", "/halts/",
               "/wall/", *of_project]  # fmt: skip
    leader = ["/room/", "/room/?days=365", "/reforms/", "/orders/", "/visits/", "/requests/", "/projects/"]
    navigator = ("/board/", "/search/?q=晶科", f"/projects/{SLUG}/charts/", f"/projects/{SLUG}/dispatch/",
                 "/promises/", f"/projects/{SLUG}/fronts/")  # fmt: skip
    figures = ["/factors/", f"/projects/{SLUG}/factors/", "/results/clock/", "/results/lags/", "/results/enrolment/", "/region/",
               "/region/zones/zgsfq/", "/ledgers/", "/land/low-use/"]  # fmt: skip
    return [
        *((scene.leader, one) for one in figures),
        *((scene.officer, one) for one in officer),
        *((scene.leader, one) for one in leader),
        *((scene.navigator, one) for one in navigator),
        *((scene.agent, one) for one in (f"/my/{SLUG}/",)),
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_counts_days_without_saying_which(scene: Scene, language: str) -> None:
    scene.until(date(2026, 12, 9))
    found = []
    for who, address in everything(scene):
        found += [f"{address}: {one}" for one in faults(page(browser(who, language), address))]
    assert not found, "\n".join(found)


def test_a_stop_of_works_says_what_its_days_count(scene: Scene) -> None:
    halt = cases.find(project=SLUG, found="3号基坑见砖室墓", by=scene.agent, at=scene.at)
    scene.wait(days=20)
    for address in ("/halts/", f"/halts/{halt}/"):
        assert not faults(page(browser(hired("province_officer")), address))


def test_the_walk_finds_what_it_looks_for() -> None:
    full = (
        '<span data-lasts="late" title="From a to b · calendar days · source: c">3 d</span><p data-counts="late"></p>'
    )
    assert not faults(full)
    assert faults("<p>12 <b>天</b></p>")
    assert faults("<p>at most 12 working days</p>")
    assert faults('<span data-lasts="late" title="From a to b">3 d</span><p data-counts="late"></p>')
    assert faults(full.replace('data-counts="late"', ""))
    assert faults("<table><thead><tr><th>Days late</th></tr></thead></table>")


def test_every_kind_says_four_things_in_both_languages() -> None:
    for kind in durations.LASTINGS:
        for tongue in ("zh", "en"):
            assert all(durations.said(kind, tongue).split(" · "))
