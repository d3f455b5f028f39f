"""Checkpoints of the tables: true, complete, and only where something was written."""

from datetime import timedelta

import pytest
from tests.journal.people import AT, WANG, reading

from luodi.domain.events.proof import verify
from luodi.domain.events.sealing import public_key, seal_faults
from luodi.journal import actions, readers

pytestmark = pytest.mark.django_db
KEY = "11" * 32


def put(project, zone, hours=0):
    chain, at = readers.chain_of(project), AT + timedelta(hours=hours)
    actions.append(chain=chain, kind="page.read", by=WANG, at=at, zone=zone, project=project, payload=reading())


def test_a_checkpoint_seals_what_stands_and_is_kept():
    put("p0", "z0")
    put("p1", "z1")
    put("p2", "")
    made = actions.checkpoint(zone="z0", at=AT, key=KEY)
    assert list(made.heads) == ["project:p0"]
    assert made.key == public_key(KEY)
    assert list(seal_faults(made, "c")) == []
    assert readers.checkpoints("z0") == (made,)
    assert list(actions.checkpoint(zone="", at=AT, key=KEY).heads) == ["project:p2"]
    assert len(actions.checkpoint(zone="*", at=AT, key=KEY).heads) == 3
    put("p0", "z0", 1)
    assert list(verify(readers.lines(zone="z0"), made)) == []


def test_the_timetable_seals_only_where_something_was_written(django_assert_num_queries):
    put("p0", "z0")
    put("p1", "z1")
    assert {one.zone for one in actions.checkpoint_all(at=AT, key=KEY)} == {"z0", "z1"}
    assert actions.checkpoint_all(at=AT, key=KEY) == ()
    put("p1", "z1", 1)
    with django_assert_num_queries(5):  # two of them open and close the savepoint
        (made,) = actions.checkpoint_all(at=AT + timedelta(hours=1), key=KEY)
    assert (made.zone, made.heads["project:p1"][0]) == ("z1", 2)
    assert [one.heads["project:p1"][0] for one in readers.checkpoints("z1")] == [2, 1]
