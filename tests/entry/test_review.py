"""An entry review: asked on one day, answered by whom it was asked of, kept row by row, and never a grant by itself."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.entry.scene import NOW, TODAY, recorded, units
from tests.people import hired

from luodi.accounts.acting import Acting
from luodi.domain.vocabulary import Refusal
from luodi.entry import approaching, experts, readers, reviewing
from luodi.entry.models import Asked, Link, Opinion
from luodi.entry.reviewing import Said
from luodi.journal.models import Entry
from luodi.notices.models import Notice
from luodi.projects.readers import Recorded

pytestmark = pytest.mark.django_db
DUE = TODAY + timedelta(days=7)


@pytest.fixture
def people(db: None) -> dict[str, Acting]:
    return units()


@pytest.fixture
def project(people: dict[str, Acting]) -> Recorded:
    return recorded()


def opened(project: Recorded) -> int:
    return reviewing.open_review(project=project, subject="年产一百万件", by=hired("investment_officer"), at=NOW)


def shown(project: Recorded) -> readers.ReviewRow:
    found = readers.review(project.id, project.slug, NOW, TODAY)
    assert found is not None
    return found


def say(asked: int, by: Acting, view: str = "agree", **more: str) -> int:
    said: Said = {"view": view, "conditions": "", "blocking": "", "papers": "", "note": "", **more}  # type: ignore[typeddict-item]
    return reviewing.give_opinion(asked=asked, **said, by=by, at=NOW)


def of(project: Recorded, check: str) -> readers.AskedRow:
    return next(one for one in shown(project).asked if one.check.id == check)


def test_every_unit_is_asked_on_the_same_day_and_told_once(project: Recorded) -> None:
    opened(project)
    found = shown(project)
    assert found.answer == "waiting"
    assert {one.due for one in found.asked} == {date(2026, 11, 27)}  # five working days
    assert [one.id for one in found.unasked] == ["expert_review"]
    told = Notice.objects.filter(kind="entry_asked").values_list("facts", flat=True)
    assert len(told) == len({one.organisation for one in found.asked})
    with pytest.raises(Refusal, match="entry_still_open"):
        opened(project)


def test_only_the_unit_asked_speaks_and_a_second_opinion_stands_beside_the_first(
    project: Recorded, people: dict[str, Acting]
) -> None:
    opened(project)
    asked = of(project, "environment").id
    with pytest.raises(Refusal, match="entry_asked_another"):
        say(asked, people["natural_resources"])
    assert say(asked, people["ecology"], "object", blocking="离居民点太近", papers="图一\n\n图二") == 1
    assert shown(project).answer == "blocked"
    assert readers.views(project.id)["environment"] == "blocked"
    assert say(asked, people["ecology"], "conditions", conditions="加隔臭墙") == 2
    row = of(project, "environment")
    assert [(one.view, one.papers) for one in row.opinions] == [("object", ("图一", "图二")), ("conditions", ())]
    assert shown(project).answer == "waiting"
    kinds = list(Entry.objects.filter(project="p").order_by("seq").values_list("kind", flat=True))
    assert kinds.count("entry.opined") == 2
    for change in (lambda: Opinion.objects.update(view="agree"), lambda: Opinion.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_later_approval_sees_what_it_may_rest_on_and_nothing_is_granted(
    project: Recorded, people: dict[str, Acting]
) -> None:
    opened(project)
    say(of(project, "energy_intensity").id, people["development_reform"], "conditions", conditions="不超指标")
    (found,) = readers.reusable(project.id, "energy_review")
    assert (found.check.id, found.opinion.conditions, found.round) == ("energy_intensity", "不超指标", 1)
    assert readers.reusable(project.id, "permit_main") == ()
    assert not Entry.objects.filter(kind__startswith="case.").exists()


def test_a_link_opens_one_question_until_its_day_and_every_look_is_recorded(project: Recorded) -> None:
    review, leader = opened(project), hired("leader")
    with pytest.raises(Refusal, match="entry_check_not_for_experts"):
        experts.ask_expert(review=review, check="planning", expert="甲", office="所", due=DUE, by=leader, at=NOW)
    issued = experts.ask_expert(
        review=review, check="expert_review", expert="程工", office="设计院", due=DUE, by=leader, at=NOW
    )
    assert issued.token not in "".join(Link.objects.values_list("digest", flat=True))
    assert not Entry.objects.filter(payload__contains=issued.token).exists()
    seen = experts.look(token=issued.token, at=NOW)
    assert (seen.check.id, seen.expert, seen.view, seen.subject) == ("expert_review", "程工", "", "年产一百万件")
    said: Said = {"view": "agree", "conditions": "", "blocking": "", "papers": "", "note": "成熟"}
    experts.give_opinion_by_link(token=issued.token, **said, at=NOW)
    row = of(project, "expert_review")
    assert row.view == "agree"
    assert row.last is not None
    assert row.last.who == "程工 · 设计院"
    assert len(row.links[0].looks) == 1
    for token, at in ((issued.token, issued.expires), ("x" * 43, NOW), ("", NOW)):
        with pytest.raises(Refusal, match="entry_link_closed"):
            experts.look(token=token, at=at)


def test_a_link_taken_back_or_renewed_no_longer_opens(project: Recorded) -> None:
    review, leader = opened(project), hired("leader")
    first = experts.ask_expert(
        review=review, check="legality", expert="尤律师", office="所", due=DUE, by=leader, at=NOW
    )
    asked = Asked.objects.get(expert="尤律师").pk
    second = experts.renew_link(asked=asked, due=DUE, by=leader, at=NOW)
    with pytest.raises(Refusal, match="entry_link_closed"):
        experts.look(token=first.token, at=NOW)
    assert experts.look(token=second.token, at=NOW).expert == "尤律师"
    experts.revoke_link(link=second.link, why="换人", by=leader, at=NOW)
    with pytest.raises(Refusal, match="entry_link_closed"):
        experts.look(token=second.token, at=NOW)
    with pytest.raises(Refusal, match="entry_link_revoked"):
        experts.revoke_link(link=second.link, why="换人", by=leader, at=NOW)
    with pytest.raises(Refusal, match="entry_link_too_long"):
        experts.renew_link(asked=asked, due=TODAY + timedelta(days=31), by=leader, at=NOW)


def test_a_unit_is_reminded_of_what_it_has_not_answered(project: Recorded, people: dict[str, Acting]) -> None:
    opened(project)
    unit = people["ecology"].organisation
    assert [one.check.id for one in readers.waiting(unit, TODAY)] == ["environment"]
    reach = {"since": TODAY, "until": TODAY + timedelta(days=30)}
    before = [one for one in approaching.approaching(**reach) if unit in one.organisations]
    say(of(project, "environment").id, people["ecology"])
    after = [one for one in approaching.approaching(**reach) if unit in one.organisations]
    assert (len(before), len(after)) == (1, 0)
    assert readers.waiting(unit, TODAY) == ()


def test_as_of_a_moment_a_review_stands_as_it_was_known_then(project: Recorded, people: dict[str, Acting]) -> None:
    review, leader = opened(project), hired("leader")
    issued = experts.ask_expert(
        review=review, check="legality", expert="尤", office="所", due=DUE, by=leader, at=NOW
    )  # fmt: skip
    later = NOW + timedelta(hours=2)
    experts.revoke_link(link=issued.link, why="换人", by=leader, at=later)
    said: Said = {"view": "object", "conditions": "", "blocking": "近", "papers": "", "note": ""}
    ecology = people["ecology"]
    reviewing.give_opinion(asked=of(project, "environment").id, **said, by=ecology, at=later)
    then = later - timedelta(minutes=1)
    before, after = (readers.review(project.id, project.slug, later, TODAY, as_of=one) for one in (then, later))
    assert before is not None
    assert after is not None
    assert (before.answer, after.answer) == ("waiting", "blocked")
    links = [[link.open for one in found.asked for link in one.links] for found in (before, after)]
    assert links == [[True], [False]]
    assert [one.check.id for one in readers.waiting(ecology.organisation, TODAY, as_of=then)] == ["environment"]
    assert readers.waiting(ecology.organisation, TODAY, as_of=later) == ()
    assert readers.reusable(project.id, "eia_report", as_of=then) == ()
    assert readers.review(project.id, project.slug, later, TODAY, as_of=NOW - timedelta(minutes=1)) is None


def test_a_new_round_closes_the_one_before(project: Recorded, people: dict[str, Acting]) -> None:
    opened(project)
    first = of(project, "environment").id
    by_organisation = {one.organisation: one for one in people.values()}
    for one in shown(project).asked:
        assert one.organisation is not None
        say(one.id, by_organisation[one.organisation])
    opened(project)
    assert shown(project).round == 2
    with pytest.raises(Refusal, match="entry_round_over"):
        say(first, people["ecology"])


def test_a_park_asks_the_units_of_its_zone(people: dict[str, Acting]) -> None:
    from luodi.zones.models import Zone
    from luodi.zones.readers import forget

    whole = recorded("whole").zone
    Zone.objects.get_or_create(
        id="park", defaults={"zh": "园", "en": "P", "kind": "sub_park", "confidence": "verified", "parent_id": whole}
    )
    forget()
    opened(found := recorded("q", "park"))
    assert people["ecology"].organisation in {one.organisation for one in shown(found).asked}


def test_the_readers_ask_the_same_number_of_queries_however_many_answer(
    project: Recorded, people: dict[str, Acting], django_assert_num_queries: object
) -> None:
    review = opened(project)
    experts.ask_expert(review=review, check="legality", expert="尤", office="所", due=DUE, by=hired("leader"), at=NOW)
    say(of(project, "environment").id, people["ecology"])
    with django_assert_num_queries(6):  # type: ignore[operator]
        shown(project)
    for name in ("ecology", "natural_resources"):
        for one in shown(project).asked:
            if one.organisation == people[name].organisation:
                say(one.id, people[name])
    with django_assert_num_queries(6):  # type: ignore[operator]
        shown(project)
    with django_assert_num_queries(2):  # type: ignore[operator]
        readers.views(project.id)
