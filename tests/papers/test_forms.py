"""The one form: typed by two people, confirmed, handed in, changed; nothing is lost, and what it touches is issued anew."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.people import OWN, hired, organisation

from luodi.accounts.acting import Acting
from luodi.domain.facts.typed import typed_of
from luodi.domain.source.reading import read_data
from luodi.domain.source.tree import Table
from luodi.domain.vocabulary import Refusal
from luodi.papers import applying, drafting, submitting
from luodi.papers.drafts import MASK, Held, draft
from luodi.papers.models import Application, Draft
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def ground(db: None, settings: Any) -> None:
    """A key that seals, and the zone."""
    settings.SEALING_KEY = "only for tests"
    Zone.objects.get_or_create(
        id=OWN, defaults={"zh": "综改示范区", "en": "Demo zone", "kind": "provincial", "confidence": "verified"}
    )


def words(**other: str) -> dict[str, str]:
    """Every field, rightly filled in."""
    root = read_data("samples/jinko.yaml")
    assert isinstance(root, Table)
    dates = {"planned_start": "2027-06-01", "planned_production": "2028-03-31"}
    return typed_of(root.entries["form"]) | dates | other


@pytest.fixture
def agent() -> Acting:
    return hired("enterprise_agent", code="test_enterprise")


def held(slug: str) -> Held:
    found = draft(slug)
    assert found is not None
    return found


def begun(agent: Acting) -> str:
    return drafting.begin(zone=OWN, applicant=agent.organisation, by=agent, at=NOW)


def filled(agent: Acting) -> str:
    slug = begun(agent)
    drafting.save(slug=slug, sent=words(), seen=9, by=agent, at=NOW)
    return slug


def sent(slug: str, agent: Acting, at: datetime = NOW) -> submitting.Sent:
    found = held(slug)
    return submitting.submit(slug=slug, seq=found.seq, by=agent, at=at)


def test_what_is_typed_is_kept_with_who_typed_it(agent: Acting) -> None:
    slug = begun(agent)
    saved = drafting.save(slug=slug, sent={"land_area": "50 亩", "no_such_place": "x"}, seen=0, by=agent, at=NOW)
    found = held(slug)
    assert saved.places == ("land_area",)
    assert found.words["land_area"] == "50 亩"
    assert found.typists["land_area"].who == agent.label
    assert not found.typists["land_area"].waits
    assert found.words["applicant_name"]
    assert found.typists["applicant_name"].origin == "registry"


def test_an_identity_number_is_sealed_and_masked(agent: Acting) -> None:
    slug = begun(agent)
    drafting.save(slug=slug, sent={"legal_rep.id_no": "11010519491231002X"}, seen=0, by=agent, at=NOW)
    found = held(slug)
    assert found.words["legal_rep.id_no"] == MASK
    assert "11010519491231002X" not in str(Draft.objects.values_list("words", flat=True).get(slug=slug))
    again = drafting.save(slug=slug, sent={"legal_rep.id_no": ""}, seen=1, by=agent, at=NOW)
    assert again.places == ()  # an empty field is no wish to forget it


def test_what_a_navigator_types_waits_for_the_enterprise(agent: Acting) -> None:
    slug, navigator = begun(agent), hired("navigator")
    drafting.save(slug=slug, sent=words(), seen=0, by=navigator, at=NOW)
    found = held(slug)
    assert "land_area" in found.waiting
    with pytest.raises(Refusal, match="only_the_applicant"):
        drafting.confirm(slug=slug, places=None, by=navigator, at=NOW)
    with pytest.raises(Refusal, match="form_not_confirmed"):
        sent(slug, agent)
    assert drafting.confirm(slug=slug, places=None, by=agent, at=NOW) > 30
    after = held(slug)
    assert not after.waiting
    assert after.typists["land_area"].confirmed == agent.label
    drafting.save(slug=slug, sent={"land_area": "2430 亩"}, seen=after.seq, by=navigator, at=NOW)
    assert held(slug).waiting == ("land_area",)


def test_nobody_writes_over_what_another_has_typed_meanwhile(agent: Acting) -> None:
    slug, navigator = begun(agent), hired("navigator")
    drafting.save(slug=slug, sent={"land_area": "50 亩"}, seen=0, by=navigator, at=NOW)
    late = drafting.save(slug=slug, sent={"land_area": "60 亩", "contact_name": "李示例"}, seen=0, by=agent, at=NOW)
    assert dict(late.others) == {"land_area": "50 亩"}
    assert late.places == ("contact_name",)


def test_a_form_becomes_a_live_project_with_a_plan_and_applications(agent: Acting) -> None:
    slug = filled(agent)
    done = sent(slug, agent)
    project = projects.project(slug)
    assert project
    assert project.live
    assert project.applicant == agent.organisation
    assert project.zone == OWN
    assert plans.current(slug) is not None
    assert set(done.affected.issued) == set(applying.in_force(slug))
    assert len(done.affected.issued) > 40
    assert "11010519491231002X" not in project.document
    assert {one.post for one in projects.team(slug, NOW.date())} == {agent.post}


def test_an_incomplete_form_is_not_taken_and_says_everything_at_once(agent: Acting) -> None:
    slug = begun(agent)
    found = submitting.review(slug, at=NOW)
    assert not found.ready
    assert {"land_area", "site_boundary", "legal_rep"} <= set(found.checked.wrong)
    with pytest.raises(Refusal, match="form_not_complete"):
        sent(slug, agent)


def test_a_changed_answer_issues_anew_only_what_uses_it(agent: Acting) -> None:
    slug = filled(agent)
    sent(slug, agent)
    later = NOW + timedelta(days=3)
    drafting.save(slug=slug, sent={"contact_phone": "0351-7654322"}, seen=9, by=agent, at=later)
    found = submitting.review(slug, at=later)
    assert found.affected
    assert not found.affected.first
    assert not found.affected.ended
    assert "project_filing" in found.affected.anew
    assert "land_price_evaluation" not in found.affected.anew
    assert set(found.affected.anew["project_filing"]) == {"contact_phone"}
    sent(slug, agent, later)
    now = applying.application(slug, "project_filing")
    assert now
    assert now.version == 2
    assert now.changed == ("contact_phone",)
    was = applying.application(slug, "project_filing", 1)
    assert was
    assert was.ended_at == later


def test_a_changed_fact_adds_and_ends_applications(agent: Acting) -> None:
    slug = filled(agent)
    sent(slug, agent)
    later = NOW + timedelta(days=3)
    drafting.save(slug=slug, sent={"annual_water.source": "自备地下水"}, seen=9, by=agent, at=later)
    done = sent(slug, agent, later)
    assert "water_taking_permit" in done.affected.first
    assert "water_supply" in done.affected.ended
    with pytest.raises(Refusal, match="form_sent_already"):
        sent(slug, agent, later)


def test_a_page_that_is_no_longer_true_is_not_handed_in(agent: Acting) -> None:
    slug = filled(agent)
    with pytest.raises(Refusal, match="form_changed"):
        submitting.submit(slug=slug, seq=0, by=agent, at=NOW)


def test_a_next_phase_begins_with_what_all_phases_share(agent: Acting) -> None:
    slug = filled(agent)
    sent(slug, agent)
    second = drafting.begin_phase(slug=slug, by=agent, at=NOW)
    found = held(second)
    assert found.phase == 2
    assert found.first == slug
    assert found.words["uscc"]
    assert "land_area" not in found.words
    assert "第2期" in found.words["project_name"]


def test_a_project_recorded_without_a_form_gets_one_from_its_file(agent: Acting) -> None:
    slug = filled(agent)
    sent(slug, agent)
    Draft.objects.all().delete()
    Application.objects.all().delete()
    drafting.take_up(slug=slug, by=agent, at=NOW)
    assert "project_filing" in applying.in_force(slug)
    found = held(slug)
    assert found.words["land_area"] == "2431 亩"
    assert not found.changed_places
    assert not found.waiting


def test_a_mandate_is_given_and_taken_back_by_the_enterprise_alone(agent: Acting) -> None:
    slug, navigator = begun(agent), hired("navigator")
    with pytest.raises(Refusal, match="only_the_applicant"):
        drafting.give_mandate(slug=slug, post=navigator.post, by=navigator, at=NOW)
    drafting.give_mandate(slug=slug, post=navigator.post, by=agent, at=NOW)
    assert held(slug).mandate
    assert held(slug).mandate.post == navigator.post
    drafting.end_mandate(slug=slug, by=agent, at=NOW)
    assert held(slug).mandate is None


def test_only_an_enterprise_can_be_the_applicant(agent: Acting) -> None:
    with pytest.raises(Refusal, match="form_without_applicant"):
        drafting.begin(zone=OWN, applicant=organisation("committee"), by=agent, at=NOW)
