"""Projects on the record: revisions, what lists read, who is on the team."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import luodi
from luodi.accounts.acting import SYSTEM
from luodi.accounts.models import Organisation, Person, Post
from luodi.domain.vocabulary import Refusal
from luodi.finding.readers import Within, look
from luodi.journal.readers import entries
from luodi.projects import readers
from luodi.projects.actions import assign_member, record_project, release_member
from luodi.projects.models import Revision
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
SAMPLES = Path(luodi.__file__).parent / "data" / "samples"
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def document(name: str) -> str:
    return (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


def recorded(slug: str, name: str = "jinko", at: datetime = AT, **more: object) -> bool:
    return record_project(slug=slug, document=document(name), sample=True, by=SYSTEM, at=at, **more)  # type: ignore[arg-type]


@pytest.fixture
def zone() -> str:
    return Zone.objects.create(id="yangqu", zh="阳曲", en="Yangqu", kind="industrial", confidence="verified").pk


@pytest.fixture
def post() -> int:
    unit = Organisation.objects.create(code="hq", kind="committee", zh="指挥部", en="Headquarters", starts=TODAY)
    person = Person.objects.create(username="wang", name="王敏", password="!")  # noqa: S106
    return Post.objects.create(person=person, organisation=unit, kind="navigator", starts=TODAY).pk


def test_what_is_recorded_is_found_at_once_under_its_newest_name(zone: str) -> None:
    everywhere = {"project": Within(None)}
    recorded("p", zone=zone)
    assert [one.link for one in look("晋科", within=everywhere)] == ["/projects/p/"]
    recorded("p", "tongfu", AT + timedelta(days=1))
    assert look("晋科", within=everywhere) == ()
    assert [one.link for one in look("同福", within=everywhere)] == ["/projects/p/"]


def test_every_text_is_a_revision_with_its_entry(zone: str) -> None:
    assert recorded("p", zone=zone, live=True)
    assert not recorded("p", "tongfu", AT + timedelta(days=1))
    first, second = Revision.objects.order_by("seq")
    assert (first.document, second.document) == (document("jinko"), document("tongfu"))
    told = entries(project="p").records
    assert [(one.kind, one.zone, one.hash) for one in told] == [
        ("project.recorded", zone, second.entry), ("project.recorded", zone, first.entry),
    ]  # fmt: skip


def test_what_is_not_said_again_stays(zone: str) -> None:
    recorded("p", zone=zone, live=True)
    recorded("p", "tongfu", AT + timedelta(days=1))
    found = readers.project("p")
    assert found is not None
    assert (found.zone, found.live, found.file.id) == (zone, True, "tongfu")


def test_the_same_again_writes_nothing() -> None:
    recorded("p")
    assert not recorded("p", at=AT + timedelta(days=1))
    assert Revision.objects.count() == 1
    assert len(entries(project="p").records) == 1


def test_a_project_can_be_read_as_it_was() -> None:
    recorded("p")
    recorded("p", "tongfu", AT + timedelta(days=2))
    before, then, now = (
        readers.project("p", as_of=AT + timedelta(days=days)) for days in (-1, 1, 2)
    )  # fmt: skip
    assert before is None
    assert then is not None
    assert now is not None
    assert (then.file.id, then.name.en) == ("jinko", then.file.name.en)
    assert now.file.id == "tongfu"


def test_lists_read_columns_only(zone: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object) -> None:
    recorded("a", zone=zone, live=True)
    recorded("b", "tongfu")
    monkeypatch.setattr(readers, "understood", None)
    with django_assert_num_queries(3):  # type: ignore[operator]
        both, mine, live = readers.listed(), readers.listed(zones=[zone]), readers.listed(live=False)
    assert [one.slug for one in both] == ["a", "b"]
    assert [one.slug for one in mine] == ["a"]
    assert [one.slug for one in live] == ["b"]
    assert "晋科" in both[0].name.zh
    assert [one.slug for one in readers.listed(after=both[0].id)] == ["b"]


def test_a_team_is_who_is_on_it_that_day(post: int) -> None:
    recorded("p")
    assign_member(project="p", post=post, role="navigator", starts=TODAY, by=SYSTEM, at=AT)
    assert [one.post for one in readers.team("p", TODAY)] == [post]
    assert readers.projects_of(post, TODAY) == ("p",)
    release_member(project="p", post=post, role="navigator", ends=TODAY, by=SYSTEM, at=AT)
    assert readers.team("p", TODAY)
    assert readers.team("p", TODAY + timedelta(days=1)) == ()
    assert [one.kind for one in entries(project="p").records][:2] == [
        "project.member_released",
        "project.member_assigned",
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [({"role": "king"}, "role_unknown"), ({"project": "nowhere"}, "project_unknown"), ({}, "member_already")],
)
def test_what_cannot_be_is_refused_and_leaves_no_entry(post: int, change: dict[str, str], code: str) -> None:
    recorded("p")
    told = {"project": "p", "role": "navigator"}
    assign_member(**told, post=post, starts=TODAY, by=SYSTEM, at=AT)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        assign_member(**(told | change), post=post, starts=TODAY, by=SYSTEM, at=AT)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert len(entries(project="p").records) == 2
    with pytest.raises(Refusal):
        release_member(project="p", post=post + 1, role="navigator", ends=TODAY, by=SYSTEM, at=AT)
