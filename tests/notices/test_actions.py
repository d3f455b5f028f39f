"""Telling: once a person, in the caller's transaction, with the facts its kind needs."""

from datetime import date

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext
from tests.notices.conftest import AT, appointed

from luodi.accounts.acting import Acting
from luodi.accounts.models import Post
from luodi.domain.vocabulary import Refusal, Text
from luodi.notices import channels, readers
from luodi.notices.actions import mark_read, resend, tell
from luodi.notices.models import Delivery, Notice

MATTER = Text("环评", "the assessment")
CLOSED = {"project": Text("晶科", "Jinko"), "matter": MATTER, "outcome": Text("批准", "granted")}

pytestmark = pytest.mark.django_db


def test_a_person_is_told_in_both_languages(wang: Acting) -> None:
    told = tell(people=[wang.person], kind="case_decided", facts=CLOSED, at=AT, link="/cases/1/", project="jinko")
    (row,) = readers.listed(wang.person).rows
    assert row.words == Text("晶科：环评已办结：批准", "Jinko: the assessment was decided: granted")
    assert (row.id, row.link, row.project, row.read, row.urgent) == (*told.notices, "/cases/1/", "jinko", False, False)
    assert readers.unread(wang.person) == 1


def test_posts_and_organisations_stand_for_their_people_once(wang: Acting, li: Acting, zhao: Acting) -> None:
    gone = appointed("sun", "bureau")
    Post.objects.filter(pk=gone.pk).update(ends=date(2026, 3, 2))
    told = tell(
        people=[wang.person], posts=[wang.post, zhao.post], organisations=[wang.organisation],
        kind="request_asked", facts={"text": "水"}, at=AT,
    )  # fmt: skip
    assert len(told.notices) == 3
    assert {row.person_id for row in Notice.objects.all()} == {wang.person, li.person, zhao.person}


def test_nobody_to_tell_is_no_fault(db: None) -> None:
    assert tell(kind="request_asked", facts={"text": "水"}, at=AT).notices == ()


@pytest.mark.parametrize("once", ["case:1", "case:" + "长" * 300])
def test_what_is_said_once_is_said_once_to_each(wang: Acting, li: Acting, once: str) -> None:
    first = tell(people=[wang.person], kind="request_asked", facts={"text": "水"}, at=AT, once=once)
    again = tell(people=[wang.person, li.person], kind="request_asked", facts={"text": "水"}, at=AT, once=once)
    assert (len(first.notices), len(again.notices)) == (1, 1)
    assert readers.unread(wang.person) == readers.unread(li.person) == 1


def test_what_did_not_happen_was_not_told(wang: Acting) -> None:
    def failing() -> None:
        with transaction.atomic():
            tell(people=[wang.person], kind="request_asked", facts={"text": "水"}, at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert readers.unread(wang.person) == 0


def test_a_missing_fact_or_kind_is_a_bug(wang: Acting) -> None:
    with pytest.raises(ValueError, match="lacks matter, outcome"):
        tell(people=[wang.person], kind="case_decided", facts={"project": "x"}, at=AT)
    with pytest.raises(ValueError, match="no kind"):
        tell(people=[wang.person], kind="sung", facts={}, at=AT)


def test_facts_are_one_line_and_no_format(wang: Acting) -> None:
    words = "第一行\r\nBcc: x@y.z {project} %s \x00" + "字" * 500
    tell(people=[wang.person], kind="request_asked", facts={"text": words}, at=AT)
    (row,) = readers.listed(wang.person).rows
    assert "\n" not in row.words.zh
    assert "\x00" not in row.words.zh
    assert "{project} %s" in row.words.zh
    assert row.words.zh.endswith("…")


def test_every_active_channel_gets_a_delivery(wang: Acting, li: Acting) -> None:
    for target in ("a@example.cn", "b@example.cn", "c@example.cn"):
        last = channels.add(kind="email", target=target, by=wang, at=AT)
    channels.switch_off(channel=last, by=wang, at=AT)
    told = tell(people=[wang.person, li.person], kind="request_asked", facts={"text": "水"}, at=AT)
    assert told.deliveries == Delivery.objects.count() == 2


def test_the_queries_do_not_grow_with_the_people(wang: Acting, django_assert_max_num_queries: type) -> None:
    people = [appointed(f"p{number}", "large").person_id for number in range(60)]
    with django_assert_max_num_queries(7) as context:
        tell(people=people, kind="request_asked", facts={"text": "水"}, at=AT, once="x")
    assert isinstance(context, CaptureQueriesContext)
    with django_assert_max_num_queries(1):
        readers.unread(wang.person)
    with django_assert_max_num_queries(1):
        readers.listed(people[0])


def test_reading_marks_ones_own_alone(wang: Acting, li: Acting) -> None:
    told = tell(people=[wang.person, li.person], kind="request_asked", facts={"text": "水"}, at=AT)
    assert mark_read(notices=told.notices, by=wang, at=AT) == 1
    assert (readers.unread(wang.person), readers.unread(li.person)) == (0, 1)
    assert mark_read(notices=None, by=li, at=AT) == 1


def test_the_list_has_pages(wang: Acting) -> None:
    for number in range(7):
        tell(people=[wang.person], kind="request_asked", facts={"text": str(number)}, at=AT)
    first = readers.listed(wang.person, limit=4)
    second = readers.listed(wang.person, limit=4, after=first.after)
    assert [row.words.zh[-1] for row in (*first.rows, *second.rows)] == list("6543210")
    assert second.after is None
    mark_read(notices=[first.rows[0].id], by=wang, at=AT)
    assert len(readers.listed(wang.person, only_unread=True).rows) == 6


def test_another_cannot_send_again(wang: Acting, li: Acting) -> None:
    channels.add(kind="email", target="a@example.cn", by=wang, at=AT)
    tell(people=[wang.person], kind="request_asked", facts={"text": "水"}, at=AT)
    Delivery.objects.update(given_up_at=AT)
    delivery = Delivery.objects.get().pk
    with pytest.raises(Refusal, match="delivery_not_failed"):
        resend(delivery=delivery, by=li, at=AT)
    resend(delivery=delivery, by=wang, at=AT)
