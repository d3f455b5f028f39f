"""Days of task forces that come closer: their end, obstacles to be solved, life support to be arranged."""

from collections.abc import Iterator
from datetime import date

from luodi.domain.entry.forces import forces
from luodi.domain.vocabulary import Text
from luodi.notices.reminders import Upcoming
from luodi.taskforces.models import Force, LogEntry, Member, Service


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Forces that end, obstacles and services that fall due in a span of days: members and units are told.  Four queries."""
    members: dict[int, set[int]] = {}
    rows = Member.objects.filter(force__ends__gte=since, ends__gte=since).values_list("force", "post")
    for force, post in rows:
        members.setdefault(force, set()).add(post)
    ending = Force.objects.filter(ends__gte=since, ends__lte=until).order_by("pk")
    for pk, name, ends, slug in ending.values_list("pk", "name", "ends", "project__slug"):
        yield Upcoming(
            "force_ending", ends, f"force:{pk}", {"name": name}, posts=tuple(members.get(pk, ())),
            link=f"/projects/{slug}/force/", project=slug,
        )  # fmt: skip
    logs = LogEntry.objects.filter(closed_on=None, solver__isnull=False, due__gte=since, due__lte=until).order_by("pk")
    for pk, words, due, solver, slug in logs.values_list("pk", "obstacle", "due", "solver_id", "force__project__slug"):
        if due is not None:
            yield Upcoming(
                "force_obstacle_due", due, f"log:{pk}", {"problem": words[:80]}, organisations=(solver,),
                link=f"/projects/{slug}/force/", project=slug,
            )  # fmt: skip
    yield from _services(since, until, members)


def _services(since: date, until: date, members: dict[int, set[int]]) -> Iterator[Upcoming]:
    rows = Service.objects.filter(answered_at=None, wanted__gte=since, wanted__lte=until).order_by("pk")
    columns = ("pk", "kind", "wanted", "force", "force__project__slug", "force__project__zh", "force__project__en")
    for pk, kind, wanted, force, slug, zh, en in rows.values_list(*columns):
        facts = {"project": Text(zh, en), "what": forces().services[kind]}
        yield Upcoming(
            "force_service_due", wanted, f"service:{pk}", facts, posts=tuple(members.get(force, ())),
            link=f"/projects/{slug}/force/", project=slug,
        )  # fmt: skip
