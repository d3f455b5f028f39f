"""Requests whose promised day comes near, or has passed: the unit that promised is reminded, and whoever asked."""

from collections.abc import Iterator
from datetime import date

from luodi.domain.factors.items import items
from luodi.factors import readers
from luodi.notices.reminders import Upcoming


def approaching(*, since: date, until: date) -> Iterator[Upcoming]:
    """Open requests promised for a span of days.  One query."""
    for one in readers.due(since, until):
        rule = items().get(one.item)
        if rule is None:
            continue
        yield Upcoming(
            "factor_due", one.promised, f"factor:{one.id}", {"project": one.name, "item": rule.name},
            posts=(one.asked_by,) if one.asked_by else (), organisations=(one.organisation,) if one.organisation else (),
            link=f"/factors/requests/{one.id}/", project=one.project,
        )  # fmt: skip
