"""Reminders of everything that falls due, gathered from all rooms: the right people, once, on the days of their kind."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.scene import Scene, play
from tests.house.tree import modules
from tests.house.tree import text as text_of
from tests.people import OWN

import luodi
from luodi.accounts.models import Post
from luodi.cases.actions import Paper
from luodi.config.reminding import ROOMS, remind, upcoming
from luodi.config.schedule import SCHEDULE, calls
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.notices.kinds import kinds
from luodi.notices.models import Notice
from luodi.supervision import actions as supervision

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def scene(db: None) -> Scene:
    """A live project with its people."""
    return play()


def told(kind: str) -> Counter[int]:
    """How often each person was told a kind."""
    return Counter(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def test_the_unit_is_reminded_before_a_limit_and_again_when_it_has_passed(scene: Scene) -> None:
    case = scene.accepted("enterprise_establish")
    runs_out = scene.row(case).runs_out
    assert remind(at=noon(runs_out - timedelta(days=60))) == 0
    remind(at=noon(runs_out))
    assert told("due_soon")[scene.officer.person] == 1
    assert scene.agent.person not in told("due_soon")
    remind(at=noon(runs_out))
    assert told("due_soon")[scene.officer.person] == 1, "a moment asked twice tells nothing twice"
    remind(at=noon(runs_out + timedelta(days=4)))
    assert told("overdue")[scene.officer.person] == 1


def test_the_applicant_is_reminded_of_a_correction(scene: Scene) -> None:
    case = scene.opened()
    due = day_of(scene.at) + timedelta(days=7)
    scene.on(case).ask_correction(papers=(Paper("missing_paper", "申请表"),), due=due)
    remind(at=noon(due))
    assert told("correction_due")[scene.agent.person] == 1
    assert scene.officer.person not in told("correction_due")


def test_whoever_owes_an_order_is_reminded_until_it_is_closed(scene: Scene) -> None:
    due = day_of(scene.at) + timedelta(days=10)
    supervision.give_order(
        zone=OWN, project=None, slug="", meeting="例会", decision="三日内答复", owner=scene.bureau, due=due,
        by=scene.leader, at=scene.at,
    )  # fmt: skip
    assert [one.kind for one in upcoming(due) if one.kind.startswith("order")] == ["order_due"]
    remind(at=noon(due))
    assert told("order_due")[scene.officer.person] == 1


def test_a_contract_that_ends_is_told_to_the_person(scene: Scene) -> None:
    ending = day_of(scene.at) + timedelta(days=40)
    Post.objects.filter(pk=scene.navigator.post).update(contract_until=ending)
    remind(at=noon(ending - timedelta(days=30)))
    assert told("post_expiring")[scene.navigator.person] == 1


def test_every_kind_of_reminder_has_somebody_who_gathers_it() -> None:
    text = "".join(text_of(path) for path in modules() if path.name in ("approaching.py", "reminding.py"))
    after = {one.after for one in kinds().values()}
    idle = [one.id for one in kinds().values() if one.offsets and one.id not in after and f'"{one.id}"' not in text]
    assert not idle


def test_the_number_of_queries_does_not_grow(scene: Scene) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(upcoming(day_of(scene.at)))
        return len(queries)

    scene.accepted("enterprise_establish")
    first = asked()
    scene.accepted("land_price_evaluation")
    assert asked() == first


def test_everything_scheduled_exists() -> None:
    assert len(tuple(calls())) == len(SCHEDULE)


def test_every_room_with_days_is_asked() -> None:
    named = {room.__name__.split(".")[1] for room in ROOMS}
    assert named == {path.parent.name for path in Path(luodi.__file__).parent.glob("*/approaching.py")}
