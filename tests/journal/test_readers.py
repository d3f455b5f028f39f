"""Questions to the record: as of a moment, page by page, in one query each."""

from datetime import timedelta

import pytest
from tests.journal.people import AT, WANG, Somebody, reading

from luodi.journal import actions, readers

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    """Six entries of two projects in two zones, by two people; some at the same moment."""
    for n in range(6):
        project = f"p{n % 2}"
        actions.append(
            chain=readers.chain_of(project), kind="page.read" if n < 4 else "record.corrected", zone=f"z{n % 2}",
            by=Somebody(person=n % 3, label=str(n)), at=AT + timedelta(hours=n // 3), project=project,
            payload=reading() if n < 4 else dict.fromkeys(("entry", "was", "now", "reason"), "…"),
        )  # fmt: skip


def who(**asked):
    return [one.who for one in readers.entries(**asked).records]


def test_entries_are_found_newest_first(filled, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert who() == list("543210")
    assert who(project="p0") == list("420")
    assert who(zone="z1") == list("531")
    assert who(zones=("z0", "z1"), project="p1") == list("531")
    assert who(person=2) == list("52")
    assert who(kinds=("record.corrected",)) == list("54")
    assert who(project="none") == who(zones=()) == []


def test_as_of_a_moment_later_entries_are_unknown(filled):
    assert who(until=AT) == list("210")
    assert who(until=AT - timedelta(microseconds=1)) == []


def test_pages_neither_repeat_nor_lose_an_entry(filled):
    seen, cursor = [], None
    while True:
        page = readers.entries(before=cursor, limit=2)
        seen += [one.who for one in page.records]
        if (cursor := page.more) is None:
            break
    assert seen == list("543210")


def test_counts_and_heads(filled, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert readers.counts() == readers.Counts(2, 6)
    assert readers.counts("z0") == readers.Counts(1, 3)
    assert readers.counts("none") == readers.Counts(0, 0)
    assert {name: count for name, (count, _) in readers.heads().items()} == {"project:p0": 3, "project:p1": 3}
    assert readers.heads_by_zone() == {"z0": readers.heads(zone="z0"), "z1": readers.heads(zone="z1")}


def test_an_entry_by_its_hash_only_in_its_own_project(filled):
    (one,) = readers.entries(project="p0", limit=1).records
    assert readers.entry(one.hash, project="p0") == one
    assert readers.entry(one.hash, project="p1") is None


def test_lines_are_of_whole_chains(filled):
    assert len(list(readers.lines())) == 6
    assert len(list(readers.lines(zone="z0"))) == len(list(readers.lines(project="p0"))) == 3
    assert WANG.person == 7
