"""Appending: one chain, no gap, no double, nothing without its transaction."""

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.journal.people import AT, WANG, Somebody, reading

from luodi import journal
from luodi.domain.events.kinds import WrongPayload
from luodi.domain.events.proof import verify
from luodi.domain.events.record import START
from luodi.domain.vocabulary import Refusal
from luodi.journal import actions, readers

pytestmark = pytest.mark.django_db


def put(chain="project:jinko", at=AT, key=None, by=WANG, subject="case 1"):
    return actions.append(
        chain=chain, kind="page.read", by=by, at=at, zone="zonggai", project="jinko", payload=reading(subject), key=key
    )


def test_entries_follow_one_another():
    first, second = put(), put(at=AT + timedelta(minutes=1))
    assert (first.seq, second.seq) == (1, 2)
    newest, oldest = readers.entries(project="jinko").records
    assert (oldest.previous, newest.previous) == (START, first.hash)
    assert readers.heads(project="jinko") == {"project:jinko": (2, second.hash)}
    assert list(verify(readers.lines())) == []


def test_what_is_recorded_is_what_was_said():
    put(by=Somebody(label="𠮷田 😀\u202e"), subject="a\x00\n好")
    (one,) = readers.entries().records
    assert (one.kind, one.zone, one.project, one.person, one.post, one.who, one.at) == (
        "page.read", "zonggai", "jinko", 7, 9, "𠮷田 😀\u202e", AT,
    )  # fmt: skip
    assert one.payload == '{"page":"case","subject":"a\\u0000\\n好"}'
    assert list(verify(readers.lines())) == []


def test_the_program_itself_is_nobody():
    put(by=Somebody(person=0, post=0, label="luodi"))
    (one,) = readers.entries().records
    assert (one.person, one.post) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_written():
    with pytest.raises(RuntimeError, match="transaction"):
        put()
    assert readers.counts() == readers.Counts(0, 0)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_nothing():
    with transaction.atomic():
        put()

    def act():
        with transaction.atomic():
            put(key="k1")
            put(chain="project:new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert readers.counts() == readers.Counts(1, 1)
    assert readers.recorded("k1") is None
    with transaction.atomic():
        assert put(key="k1").seq == 2
    assert list(verify(readers.lines())) == []


def test_a_repeated_key_is_refused_with_who_and_when():
    done = put(key="k1")
    with pytest.raises(Refusal) as refused:
        put(key="k1", chain="project:other", by=Somebody(label="李四"))
    assert refused.value.code == "already_done"
    facts = refused.value.facts
    assert (facts["who"], facts["when"], facts["hash"], facts["seq"]) == (WANG.label, AT, done.hash, 1)
    assert readers.recorded("k1") == done


def test_clocks_that_disagree_a_little_keep_the_order_and_a_lot_are_refused():
    put(at=AT)
    put(at=AT - timedelta(minutes=4))
    assert [one.at for one in readers.entries().records] == [AT, AT]
    with pytest.raises(Refusal) as refused:
        put(at=AT - timedelta(minutes=6))
    assert refused.value.code == "clock_behind"
    put(chain="project:other", at=AT - timedelta(days=900))
    assert list(verify(readers.lines())) == []


def test_a_payload_of_another_shape_and_a_naive_moment_are_bugs():
    with pytest.raises(WrongPayload):
        actions.append(chain="a", kind="page.read", by=WANG, at=AT, payload={"what": "x"})
    with pytest.raises(ValueError, match="time zone"):
        put(at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="characters"):
        put(key="k" * 65)


def test_many_at_once_are_the_same_as_one_by_one():
    drafts = [
        actions.Draft("page.read", WANG, AT + timedelta(minutes=n), "zonggai", "jinko", reading(f"case {n}"))
        for n in range(1, 5)
    ]
    put()
    last = actions.append_many(chain="project:jinko", drafts=drafts)
    many = [one.hash for one in readers.entries(project="jinko").records]
    assert last is not None
    assert last.seq == 5
    assert list(verify(readers.lines())) == []
    for one in [actions.Draft("page.read", WANG, AT, "zonggai", "jinko", reading()), *drafts]:
        actions.append(
            chain="again", kind=one.kind, by=one.by, at=one.at, zone=one.zone, project="x", payload=one.payload
        )
    assert len(readers.entries(project="x").records) == len(many) == 5
    assert actions.append_many(chain="none", drafts=[]) is None


@pytest.mark.slow
def test_many_are_written_fast():
    """A sample of two million entries takes minutes, not hours: computing alone runs at 30,000 a second or more."""
    drafts = [
        actions.Draft("page.read", WANG, AT + timedelta(minutes=n), "zonggai", "p", reading(f"事项 {n}"))
        for n in range(5_000)
    ]
    took = []
    for chain in ("a", "b", "c"):
        started = time.process_time()
        actions.append_many(chain=chain, drafts=drafts)
        took.append(time.process_time() - started)
    assert list(verify(readers.lines())) == []
    assert len(drafts) / min(took) > 8_000  # with storing, and room for a busy machine


def test_an_append_costs_three_queries(django_assert_num_queries):
    put()
    with django_assert_num_queries(3):
        put()


def test_a_reading_is_recorded_in_the_chain_of_its_zone():
    actions.append_reading(by=WANG, at=AT, zone="zonggai", page="people", subject="王敏", why="核对")
    assert list(readers.heads()) == ["reads:zonggai"]
    assert list(readers.heads(zone="zonggai")) == ["reads:zonggai"]


def test_the_room_has_no_way_to_change_an_entry():
    """Only chains move on, and only by `append`; the database forbids the rest (test_kept.py)."""
    source = "\n".join(path.read_text("utf-8") for path in Path(journal.__path__[0]).glob("*.py"))
    assert not re.findall(r"\.(?:update|delete|bulk_update|update_or_create)\(", source)
    saved = {
        "entry.save(force_insert=True)",
        "row.save(force_insert=True)",
        'locked.save(update_fields=("count", "head", "latest"))',
    }
    assert set(re.findall(r"\S+\.save\(.*\)", source)) == saved
    assert connection.in_atomic_block
