"""The owner of a reservation hears of its end 5 days and 1 day before, and when it has come."""

from datetime import timedelta

import pytest
from tests.ledgers.accounts import AT, faults, officer, project, province, reserved

from luodi.config.reminding import remind
from luodi.ledgers import expiring, promising
from luodi.ledgers.models import Promise
from luodi.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def heard():
    """The kinds of notice the officer got, in order."""
    return list(Notice.objects.filter(person=officer().person).order_by("pk").values_list("kind", flat=True))


def test_five_days_one_day_and_the_end():
    *_, zone = province()
    reserved(zone, "10 亩", due=AT + 20 * DAY)
    said = []
    for days in range(21):
        remind(at=AT + days * DAY)
        expiring.expire(at=AT + days * DAY)
        said.append(len(heard()))
    assert said == [0] * 15 + [1] * 4 + [2] + [3]
    assert heard() == ["reservation_expiring", "reservation_expiring", "reservation_expired"]
    assert faults() == []


def test_what_is_signed_or_prolonged_is_not_freed():
    *_, zone = province()
    signed, longer = reserved(zone, "10 亩", due=AT + DAY), reserved(zone, "10 亩", due=AT + DAY)
    promising.commit(promises=[signed], document="合同", by=officer(), at=AT)
    promising.prolong(promises=[longer], expires=AT + 9 * DAY, document="", by=officer(), at=AT)
    assert expiring.expire(at=AT + 2 * DAY) == 0
    assert set(Promise.objects.values_list("state", flat=True)) == {"commit", "reserve"}


def test_many_are_freed_in_one_go_and_each_is_on_the_record():
    *_, zone = province()
    slugs = [f"p{n}" for n in range(7)]
    for slug in slugs:
        project(slug)
        reserved(zone, "1 亩", slug, due=AT + DAY)
    assert promising.free(at=AT + 2 * DAY, limit=5) == 5
    assert promising.free(at=AT + 2 * DAY) == 2
    assert faults() == []
