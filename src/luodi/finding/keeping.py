"""Views that people keep: the filter of a list under a name, for oneself or shared with one's unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import Q, QuerySet

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.finding.models import View
from luodi.journal.actions import append

CHAIN: Final = "accounts"
MOST, LONGEST, LONGEST_NAME = 30, 1000, 60
PASSING = frozenset({"after", "before", "case", "done", "view", "as_of", "page"})
"""Parts of an address that say where in a list one is, and not what it shows."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view as the bar above its list shows it.  `own`: of this very post, which may change it."""

    id: int
    page: str
    name: str
    query: str
    shared: bool
    usual: bool
    own: bool
    at: datetime


def kept(*, page: str, by: Acting) -> tuple[ViewRow, ...]:
    """The views of a list that a post sees, by name: its own, then those its unit shares.  One query."""
    rows = _seen(by).filter(page=page).order_by("name", "id")
    found = [_row(one, by) for one in rows]
    return tuple(sorted(found, key=lambda one: not one.own))


def all_kept(*, by: Acting) -> tuple[ViewRow, ...]:
    """The views of every list that a post sees.  One query."""
    return tuple(_row(one, by) for one in _seen(by).order_by("page", "name", "id"))


def usual(*, page: str, post: int) -> str | None:
    """What a list opens with for a post, None where it opens as it is.  One query."""
    rows = View.objects.filter(post=post, page=page, usual=True, removed_at=None)
    return rows.values_list("query", flat=True).first()


def keep_view(
    *, page: str, name: str, query: str, shared: bool, usual: bool, by: Acting, at: datetime, key: str | None = None
) -> int:
    """Keep the filter of a list under a name; its number.

    Whether the list is one whose views may be kept is the view's question.
    Raises `Refusal`: `view_query_too_long`, `views_too_many`, `view_name_taken`, those of texts, `already_done`.
    """
    filter_ = filter_of(query)
    if len(filter_) > LONGEST:
        raise Refusal("view_query_too_long", field="name", most=LONGEST)
    with transaction.atomic():
        mine = View.objects.filter(post=by.post, page=page, removed_at=None)
        if mine.count() >= MOST:
            raise Refusal("views_too_many", field="name", most=MOST)
        row = View(
            post_id=by.post, organisation_id=by.organisation, page=page[:64], name=_name(name, mine), query=filter_,
            shared=shared, usual=usual, at=at,
        )  # fmt: skip
        if usual:
            mine.filter(usual=True).update(usual=False)
        row.save(force_insert=True)
        _record("view.kept", row, by, at, key, page=row.page, query=row.query, shared=shared, usual=usual)
    return row.pk


def change_view(*, view: int, name: str, shared: bool, usual: bool, by: Acting, at: datetime) -> None:
    """Rename a view of one's own, share it or keep it to oneself, let the list open with it or not.

    Raises `Refusal`: `view_gone` for another's, `view_name_taken`, those of texts.
    """
    with transaction.atomic():
        row = _own(view, by)
        mine = View.objects.filter(post=by.post, page=row.page, removed_at=None).exclude(pk=row.pk)
        row.name, row.shared, row.usual = _name(name, mine), shared, usual
        if usual:
            mine.filter(usual=True).update(usual=False)
        row.save(update_fields=["name", "shared", "usual"])
        _record("view.changed", row, by, at, shared=shared, usual=usual)


def remove_view(*, view: int, by: Acting, at: datetime) -> str:
    """Take a view of one's own away; its name.  `restore_view` brings it back.  Raises `Refusal("view_gone")`."""
    with transaction.atomic():
        row = _own(view, by)
        row.removed_at = at
        row.save(update_fields=["removed_at"])
        _record("view.removed", row, by, at)
    return row.name


def restore_view(*, view: int, by: Acting, at: datetime) -> None:
    """Bring back a view that was taken away, as it was; a list that has another usual view meanwhile keeps that.

    Raises `Refusal("view_gone")` for another's, or one that was not taken away.
    """
    with transaction.atomic():
        row = View.objects.select_for_update().filter(pk=view, post=by.post, removed_at__isnull=False).first()
        if row is None:
            raise Refusal("view_gone")
        others = View.objects.filter(post=by.post, page=row.page, removed_at=None)
        row.removed_at, row.usual = None, row.usual and not others.filter(usual=True).exists()
        row.save(update_fields=["removed_at", "usual"])
        _record("view.restored", row, by, at)


def filter_of(query: str) -> str:
    """What of an address's query is a filter: without the place in the list."""
    return urlencode([(name, value) for name, value in parse_qsl(query.lstrip("?")) if name not in PASSING])


def _seen(by: Acting) -> QuerySet[View]:
    mine = Q(post=by.post) | Q(shared=True, organisation=by.organisation)
    return View.objects.filter(mine, removed_at=None)


def _row(one: View, by: Acting) -> ViewRow:
    own = one.post_id == by.post
    return ViewRow(one.pk, one.page, one.name, one.query, one.shared, one.usual and own, own, one.at)


def _own(view: int, by: Acting) -> View:
    row = View.objects.select_for_update().filter(pk=view, post=by.post, removed_at=None).first()
    if row is None:
        raise Refusal("view_gone")
    return row


def _name(name: str, others: QuerySet[View]) -> str:
    said = written.line(name, "name")[:LONGEST_NAME]
    if others.filter(name=said).exists():
        raise Refusal("view_name_taken", field="name", name=said)
    return said


def _record(kind: str, row: View, by: Acting, at: datetime, key: str | None = None, **more: Json) -> None:
    append(chain=CHAIN, kind=kind, by=by, at=at, payload={"view": row.pk, "name": row.name, **more}, key=key)
