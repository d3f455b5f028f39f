"""Days of cases that come closer: limits, corrections the applicant owes, opinions other units owe; for reminders."""

import json
from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from luodi.cases.models import Asking, Case, CaseEvent, Part
from luodi.domain.catalogue.reading import load
from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Text
from luodi.notices.facts import Fact
from luodi.notices.reminders import Upcoming

ASKED = (
    CaseEvent.objects.filter(case=OuterRef("pk"), kind="case.correction_asked").order_by("-seq").values("details")[:1]
)
CASE = ("pk", "number", "matter", "project__slug", "project__zh", "project__en")


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Everything of cases that falls due in a span of days.  Four queries."""
    yield from _limits(since, until)
    yield from _corrections(since, until)
    yield from _opinions(since, until)


def _limits(since: date, until: date) -> Iterator[Upcoming]:
    """The handler is reminded, the whole unit while there is none, and whoever supervises."""
    rows = Case.objects.filter(open=True, runs_out__gte=since, runs_out__lte=until)
    leaders: dict[int, list[int]] = {}
    for case, post in _supervisors(rows):
        leaders.setdefault(case, []).append(post)
    columns = (*CASE, "runs_out", "handler_id", "organisation_id")
    for *case, day, handler, organisation in rows.order_by("runs_out", "pk").values_list(*columns).iterator():
        posts = (*((handler,) if handler else ()), *leaders.get(case[0], ()))
        yield _of(case, "due_soon", day, posts=posts, organisations=() if handler else (organisation,))


def _supervisors(rows: QuerySet[Case]) -> QuerySet[Part, tuple[int, int]]:
    held = Part.objects.filter(case__in=rows, role="supervisor", until=None)
    return held.values_list("case_id", "post_id")


def _corrections(since: date, until: date) -> Iterator[Upcoming]:
    """The applicant is reminded of what was asked last."""
    rows = Case.objects.filter(open=True, state=State.CORRECTING, project__applicant__isnull=False)
    columns = (*CASE, "project__applicant_id", "asked")
    for *case, applicant, asked in rows.annotate(asked=Subquery(ASKED)).order_by("pk").values_list(*columns):
        day = date.fromisoformat(json.loads(asked)["due"])
        if since <= day <= until:
            yield _of(case, "correction_due", day, organisations=(applicant,))


def _opinions(since: date, until: date) -> Iterator[Upcoming]:
    """The unit that was asked is reminded."""
    rows = Asking.objects.filter(answered_at=None, case__open=True, due__gte=since, due__lte=until).order_by("pk")
    for *case, day, organisation, asking in rows.values_list(
        *(f"case__{one}" for one in CASE), "due", "organisation_id", "pk"
    ):
        yield _of(case, "consultation_due", day, organisations=(organisation,), once=f"asking:{asking}")


def _of(
    case: list[object], kind: str, day: date, *, posts: tuple[int, ...] = (), organisations: tuple[int, ...] = (),
    once: str = "",
) -> Upcoming:  # fmt: skip
    pk, number, matter, slug, zh, en = case
    known = load().matters.get(str(matter))
    facts: dict[str, Fact] = {
        "project": Text(str(zh), str(en)),
        "matter": known.name if known else str(matter),
    }
    return Upcoming(
        kind, day, once or f"case:{pk}", facts, posts=posts, organisations=organisations,
        link=f"/cases/{number}/", project=str(slug),
    )  # fmt: skip
