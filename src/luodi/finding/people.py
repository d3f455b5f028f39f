"""People by name, as their posts are today.  Their room lies below this one, so the worker looks what has changed."""

from collections.abc import Iterator
from datetime import datetime

from django.core.cache import cache

from luodi.accounts import readers
from luodi.accounts.models import ADMINISTRATORS
from luodi.accounts.offices import kind_name
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Text
from luodi.finding.actions import Note, forget, note
from luodi.finding.models import Thing
from luodi.journal.readers import last

AT_ONCE = 1000
LEFT_OUT = (*ADMINISTRATORS, "enterprise_agent")
"""Kinds of posts nobody looks up: administrators handle nothing, and the people of a company are its own affair."""
KEPT = "finding:people"


def everything(at: datetime) -> Iterator[Note]:
    """Everybody in a post today, by name; beside it the kind of post and the organisation.  One query for 1,000 posts."""
    after = 0
    while rows := readers.posts(on=day_of(at), after=after, limit=AT_ONCE):
        after = rows[-1].id
        for row in rows:
            if row.kind in LEFT_OUT:
                continue
            kind, unit = kind_name(row.kind), row.organisation_name
            yield Note(
                "person", str(row.id), Text(row.name, row.name), f"/colleagues/{row.id}/", row.zone,
                about=Text(f"{kind.zh} · {unit.zh}", f"{kind.en} · {unit.en}"),
            )  # fmt: skip


def catch_up(*, at: datetime) -> int:
    """Note who is in which post today, where anything was recorded of people since; how many changed.

    Posts also begin and end with a day, so the day is part of what is remembered.
    """
    newest = last("accounts")
    mark = f"{newest.hash if newest else ''}:{day_of(at)}"
    if cache.get(KEPT) == mark:
        return 0
    found = tuple(everything(at))
    gone = set(Thing.objects.filter(kind="person").values_list("key", flat=True)) - {one.key for one in found}
    changed = note(found, at=at)
    if gone:
        changed += forget(kind="person", keys=gone)
    cache.set(KEPT, mark, timeout=None)
    return changed
