"""What a calendar feed shows: the days its post may see, and nothing once the post has ended."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.accounts.acting import Acting
from luodi.accounts.gate import verdict
from luodi.cases import readers as cases
from luodi.desk.charting import answers
from luodi.desk.pipeline import feed as pipeline
from luodi.exchange import calendar_feed, due_feed
from luodi.notices.feeds import PROJECT, UNIT
from luodi.notices.readers import FeedRow
from luodi.plans import readers as plans
from luodi.projects import readers as projects
from luodi.zones.reaching import acting_as

MOST = 500
"""Events of one feed: a calendar with more is no calendar."""

Absolute = Callable[[str], str]


def calendar(feed: FeedRow, at: datetime, language: str, absolute: Absolute) -> bytes | None:
    """The .ics file of a feed as its post may see it at `at`; None where it may not, or no longer.  Some six queries."""
    acting = acting_as(feed.post, timezone.localdate(at))
    if acting is None or not verdict(acting, "feed.own").allowed:
        return None
    if feed.about == PROJECT:
        return _of_project(feed.subject, acting, at, language)
    if not verdict(acting, "case.read").allowed:
        return None
    if feed.about == UNIT:
        if acting.organisation_code != feed.subject:
            return None
        page = cases.inbox(now=at, organisations=(acting.organisation,), limit=MOST)
        name = acting.organisation_name[language]
    else:
        page = cases.inbox(now=at, posts=(acting.post,), limit=MOST)
        name = acting.name
    days = [_day(row, language, absolute) for row in page.rows if row.due or row.promise_due]
    if feed.about != UNIT:
        days += pipeline.days(acting, at, language, absolute)
    return due_feed.write(f"{name} · {_('What is due')}", days)


def _of_project(slug: str, acting: Acting, at: datetime, language: str) -> bytes | None:
    project = projects.project(slug)
    if project is None:
        return None
    team = [one.post for one in projects.team(slug, timezone.localdate(at))]
    if not verdict(acting, "project.read", zone=project.zone, project_posts=team).allowed:
        return None
    saved = plans.current(slug)
    if saved is None:
        return due_feed.write(project.name[language], ())
    return calendar_feed.write(saved.plan, answers.catalogue(), language)


def _day(row: cases.Row, language: str, absolute: Absolute) -> due_feed.Day:
    """A case on its statutory day, or on the promised one where that comes first; which of them is said."""
    matters = answers.catalogue().matters
    matter = matters[row.matter].name[language] if row.matter in matters else row.matter
    on = min(day for day in (row.due, row.promise_due) if day is not None)
    notes = (
        row.number,
        row.organisation_name[language],
        _("Due by law: %(day)s") % {"day": row.due or "—"},
        _("Promised: %(day)s") % {"day": row.promise_due or "—"},
    )
    return due_feed.Day(
        f"case-{row.number}",
        on,
        f"{matter} · {row.project_name[language]}",
        "\n".join(notes),
        absolute(reverse("case", kwargs={"number": row.number})),
        row.changed_at,
    )
