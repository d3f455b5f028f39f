"""People for tests: somebody in a post of a kind, in a zone, acting."""

from datetime import UTC, date, datetime
from itertools import count

from django.db.models import Max
from django.test import Client

from luodi.accounts import actions, readers
from luodi.accounts.acting import SYSTEM, Acting
from luodi.accounts.models import Person
from luodi.accounts.offices import offices
from luodi.domain.vocabulary import Text
from luodi.journal.models import Chain
from luodi.zones.reaching import acting_as

AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
"""When the people of a test are recorded: before anything a test does."""
TODAY = date(2026, 11, 21)
STARTS = date(2025, 1, 1)
OWN, OTHER = "zgsfq", "pinglu"
NUMBER = count(1)
USUAL = ("bureau", "committee", "company", "enterprise", "province")
"""Where a kind of post is looked for first."""


def moment() -> datetime:
    """When something is recorded: at `AT`, or later where the record has gone on (an entry is never before the last)."""
    latest = Chain.objects.aggregate(latest=Max("latest"))["latest"]
    return max(AT, latest or AT)


def organisation(kind: str, zone: str = OWN, *, code: str = "", unit: str = "") -> int:
    """An organisation of a kind in a zone; the same one when asked again."""
    zone = "" if kind in ("province", "city", "enterprise") else zone
    code = code or "_".join(filter(None, (zone or "all", kind, unit)))
    found = readers.organisation(code)
    if found is not None:
        return found.id
    ends = date(2030, 1, 1) if kind == "task_force" else None
    return actions.record_organisation(
        code=code, kind=kind, name=Text(f"{code} 单位", f"{code} unit"), zone=zone, unit=unit, starts=date(2020, 1, 1),
        ends=ends, by=SYSTEM, at=moment(),
    )  # fmt: skip


def person(username: str = "", name: str = "王敏") -> int:
    """Somebody without a post."""
    return actions.record_person(username=username or f"p{next(NUMBER)}", name=name, by=SYSTEM, at=moment())


def hired(
    kind: str, zone: str = OWN, *, unit: str = "", organisation_kind: str = "", code: str = "", username: str = ""
) -> Acting:
    """Somebody new in a post of a kind; in the usual kind of organisation unless told otherwise."""
    allowed = offices().posts[kind].organisations
    where = organisation_kind or next(one for one in USUAL if one in allowed)
    unit_id = organisation(where, zone, code=code, unit=unit)
    who = person(username, name=kind)
    appointed = actions.appoint(
        person=who, organisation=unit_id, kind=kind, starts=STARTS, document="test", by=SYSTEM, at=moment()
    )  # fmt: skip
    acting = acting_as(appointed.post, TODAY)
    assert acting is not None
    return acting


def sign_in(client: Client, acting: Acting) -> Acting:
    """Let a test client act as somebody."""
    client.force_login(Person.objects.get(pk=acting.person))
    session = client.session
    session["post"] = acting.post
    session.save()
    return acting
