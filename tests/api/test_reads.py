"""Every question of the interface, against a project that is being handled; and that long lists cost no more than short ones."""

from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.program import Program
from tests.cases.scene import SLUG, Scene, play
from tests.people import OTHER, hired

from luodi.cases.readers import numbered
from luodi.debts.readers import owed
from luodi.domain.clock.office import day_of
from luodi.journal import readers as record
from luodi.zones.models import Zone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def scene() -> Scene:
    """A project with an announced plan, one case with a commitment, one in the window, a halt and an order."""
    scene = play(plan=True)
    scene.granted("project_filing")
    scene.opened("energy_review")
    return scene


@pytest.fixture
def officer(scene: Scene) -> Program:
    return Program(scene.officer)


@pytest.mark.parametrize(
    "path",
    [
        "/me", "/zones", "/zones/zgsfq", "/organisations", "/organisations?kind=bureau", "/powers", "/projects",
        "/projects?q=晶科&live=true", f"/projects/{SLUG}", f"/projects/{SLUG}/cases", f"/projects/{SLUG}/board",
        f"/projects/{SLUG}/record", f"/projects/{SLUG}/record/1", f"/projects/{SLUG}/record?group=cases",
        "/zones/zgsfq/record", f"/projects/{SLUG}/plan", f"/projects/{SLUG}/chart", f"/projects/{SLUG}/delays",
        f"/projects/{SLUG}/offers", "/delays", "/figures", "/cases", "/cases?whose=mine", "/cases?closed=true",
        "/cases?whose=zone&light=green&state=1&turn=window&q=energy", "/askings", "/debts", "/debts?state=all", "/halts",
        "/halts?over=true", "/orders", "/visits", "/campaigns", "/requests", "/ratings", "/notices", "/matters",
        "/matters/project_filing", "/calendar/2026",
    ],
)  # fmt: skip
def test_every_question_is_answered(officer: Program, path: str) -> None:
    status, said = officer.get(path)
    assert status == 200, said


def test_a_case_is_told_whole(scene: Scene, officer: Program) -> None:
    _status, page = officer.get("/cases?matter=energy_review")
    (row,) = page["rows"]
    status, case = officer.get(f"/cases/{row['number']}")
    assert status == 200
    assert case["row"] == row
    assert [one["kind"] for one in case["events"]] == ["case.opened"]
    acts = {one["verb"]: one for one in case["acts"]}
    assert acts["accept"]["allowed"] is True
    assert acts["accept"]["why"]["zh"]
    assert acts["resume"] == {"verb": "resume", "allowed": False, "why": "special_not_open"}


def test_as_of_tells_what_was(scene: Scene, officer: Program) -> None:
    number = officer.get("/cases?closed=true&matter=project_filing")[1]["rows"][0]["number"]
    known = numbered(number, now=scene.at)
    assert known is not None
    before = (known.opened_at + timedelta(seconds=1)).astimezone(UTC).isoformat().replace("+00:00", "Z")
    status, then = officer.get(f"/cases/{number}?as_of={before}")
    assert status == 200
    assert (then["row"]["state"], then["acts"]) == (1, [])
    assert officer.get(f"/cases/{number}")[1]["row"]["state"] == 11
    assert officer.get(f"/cases/{number}?as_of=2026-01-01")[0] == 404


def test_a_debt_and_a_halt_are_told_whole(scene: Scene) -> None:
    from luodi.cases import actions
    from luodi.debts import actions as debts
    from luodi.projects.readers import project

    known = project(SLUG)
    assert known is not None
    debt = debts.owe(
        project=known.id, zone=known.zone, matter="project_filing", kind="commitment", text="按标准建设",
        due=day_of(scene.at) + timedelta(days=200), checker="zgsfq_bureau_approval_bureau", by=scene.officer, at=scene.at,
    )  # fmt: skip
    halt = actions.find(project=SLUG, found="古墓一座", by=scene.head, at=scene.at)
    head = Program(scene.head)
    status, said = head.get(f"/debts/{debt}")
    assert status == 200
    assert said["row"]["text"] == "按标准建设"
    assert {one["verb"]: one["allowed"] for one in said["acts"]}["check"] is True
    assert [one["id"] for one in head.get("/debts")[1]["rows"]] == [one.id for one in owed(today=day_of(scene.at))]
    status, said = head.get(f"/halts/{halt}")
    assert status == 200
    assert (said["found"], said["kind"], bool(said["steps"])) == ("古墓一座", "heritage", True)
    assert [one["id"] for one in head.get("/halts")[1]["rows"]] == [halt]


def test_lists_are_paged_to_their_end(officer: Program) -> None:
    for path, rows in ((f"/projects/{SLUG}/record", 5), ("/cases?whose=zone&closed=false", 1)):
        seen: list[Any] = []
        after, mark = "", "&" if "?" in path else "?"
        for _ in range(20):
            status, page = officer.get(f"{path}{mark}limit=2{after}")
            assert status == 200
            seen += page["rows"]
            if page["next"] is None:
                break
            after = "&after=" + page["next"].replace("+", "%2B")
        assert len(seen) >= rows
        assert len({str(one) for one in seen}) == len(seen)
        assert len(seen) == len(officer.get(f"{path}{mark}limit=200")[1]["rows"])
        status, said = officer.get(f"{path}{mark}after=nonsense")
        assert (status, said["code"]) == (400, "cursor_unknown")


def test_another_zones_record_is_not_there_and_the_attempt_is_recorded(scene: Scene) -> None:
    Zone.objects.get_or_create(
        pk=OTHER, defaults={"zh": "平鲁", "en": "Pinglu", "kind": "industrial", "confidence": "verified"}
    )
    stranger = Program(hired("bureau_officer", OTHER, unit="approval_bureau"))
    for path in (f"/projects/{SLUG}", f"/projects/{SLUG}/plan", "/zones/zgsfq/record"):
        status, said = stranger.get(path)
        assert (status, said["code"]) == (404, "api_not_found")
    assert stranger.get("/projects")[1]["rows"] == []
    assert len(record.entries(kinds=("reach.refused",)).records) == 3


def test_what_a_kind_may_not_read_at_all_is_refused_in_words() -> None:
    status, said = Program(hired("system_admin")).get("/projects")
    assert (status, said["code"]) == (403, "not_allowed")
    assert said["facts"]["function"]["zh"]
    assert said["title"]["zh"]


def queries(program: Program, path: str) -> int:
    """Queries of an answer, once a first one has filled what processes keep."""
    program.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert program.get(path)[0] == 200
    return len(asked)


@pytest.mark.parametrize(
    "path", ["/cases?whose=unit", f"/projects/{SLUG}/cases", f"/projects/{SLUG}/board", "/notices"]
)
def test_a_longer_list_costs_no_more_queries(scene: Scene, officer: Program, path: str) -> None:
    before = queries(officer, path)
    scene.wait(minutes=1)
    from luodi.cases import actions

    actions.dispatch(project=SLUG, by=scene.navigator, at=scene.at)
    assert queries(officer, path) <= before
