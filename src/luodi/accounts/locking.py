"""Wrong passwords and sessions: locking out, letting in again, ending sessions — each on the record."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from luodi.accounts.acting import SYSTEM, Acting
from luodi.accounts.actions import CHAIN, locked_person
from luodi.accounts.models import Lock, Person
from luodi.accounts.policy import policy
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal import actions as journal


def locked_until(username: str, at: datetime) -> datetime | None:
    """Until when somebody may not try again; None when they may.  One query."""
    return Lock.objects.filter(person__username=username.lower(), until__gt=at).values_list("until", flat=True).first()


@transaction.atomic
def note_failure(*, username: str, at: datetime) -> datetime | None:
    """Count a wrong password; the end of the lock-out where this one was too many.  An unknown name counts nowhere."""
    person = Person.objects.select_for_update().filter(username=username.lower()).first()
    if person is None:
        return None
    lock, _ = Lock.objects.get_or_create(person=person, defaults={"since": at})
    if at - lock.since > policy().within:
        lock.failures, lock.since, lock.until = 0, at, None
    lock.failures += 1
    if lock.failures >= policy().failures and (lock.until is None or lock.until <= at):
        lock.until = at + policy().locked
        payload: dict[str, Json] = {
            "username": person.username,
            "failures": lock.failures,
            "until": lock.until.isoformat(),
        }
        journal.append(chain=CHAIN, kind="signin.locked", by=SYSTEM, at=at, payload=payload)
    lock.save()
    return lock.until


@transaction.atomic
def note_entry(*, by: Acting, way: str, at: datetime) -> None:
    """Record a sign-in and forget the wrong passwords before it; `way` is how (password, totp, single sign-on)."""
    Lock.objects.filter(person_id=by.person).delete()
    payload = {"username": by.username, "way": way}
    journal.append(chain=CHAIN, kind="signin.entered", by=by, at=at, zone=by.zone, payload=payload)


@transaction.atomic
def lift(*, person: int, reason: str, by: Acting, at: datetime) -> None:
    """Let somebody try again before the lock-out ends.  Raises `Refusal` where nobody is locked out."""
    row = locked_person(person)
    if not Lock.objects.filter(person=row, until__gt=at).delete()[0]:
        raise Refusal("not_locked", name=row.name)
    payload = {"username": row.username, "reason": written.text(reason, "reason")}
    journal.append(chain=CHAIN, kind="signin.lifted", by=by, at=at, payload=payload)


@transaction.atomic
def end_sessions(*, person: int, reason: str, by: Acting, at: datetime, only: int | None = None) -> int:
    """End the sessions of a person, or the one asked for; how many there were."""
    row = locked_person(person)
    found = UserSession.objects.filter(user=row)
    ended = list(found.filter(pk=only) if only is not None else found)
    for session in ended:
        session.end()
    if ended:
        payload: dict[str, Json] = {
            "username": row.username,
            "sessions": len(ended),
            "reason": written.text(reason, "reason"),
        }
        journal.append(chain=CHAIN, kind="session.ended", by=by, at=at, payload=payload)
    return len(ended)
