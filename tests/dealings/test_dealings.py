"""Rounds, authority, the ledger behind an offer, signing, and what became of the promises."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.dealings.talks import AT, HOUR, ON, UNTIL, held, hired, owed, project, province, talk
from tests.ledgers.accounts import faults

from luodi.dealings import actions, approaching, promises, readers
from luodi.dealings.models import Approval, Clause, Outcome, Round, Term
from luodi.dealings.promises import Finding, Former
from luodi.dealings.readers import Wanted
from luodi.domain.dealings.authority import Offer
from luodi.domain.dealings.terms import read
from luodi.domain.vocabulary import Refusal
from luodi.journal import readers as journal
from luodi.notices.models import Notice

pytestmark = pytest.mark.django_db
OWN = "zgsfq"


@pytest.fixture
def zone(db):
    """A zone's account with 1,000 mu."""
    return province(zone=OWN, size="1000 亩")[-1]


@pytest.fixture
def who(zone):
    """An investment officer of the zone."""
    return hired("investment_officer", OWN)


@pytest.fixture
def found(zone):
    """A project of the zone."""
    return project("p", OWN)


def refused(code, act):
    with pytest.raises(Refusal) as told:
        act()
    assert told.value.code == code, told.value.facts
    return told.value.facts


def test_an_offer_reserves_what_it_needs_and_no_more(zone, who, found):
    assert talk(found, who, land="100 亩", investment="12亿元") == 1
    assert held(zone) == (100, 0)
    talk(found, who, AT + HOUR, land__一期="100 亩", land__二期="60 亩")
    assert held(zone) == (160, 0)
    talk(found, who, AT + 2 * HOUR, land__一期="80 亩")
    assert held(zone) == (80, 0)
    talk(found, who, AT + 3 * HOUR, until=date(2027, 1, 31), land__一期="80 亩")
    assert held(zone) == (80, 0)
    talk(found, who, AT + 4 * HOUR, investment="12亿元")
    assert held(zone) == (0, 0)
    assert [one.number for one in readers.rounds(found.id)] == [5, 4, 3, 2, 1]
    assert faults() == []


def test_what_is_above_authority_waits_for_its_approval(zone, who, found):
    facts = refused("dealing_over_authority", lambda: talk(found, who, land__一期="150 亩", land__二期="150亩"))
    assert "300\u2009亩" in facts["over"].zh
    assert not Round.objects.exists()
    above, leader = hired("zone_officer", OWN), hired("leader", OWN)
    offer = Offer("land", 3_000_000)
    refused("dealing_approval_beyond", lambda: approve(found, offer, who))
    refused("dealing_approval_beyond", lambda: approve(found, Offer("land", 6_000_000), above))
    approve(found, offer, above)
    talk(found, who, AT + HOUR, land__一期="150 亩", land__二期="150亩")
    refused("dealing_over_authority", lambda: talk(found, who, AT + HOUR, land="301 亩"))
    talk(found, leader, AT + HOUR, land="700 亩")
    assert talk(found, who, AT + HOUR, land="700 亩", investment="3亿元") == 3  # what lies on the table stays there
    kinds = [one.kind for one in journal.entries(project="p").records]
    assert kinds.count("dealing.approved") == 1
    assert Approval.objects.count() == 1


def approve(found, offer, by, at=AT):
    return actions.approve(project=found, offer=offer, document="会议纪要3号", by=by, at=at)


def test_a_lack_of_quota_cannot_be_approved_away(zone, who, found):
    leader = hired("leader", OWN)
    approve(found, Offer("land", 20_000_000), leader)
    facts = refused("quota_short", lambda: talk(found, leader, land="1001 亩"))
    assert "field" not in facts
    refused("dealing_no_account", lambda: talk(found, leader, power="1 MVA"))
    refused("dealing_until_missing", lambda: talk(found, who, until=None, land="1 亩"))
    assert (held(zone), Round.objects.count(), Term.objects.count()) == ((0, 0), 0, 0)
    assert faults() == []


def test_signing_commits_and_every_clause_has_an_owner_and_a_day(zone, who, found):
    talk(found, who, land="100 亩", investment="12亿元", jobs="600人")
    some = owed(found, who.organisation)
    facts = refused("dealing_owner_missing", lambda: sign(found, who, some[:2]))
    assert facts["kind"].zh == "新增建设用地计划指标"
    assert held(zone) == (100, 0)
    assert len(sign(found, who, some)) == 3
    assert held(zone) == (0, 100)
    refused("dealing_signed", lambda: sign(found, who, some))
    refused("dealing_signed", lambda: talk(found, who, AT + HOUR, land="1 亩"))
    rows = readers.clauses(zones={OWN}, today=ON)
    assert [(one.side, one.state, one.owner) for one in rows] == [
        ("investor", "open", who.organisation), ("investor", "open", who.organisation), ("zone", "open", who.organisation),
    ]  # fmt: skip
    assert Notice.objects.filter(kind="promises_signed").exists()
    assert faults() == []


