"""Allotted, reserved, committed, used up, released, taken back: never more than there is, and all of it on the record."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.ledgers.accounts import AT, DUE, LAND, faults, mu, officer, opened, project, province, reserved

from luodi.accounts.acting import SYSTEM
from luodi.domain.ledger.book import Sums
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal import readers as journal
from luodi.ledgers import actions, approaching, expiring, promising, readers
from luodi.ledgers.models import Account, Line, Promise, Transfer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stands(number):
    """The sums of an account, in mu."""
    row = readers.account(number)
    assert row is not None
    sums = row.sums
    return tuple(one // 10_000 for one in (sums.inward, sums.outward, sums.reserved, sums.committed, sums.available))


def refused(code, act, **more):
    """The refusal an act must raise, with its facts."""
    with pytest.raises(Refusal) as told:
        act(**more)
    assert told.value.code == code, told.value.facts
    return told.value.facts


def test_quota_comes_down_the_line_as_one():
    outside, top, city, zone = province(size="3500 亩")
    assert stands(zone) == (3500, 0, 0, 0, 3500)
    assert stands(top) == stands(city) == (3500, 3500, 0, 0, 0)
    assert stands(outside) == (0, 3500, 0, 0, -3500)
    assert len(set(Transfer.objects.values_list("entry", flat=True))) == 1
    assert faults() == []


def test_the_life_of_a_promise():
    *_, zone = province()
    number = reserved(zone, "60 亩")
    assert stands(zone) == (100, 0, 60, 0, 40)
    promising.commit(promises=[number], document="合同1号", by=officer(), at=AT + HOUR)
    assert stands(zone) == (100, 0, 0, 60, 40)
    promising.post(promises=[number], document="用地批复", amounts={number: mu("55.5")}, by=officer(), at=AT + 2 * HOUR)
    row = readers.account(zone)
    assert row is not None
    assert row.sums == Sums(inward=mu(100), outward=mu("55.5"))
    mine = readers.find(LAND, "2026", "project", "p")
    assert mine is not None
    assert mine.sums == Sums(inward=mu("55.5"))
    assert readers.promises(project="p") == ()
    assert faults() == []


def test_withdrawing_frees_and_a_settled_promise_stays_settled():
    *_, zone = province()
    number = reserved(zone, "60 亩")
    promising.release(promises=[number], why="企业撤回", by=officer(), at=AT + HOUR)
    assert stands(zone) == (100, 0, 0, 0, 100)
    for act in (promising.commit, promising.post):
        refused("promise_settled", act, promises=[number], document="x", by=officer(), at=AT + HOUR)
    assert faults() == []


def test_never_more_than_is_left_and_the_refusal_says_who_holds_it():
    *_, zone = province()
    reserved(zone, "70 亩", "big")
    facts = refused("quota_short", lambda: reserved(zone, "30.0001 亩", "late"))
    assert facts["left"] == Text("30\u2009亩", "30\u2009mu")
    assert facts["lacking"].zh == "0.0001\u2009亩"
    assert "项目big 70\u2009亩（预留，至 2026-12-02）" in facts["held"].zh
    assert facts["field"] == f"amount_{zone}"
    reserved(zone, "30 亩", "late")
    assert stands(zone)[-1] == 0
    assert faults() == []


def test_neither_outside_nor_a_project_promises():
    outside, *_, zone = province()
    promising.post(promises=[reserved(zone, "5 亩")], document="批复", by=officer(), at=AT)
    mine = readers.find(LAND, "2026", "project", "p")
    assert mine is not None
    for source in (outside, mine.id):
        refused("account_cannot_promise", lambda source=source: reserved(source, "1 亩", "q"))
    refused(
        "nothing_wanted", promising.reserve, project=project(), wanted=[], expires=DUE, document="", by=officer(), at=AT
    )
    assert faults() == []


def test_two_quotas_are_reserved_together_or_not_at_all():
    *_, area = province("cropland_area", "3500 亩")
    *_, grain = province("grain_capacity", "185 万千克")
    both = [
        promising.Wanted(area, mu("3501 亩", "cropland_area")),
        promising.Wanted(grain, mu("186万千克", "grain_capacity")),
    ]

    def act(wanted):
        return promising.reserve(project=project("jinko"), wanted=wanted, expires=DUE, document="", by=officer(), at=AT)

    assert refused("quotas_short", act, wanted=both)["count"] == 2
    assert not Promise.objects.exists()
    act([promising.Wanted(area, mu("3500", "cropland_area")), promising.Wanted(grain, mu("185万kg", "grain_capacity"))])
    assert len(readers.promises(project="jinko")) == 2
    assert len(set(Transfer.objects.filter(phase="reserve").values_list("entry", flat=True))) == 1
    assert faults() == []


def test_what_ran_out_frees_itself_for_the_next():
    *_, zone = province()
    number = reserved(zone, "100 亩", due=AT + timedelta(days=5))
    later = AT + timedelta(days=5)
    refused("reservation_over", promising.commit, promises=[number], document="x", by=officer(), at=later)
    second = reserved(zone, "90 亩", "q", at=later)
    assert readers.promise(number).state == "expire"
    assert readers.promise(second).state == "reserve"
    assert faults() == []


def test_the_worker_frees_and_tells_the_owner():
    *_, zone = province()
    reserved(zone, "10 亩", due=AT + timedelta(days=5))
    early, late = AT + timedelta(days=4), AT + timedelta(days=6)
    assert expiring.expire(at=early) == 0
    soon = list(approaching.approaching(since=early.date(), until=late.date()))
    assert [(one.kind, one.due, one.posts) for one in soon] == [
        ("reservation_expiring", (AT + timedelta(days=5)).date(), (officer().post,))
    ]
    assert expiring.expire(at=late) == 1
    assert expiring.expire(at=late) == 0
    assert stands(zone)[-1] == 100
    assert faults() == []


def test_a_reservation_can_be_prolonged():
    *_, zone = province()
    number = reserved(zone, "10 亩", due=AT + timedelta(days=5))
    promising.prolong(promises=[number], expires=DUE, document="延期", by=officer(), at=AT + HOUR)
    assert readers.promise(number).expires == DUE
    refused(
        "expires_in_the_past", promising.prolong, promises=[number], expires=AT, document="", by=officer(), at=AT + HOUR
    )
    assert expiring.expire(at=AT + timedelta(days=6)) == 0
    assert faults() == []


def test_a_promise_is_never_made_larger_and_never_moved_out_of_turn():
    *_, zone = province()
    number = reserved(zone, "10 亩")
    refused(
        "promise_smaller", promising.commit, promises=[number], document="x", amounts={number: mu(11)}, by=officer(), at=AT
    )  # fmt: skip
    promising.commit(promises=[number], document="x", amounts={number: mu(8)}, by=officer(), at=AT)
    assert stands(zone)[-1] == 92
    refused("promise_out_of_turn", promising.commit, promises=[number], document="x", by=officer(), at=AT)
    refused("no_such_promise", promising.commit, promises=[999], document="x", by=officer(), at=AT)
    assert faults() == []


def test_a_mistake_is_taken_back_with_all_it_was_linked_with():
    *_, zone = province()
    step = Transfer.objects.filter(phase="move").order_by("-pk").values_list("pk", flat=True)[0]
    number = reserved(zone, "10 亩")
    assert refused("quota_short", actions.reverse, step=step, why="填错", by=SYSTEM, at=AT)["left"].zh == "90\u2009亩"
    promising.release(promises=[number], why="撤回", by=officer(), at=AT)
    assert len(actions.reverse(step=step, why="填错", by=SYSTEM, at=AT)) == 3
    assert stands(zone) == (0, 0, 0, 0, 0)
    refused("step_reversed", actions.reverse, step=step, why="填错", by=SYSTEM, at=AT)
    refused("step_not_reversible", actions.reverse, step=step + 4, why="填错", by=SYSTEM, at=AT)
    refused("no_such_step", actions.reverse, step=999, why="填错", by=SYSTEM, at=AT)
    assert faults() == []


def test_an_act_sent_twice_is_done_once():
    *_, zone = province()
    reserved(zone, "10 亩", key="k")
    refused("already_done", lambda: reserved(zone, "10 亩", key="k"))
    assert stands(zone)[2] == 10
    assert faults() == []


def test_the_balance_of_any_moment():
    *_, zone = province()
    reserved(zone, "10 亩", at=AT + HOUR)
    assert readers.balance_at(zone, AT - HOUR) == Sums()
    assert readers.balance_at(zone, AT).available == mu(100)
    assert readers.balance_at(zone, AT + 2 * HOUR).available == mu(90)
    lines = readers.statement(zone)
    assert [(one.seq, one.phase, one.inbound) for one in lines] == [(2, "reserve", False), (1, "move", True)]
    assert readers.statement(zone, before=2)[0].seq == 1


def test_an_earlier_moment_is_no_earlier_line():
    *_, zone = province()
    reserved(zone, "1 亩", at=AT + HOUR)
    refused("clock_behind", lambda: reserved(zone, "1 亩", "q", at=AT))
    reserved(zone, "1 亩", "q", at=AT + HOUR - timedelta(minutes=1))
    assert [one.at for one in readers.statement(zone)][:2] == [AT + HOUR, AT + HOUR]
    assert faults() == []


def test_a_paper_that_disagrees_is_kept_and_told():
    *_, zone = province(size="3400 亩")
    day = AT.date()

    def asserts(size, document, on=day):
        return actions.assert_balance(
            account=zone,
            on=on,
            figure="inward",
            amount=mu(size),
            document=document,
            by=officer(),
            at=AT + timedelta(days=2),
        )

    assert asserts("3400 亩", "本区台账")
    assert faults() == []
    assert not asserts("3500 亩", "省厅 6 月 30 日通知")
    assert faults() == ["ledger_assertion_fails"]
    refused("assertion_exists", asserts, size="3500 亩", document="省厅 6 月 30 日通知")
    refused("assertion_ahead", asserts, size="1 亩", document="明天", on=day + timedelta(days=3))
    assert [one.holds for one in readers.assertions(account=zone)] == [False, True]


def test_accounts_are_opened_once_with_the_right_period():
    outside, *_ = province()
    refused("account_exists", lambda: opened(LAND, "outside"))
    refused("quota_period", lambda: opened("so2", "outside", period="2026"))
    refused("quota_unknown", lambda: actions.open_account(quota="gold", period="", level="province", holder="", by=SYSTEM,
            name=Text("省", "P"), at=AT))  # fmt: skip
    refused("route_too_short", actions.allot, route=[outside], amount=1, document="x", by=SYSTEM, at=AT)
    other = opened("so2", "province")
    refused("route_of_several_quotas", actions.allot, route=[outside, other], amount=1, document="x", by=SYSTEM, at=AT)
    refused("no_such_account", actions.allot, route=[outside, 999], amount=1, document="x", by=SYSTEM, at=AT)
    refused("text_missing", actions.allot, route=[outside, other], amount=1, document=" ", by=SYSTEM, at=AT)


def test_the_database_itself_refuses():
    *_, zone = province()
    reserved(zone, "10 亩")
    for act in (
        lambda: Account.objects.filter(pk=zone).update(reserved=mu(101)),
        lambda: Account.objects.filter(pk=zone).update(outward=-1),
        lambda: Account.objects.filter(pk=zone).update(bounded=False),
        lambda: Transfer.objects.update(amount=1),
        lambda: Line.objects.update(seq=9),
        lambda: Line.objects.all()._raw_delete("default"),
        lambda: Transfer.objects.create(phase="post", source_id=zone, target_id=zone, amount=1, at=AT, entry="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert faults() == []


def test_the_check_finds_what_somebody_did_behind_its_back():
    *_, zone = province()
    number = reserved(zone, "10 亩")
    Promise.objects.filter(pk=number).update(amount=mu(9))
    assert faults() == ["ledger_promise_differs"]
    Promise.objects.filter(pk=number).update(amount=mu(10))
    Account.objects.filter(pk=zone).update(inward=mu(101))
    assert faults() == ["ledger_sums_differ"]
    Account.objects.filter(pk=zone).update(inward=mu(100))
    triggers = {
        "sqlite": "DROP TRIGGER ledgers_transfer_no_UPDATE",
        "postgresql": "ALTER TABLE ledgers_transfer DISABLE TRIGGER USER",
    }
    if connection.vendor == "postgresql":
        return  # its pending checks keep the table from being altered in the same transaction
    with connection.cursor() as cursor:
        cursor.execute(triggers[connection.vendor])
    Transfer.objects.filter(phase="reserve").update(entry="0" * 64)
    assert set(faults()) == {"ledger_entry_without_steps", "ledger_steps_without_entry"}


def test_the_record_tells_the_steps():
    *_, zone = province()
    reserved(zone, "10 亩")
    entry = journal.entries(project="p").records[0]
    assert entry.kind == "ledger.reserved"
    assert f'"from":"{LAND}/2026/zone/z"' in entry.payload
    assert '"amount":100000' in entry.payload
