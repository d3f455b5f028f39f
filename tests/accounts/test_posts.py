"""Posts: kinds, terms, contracts, the three administrators, and an entry for each act."""

import json
from datetime import date, timedelta

import pytest
from tests.people import AT, STARTS, TODAY, hired, organisation, person

from luodi.accounts import actions, readers
from luodi.accounts.acting import SYSTEM
from luodi.accounts.models import ADMINISTRATORS
from luodi.accounts.offices import offices
from luodi.accounts.standing import standing
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal import readers as record
from luodi.zones.reaching import acting_as

pytestmark = pytest.mark.django_db


def appoint(who: int, kind: str, unit: int, starts: date = STARTS, **more: date) -> actions.Appointed:
    """An appointment by the program."""
    return actions.appoint(
        person=who, organisation=unit, kind=kind, starts=starts, document="任〔2025〕1号", by=SYSTEM, at=AT, **more
    )


def refused(code: str, who: int, kind: str, unit: int, starts: date = STARTS, **more: date) -> None:
    """The appointment is refused for this reason."""
    with pytest.raises(Refusal) as caught:
        appoint(who, kind, unit, starts, **more)
    assert caught.value.code == code


def test_a_term_is_three_years_and_the_entry_says_so() -> None:
    who, unit = person("limin"), organisation("committee")
    given = appoint(who, "leader", unit)
    assert (given.term, given.contract_until) == (1, date(2028, 1, 1))
    entry = record.entries(kinds=("post.appointed",)).records[0]
    assert (entry.chain, entry.zone) == ("accounts", "zgsfq")
    payload = json.loads(entry.payload)
    assert (payload["username"], payload["document"], payload["term"]) == ("limin", "任〔2025〕1号", 1)


def test_a_fourth_term_is_refused() -> None:
    who, unit = person(), organisation("committee")
    for start in (date(2017, 1, 1), date(2020, 1, 1), date(2023, 1, 1)):
        given = appoint(who, "leader", unit, start)
        last = start.replace(year=start.year + 2, month=12, day=31)
        actions.end_post(post=given.post, ends=last, reason="届满", by=SYSTEM, at=AT)
    assert given.term == 3
    refused("too_many_terms", who, "leader", unit, date(2026, 1, 1))


def test_a_contract_longer_than_a_term_is_refused() -> None:
    refused("contract_too_long", person(), "leader", organisation("committee"), contract_until=date(2028, 1, 2))


def test_the_same_post_twice_is_refused() -> None:
    who, unit = person(), organisation("bureau")
    appoint(who, "bureau_officer", unit)
    refused("already_in_post", who, "bureau_officer", unit, date(2026, 1, 1))


def test_an_organisation_has_only_its_kinds() -> None:
    refused("kind_not_here", person(), "approval_officer", organisation("company"))
    refused("kind_not_here", person(), "operator", organisation("committee"))
    refused("no_such_kind", person(), "emperor", organisation("committee"))


@pytest.mark.parametrize("first", ADMINISTRATORS)
@pytest.mark.parametrize("second", [*ADMINISTRATORS, "zone_officer"])
def test_an_administrator_holds_nothing_else(first: str, second: str) -> None:
    who, unit = person(), organisation("committee")
    appoint(who, first, unit)
    if first != second:
        refused("post_stands_alone", who, second, unit)
        other = person()
        appoint(other, second, unit)
        refused("post_stands_alone", other, first, unit)


def test_an_administrator_may_change_kind_afterwards() -> None:
    who, unit = person(), organisation("committee")
    given = appoint(who, "system_admin", unit)
    actions.end_post(post=given.post, ends=date(2025, 12, 31), reason="轮岗", by=SYSTEM, at=AT)
    assert appoint(who, "audit_admin", unit, date(2026, 1, 1)).post


def test_the_database_knows_the_administrators_of_the_file() -> None:
    assert {kind.id for kind in offices().posts.values() if kind.alone} == set(ADMINISTRATORS)


def test_an_ended_post_acts_no_longer() -> None:
    acting = hired("bureau_officer")
    actions.end_post(post=acting.post, ends=TODAY, reason="调离", by=SYSTEM, at=AT)
    assert acting_as(acting.post, TODAY) == acting
    assert acting_as(acting.post, TODAY + timedelta(days=1)) is None
    with pytest.raises(Refusal, match="post_has_ended"):
        actions.end_post(post=acting.post, ends=TODAY, reason="再次", by=SYSTEM, at=AT)


def test_a_task_force_ends_and_with_it_its_posts() -> None:
    with pytest.raises(Refusal, match="task_force_needs_end"):
        actions.record_organisation(
            code="x", kind="task_force", name=Text("专班", "Force"), starts=STARTS, by=SYSTEM, at=AT
        )
    acting = hired("leader", organisation_kind="task_force")
    actions.end_organisation(code=acting.organisation_code, ends=TODAY, reason="任务完成", by=SYSTEM, at=AT)
    gone = standing(acting.person, TODAY + timedelta(days=1))
    assert gone is not None
    assert gone.posts == ()


def test_contracts_that_run_out_are_warned_of() -> None:
    unit = organisation("committee")
    soon = appoint(person("soon"), "leader", unit, contract_until=TODAY + timedelta(days=90))
    appoint(person("later"), "leader", unit, contract_until=TODAY + timedelta(days=91))
    past = appoint(person("past"), "leader", unit, contract_until=TODAY - timedelta(days=1))
    found = readers.expiring(TODAY, {"zgsfq"})
    assert [(one.post.id, one.days) for one in found] == [(past.post, -1), (soon.post, 90)]
    assert readers.expiring(TODAY, {"pinglu"}) == ()


def test_reach_follows_the_organisation() -> None:
    assert hired("province_officer").reach is None
    assert hired("enterprise_agent").reach == frozenset()
    assert hired("bureau_officer").reach == {"zgsfq"}


def test_names_may_hold_rare_characters() -> None:
    acting = person("rare", name="𠮷野㐂🀄")
    assert readers.people([acting]) == {acting: "𠮷野㐂🀄"}


def test_standing_costs_one_query(django_assert_num_queries: object) -> None:
    acting = hired("bureau_officer")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = standing(acting.person, TODAY)
    assert found is not None
    assert found.posts[0].post == acting.post
