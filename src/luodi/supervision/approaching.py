"""Days of orders and of problems found on visits that come closer; for reminders."""

from collections.abc import Iterator
from datetime import date

from luodi.notices.reminders import Upcoming
from luodi.supervision.models import Order, Visit


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Open orders and unsolved problems that fall due in a span of days: whoever owes them is reminded.  Two queries."""
    orders = Order.objects.filter(closed_at=None, due__gte=since, due__lte=until).order_by("pk")
    for pk, decision, due, owner, slug in orders.values_list("pk", "decision", "due", "owner_id", "project__slug"):
        facts = {"decision": decision[:80]}
        yield Upcoming(
            "order_due", due, f"order:{pk}", facts, organisations=(owner,), link="/orders/", project=slug or ""
        )
    visits = Visit.objects.filter(closed_on=None, solver__isnull=False, due__gte=since, due__lte=until).order_by("pk")
    for pk, problem, solve_by, solver, slug in visits.values_list("pk", "problem", "due", "solver_id", "project__slug"):
        if solve_by is None:
            continue
        facts = {"problem": problem[:80]}
        yield Upcoming(
            "visit_problem_due", solve_by, f"visit:{pk}", facts, organisations=(solver,), link="/visits/", project=slug
        )
