"""What leaders settle and enterprises ask for: each act once, by the right unit, on the record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from luodi.accounts.acting import Acting
from luodi.accounts.models import Organisation, Person, Post
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal.models import Entry
from luodi.projects.models import Project
from luodi.supervision import actions, readers
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def somebody(name: str, kind: str, office: Organisation) -> Acting:
    """A person in a post."""
    person = Person.objects.create(username=name, name=name)
    post = Post.objects.create(person=person, organisation=office, kind=kind, starts=date(2026, 1, 1))
    label = f"{name} · {kind}"
    return Acting(person.pk, name, name, post.pk, kind, office.pk, office.code, Text(office.zh, office.en), office.unit,
                  office.zone, frozenset({"z"}), label)  # fmt: skip


@pytest.fixture
def scene() -> dict[str, Acting]:
    Zone.objects.create(id="z", zh="甲区", en="A", kind="industrial", confidence="verified")
    offices = {
        code: Organisation.objects.create(code=code, kind="bureau", zh=code, en=code, zone="z", starts=date(2020, 1, 1))
        for code in ("committee", "water", "firm")
    }
    Project.objects.create(
        slug="p", document="x", recorded_by="t", created=NOW, changed=NOW, zh="项目", en="Project", zone_id="z"
    )
    return {
        "chair": somebody("chair", "leader", offices["committee"]),
        "other": somebody("other", "leader", offices["committee"]),
        "water": somebody("water", "bureau_officer", offices["water"]),
        "firm": somebody("firm", "enterprise_agent", offices["firm"]),
    }


def give(scene: dict[str, Acting], **changed: object) -> int:
    wanted = {
        "zone": "z", "project": None, "slug": "", "meeting": "例会", "decision": "接通临时用水", "by": scene["chair"],
        "owner": scene["water"].organisation, "due": TODAY + timedelta(days=3), "at": NOW,
    }  # fmt: skip
    return actions.give_order(**(wanted | changed))  # type: ignore[arg-type]


def test_an_order_goes_from_decision_to_evidence_to_the_chair(scene: dict[str, Acting]) -> None:
    order = give(scene)
    with pytest.raises(Refusal, match="order_without_evidence"):
        actions.close_order(order=order, by=scene["chair"], at=NOW)
    with pytest.raises(Refusal, match="order_of_another"):
        actions.prove_order(order=order, evidence="通了", by=scene["firm"], at=NOW)
    actions.prove_order(order=order, evidence="已接通", by=scene["water"], at=NOW)
    with pytest.raises(Refusal, match="order_closed_by_chair_only"):
        actions.close_order(order=order, by=scene["other"], at=NOW)
    actions.close_order(order=order, by=scene["chair"], at=NOW)
    with pytest.raises(Refusal, match="order_closed"):
        actions.prove_order(order=order, evidence="再报", by=scene["water"], at=NOW)
    kinds = Entry.objects.filter(chain="zone:z").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["order.given", "order.proved", "order.closed"]
    assert readers.orders(None, TODAY) == ()
    (row,) = readers.orders(None, TODAY, done=True)
    assert (row.evidence, row.owner, row.left) == ("已接通", Text("water", "water"), None)


def test_an_overdue_order_counts_the_days(scene: dict[str, Acting]) -> None:
    give(scene)
    assert [row.left for row in readers.orders(frozenset({"z"}), TODAY + timedelta(days=5))] == [-2]
    assert readers.orders(frozenset({"elsewhere"}), TODAY) == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"due": TODAY - timedelta(days=1)}, "due_in_the_past"), ({"decision": " "}, "text_missing"),
     ({"decision": "长" * 20_001}, "text_too_long"), ({"meeting": "\ud800"}, "text_unreadable")],
)  # fmt: skip
def test_a_bad_order_leaves_nothing_behind(scene: dict[str, Acting], changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        give(scene, **changed)
    assert not Entry.objects.exists()
    assert readers.orders(None, TODAY) == ()


def test_the_same_form_sent_twice_is_one_order(scene: dict[str, Acting]) -> None:
    give(scene, key="k1")
    with pytest.raises(Refusal, match="already_done"):
        give(scene, key="k1")
    assert len(readers.orders(None, TODAY)) == 1


def test_a_visit_with_a_problem_names_who_solves_it(scene: dict[str, Acting]) -> None:
    project = Project.objects.get()
    wanted = {"project": project.pk, "slug": "p", "zone": "z", "on": TODAY, "problem": "围墙未拆", "by": scene["chair"],
              "solver": scene["water"].organisation, "due": TODAY, "at": NOW}  # fmt: skip
    with pytest.raises(Refusal, match="visit_problem_without_solver"):
        actions.note_visit(**(wanted | {"solver": None}))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="visit_ahead"):
        actions.note_visit(**(wanted | {"on": TODAY + timedelta(days=1)}))  # type: ignore[arg-type]
    visit = actions.note_visit(**wanted)  # type: ignore[arg-type]
    assert len(readers.visits(None, open_only=True)) == 1
    with pytest.raises(Refusal, match="visit_of_another"):
        actions.solve_visit(visit=visit, result="拆了", on=TODAY, by=scene["firm"], at=NOW)
    actions.solve_visit(visit=visit, result="已拆除", on=TODAY, by=scene["water"], at=NOW)
    assert readers.visits(None, open_only=True) == ()
    assert readers.visits(None)[0].closed_on == TODAY


def test_a_campaign_counts_down(scene: dict[str, Acting]) -> None:
    project = Project.objects.get().pk
    starts, ends = TODAY - timedelta(days=9), TODAY + timedelta(days=90)
    actions.start_campaign(zone="z", zh="攻坚100天", en="", goal="全部开工", starts=starts, ends=ends, projects=[project],
                           by=scene["chair"], at=NOW)  # fmt: skip
    (row,) = readers.campaigns(None, TODAY)
    assert (row.day, row.days, row.left, row.projects) == (10, 100, 90, 1)
    assert readers.campaigns(None, ends + timedelta(days=1)) == ()


def test_the_first_answer_stops_the_clock_of_a_request(scene: dict[str, Acting]) -> None:
    project = Project.objects.get()
    asked = actions.ask(project=project.pk, slug="p", zone="z", kind="utilities", text="需要临时用电 🙂 𬭼", navigators=(),
                        by=scene["firm"], at=NOW)  # fmt: skip
    assert readers.requests(None, NOW + timedelta(hours=5))[0].waited == 5
    actions.answer(request=asked, text="已联系供电", close=False, by=scene["water"], at=NOW + timedelta(hours=6))
    actions.answer(request=asked, text="已送电", close=True, by=scene["water"], at=NOW + timedelta(hours=9))
    (row,) = readers.requests(None, NOW + timedelta(days=9))
    assert row.waited == 6
    assert row.answer.count("\n") == 1
    with pytest.raises(Refusal, match="request_closed"):
        actions.answer(request=asked, text="又", close=False, by=scene["water"], at=NOW + timedelta(days=1))


def test_a_case_is_rated_once(scene: dict[str, Acting]) -> None:
    wanted = {"case": 7, "project": Project.objects.get().pk, "slug": "p", "zone": "z", "unit": "water", "stars": 2,
              "note": "慢", "by": scene["firm"], "at": NOW}  # fmt: skip
    with pytest.raises(Refusal, match="rating_out_of_range"):
        actions.rate(**(wanted | {"stars": 6}))  # type: ignore[arg-type]
    actions.rate(**wanted)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="rated_already"):
        actions.rate(**wanted)  # type: ignore[arg-type]
    assert readers.rated([7, 8]) == {7: 2}
    assert readers.ratings(None) == (readers.Rated("water", 1, 2.0, 1),)
