"""Many invented organisations and people at once; rows and entries are the ones `actions` would have written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.accounts.actions import CHAIN, years_after
from luodi.accounts.models import Organisation, Person, Post
from luodi.accounts.offices import offices
from luodi.accounts.own_views import DEMO_PASSWORD
from luodi.accounts.samples import DOCUMENT
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Text
from luodi.journal.actions import Draft, append_many

SIZE = 500


@dataclass(frozen=True, slots=True)
class NewUnit:
    """An organisation to record.  `parent`: code of one that is recorded, or comes earlier in the same list."""

    code: str
    kind: str
    name: Text
    starts: date
    zone: str = ""
    unit: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class NewPost:
    """A person with one post."""

    username: str
    name: str
    organisation: str
    kind: str
    starts: date
    ends: date | None = None


@transaction.atomic
def record(*, units: Sequence[NewUnit], posts: Sequence[NewPost], by: Acting, at: datetime) -> None:
    """Record what is not recorded yet, by code and user name."""
    known = dict(Organisation.objects.values_list("code", "pk"))
    new = [one for one in units if one.code not in known]
    for under in (False, True):  # what lies under another comes after it
        rows = [_unit(one, known) for one in new if bool(one.parent) is under]
        Organisation.objects.bulk_create(rows, batch_size=SIZE)
        known |= {row.code: row.pk for row in rows}
    people = frozenset(Person.objects.filter(sample=True).values_list("username", flat=True))
    hired = [one for one in posts if one.username not in people]
    hashed = make_password(DEMO_PASSWORD) if hired else ""
    persons = [Person(username=one.username, name=one.name, password=hashed, sample=True) for one in hired]
    Person.objects.bulk_create(persons, batch_size=SIZE)
    given = [_post(one, person.pk, known) for one, person in zip(hired, persons, strict=True)]
    Post.objects.bulk_create(given, batch_size=SIZE)
    zones = {one.code: one.zone for one in units} | dict(Organisation.objects.values_list("code", "zone"))
    drafts = [_recorded(one, by, at) for one in new]
    for one, post in zip(hired, given, strict=True):
        drafts += _appointed(one, post, zones[one.organisation], by, at)
    append_many(chain=CHAIN, drafts=drafts)


def _unit(one: NewUnit, known: dict[str, int]) -> Organisation:
    return Organisation(
        code=one.code, kind=one.kind, zh=one.name.zh, en=one.name.en, zone=one.zone, unit=one.unit, starts=one.starts,
        parent_id=known[one.parent] if one.parent else None, sample=True,
    )  # fmt: skip


def _post(one: NewPost, person: int, known: dict[str, int]) -> Post:
    until = years_after(one.starts, offices().terms.years) if offices().posts[one.kind].term else None
    return Post(
        person_id=person, organisation_id=known[one.organisation], kind=one.kind, starts=one.starts, ends=one.ends,
        term=1, contract_until=until,
    )  # fmt: skip


def _recorded(one: NewUnit, by: Acting, at: datetime) -> Draft:
    payload: dict[str, Json] = {
        "code": one.code, "kind": one.kind, "zh": one.name.zh, "en": one.name.en, "zone": one.zone, "unit": one.unit,
        "starts": one.starts.isoformat(), "ends": None,
    }  # fmt: skip
    return Draft("organisation.recorded", by, at, one.zone, "", payload)


def _appointed(one: NewPost, post: Post, zone: str, by: Acting, at: datetime) -> list[Draft]:
    payload: dict[str, Json] = {
        "post": post.pk, "username": one.username, "kind": one.kind, "organisation": one.organisation,
        "starts": one.starts.isoformat(), "ends": one.ends and one.ends.isoformat(), "term": 1,
        "contract_until": post.contract_until and post.contract_until.isoformat(), "document": DOCUMENT,
    }  # fmt: skip
    person: dict[str, Json] = {"username": one.username, "name": one.name}
    return [
        Draft("person.recorded", by, at, "", "", person),
        Draft("post.appointed", by, at, zone, "", payload),
    ]