def sign(found, by, some, at=AT + HOUR, after=1):
    return actions.sign(project=found, after=after, on=ON, document="投资协议", owed=some, by=by, at=at)


def test_an_offer_that_ran_out_is_reserved_anew_at_signing_or_refused(zone, who, found):
    talk(found, who, until=date(2026, 11, 5), land="150 亩")
    later = AT + timedelta(days=10)
    other = hired("leader", OWN)
    talk(project("q", OWN), other, later, land="900 亩")
    refused("quota_short", lambda: sign(found, who, owed(found, who.organisation), later))
    actions.withdraw(project=project("q", OWN), after=1, why="对方放弃", by=other, at=later)
    sign(found, who, owed(found, who.organisation), later)
    assert held(zone) == (0, 150)
    assert faults() == []


def test_withdrawing_frees_and_talks_may_begin_anew(zone, who, found):
    talk(found, who, land="100 亩")
    actions.withdraw(project=found, after=1, why="企业转投他处", by=who, at=AT + HOUR)
    assert held(zone) == (0, 0)
    refused("dealing_nothing_to_sign", lambda: sign(found, who, []))
    assert talk(found, who, AT + 2 * HOUR, land="20 亩") == 2
    assert held(zone) == (20, 0)
    assert not readers.ended(found.id)[1].signed


def test_a_stale_page_and_a_wrong_order_are_told(zone, who, found):
    talk(found, who, land="10 亩")
    refused("dealing_changed", lambda: talk(found, who, after=0, land="10 亩"))
    refused("dealing_before_last", lambda: talk(found, who, on=date(2026, 10, 1), land="10 亩"))
    refused("dealing_day_ahead", lambda: talk(found, who, on=UNTIL, land="10 亩"))
    refused("dealing_term_twice", lambda: actions.record_round(
        project=found, after=1, table=actions.Table(ON, "a", "b"), terms=[read("jobs", "", "1"), read("jobs", "", "2")],
        by=who, at=AT,
    ))  # fmt: skip
    assert Round.objects.count() == 1


def test_what_became_of_a_promise_is_added_and_never_changed(zone, who, found):
    number = promises.record_promise(
        project=found, term=read("output", "", "22亿元"), owner=who.organisation, due=date(2026, 9, 28),
        document="2019年会议纪要", former=Former("张某某", "时任主任"), by=who, at=AT,
    )  # fmt: skip

    def note(state, seen, **more):
        promises.find(
            project=found, clause=number, seen=seen, finding=Finding(state, **more), by=who, at=AT + HOUR * (seen + 1)
        )

    refused("promise_evidence_missing", lambda: note("partly", 0, actual="11亿元"))
    refused("promise_reason_missing", lambda: note("waived", 0))
    note("partly", 0, actual="11亿元", evidence="统计局报表")
    refused("promise_found_meanwhile", lambda: note("kept", 0, evidence="x"))
    note("kept", 1, actual="22.5亿元", evidence="统计局年报")
    refused("promise_state_out_of_turn", lambda: note("broken", 2, reason="x"))
    note("open", 2, reason="报表有误")
    row = readers.clause(number)
    assert [one.state for one in row.outcomes] == ["partly", "kept", "open"]
    assert (row.state, row.actual.size) == ("open", 22_500_000)
    today = date(2026, 11, 20)
    wanted = Wanted(former=True, late=True, side="investor")
    assert [one.id for one in readers.clauses(wanted=wanted, today=today)] == [number]
    assert not readers.clauses(wanted=Wanted(side="zone"), today=today)
    assert readers.counts(zones={OWN}, today=today, soon=today)["late"] == 1
    for table in (Outcome, Clause):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.all().delete()


def test_owners_are_reminded_before_the_day(zone, who, found):
    talk(found, who, jobs="600人", land="10 亩")
    sign(found, who, owed(found, who.organisation, date(2026, 12, 1)))
    told = list(approaching.approaching(since=date(2026, 11, 20), until=date(2026, 12, 20)))
    assert [(one.kind, one.due, one.organisations) for one in told] == [
        ("promise_due", date(2026, 12, 1), (who.organisation,))
    ] * 2
    assert "600" in told[0].facts["what"].zh
    (first, _) = readers.clauses(today=ON)
    promises.find(
        project=found,
        clause=first.id,
        seen=0,
        finding=Finding("waived", reason="双方书面同意"),
        by=who,
        at=AT + 2 * HOUR,
    )
    assert len(list(approaching.approaching(since=date(2026, 11, 20), until=date(2026, 12, 20)))) == 1


def test_lists_ask_as_often_whatever_their_length(zone, who, found, django_assert_num_queries):
    for place in range(4):
        talk(found, who, AT + HOUR * place, land=f"{10 + place} 亩", jobs="5", investment="1亿元")
    with django_assert_num_queries(2):
        readers.rounds(found.id)
    sign(found, who, owed(found, who.organisation), AT + 5 * HOUR, after=4)
    with django_assert_num_queries(2):
        readers.clauses(today=ON)
