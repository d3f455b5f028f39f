"""Acts: every verb of the pages, by the same actions behind the same gate.  Importing adds them to `doors.ROUTER`."""

from luodi.api.acts import (
    calendar,
    cases,
    dealings,
    exchange,
    factors,
    finding,
    forms,
    hooks,
    land,
    leads,
    led,
    owed,
    papers,
    people,
    projects,
    quotas,
    results,
    sheets,
    told,
)

__all__ = [
    "calendar", "cases", "dealings", "exchange", "factors", "finding", "forms", "hooks", "land", "leads", "led", "owed", "papers",
    "people", "projects", "quotas", "results", "sheets", "told",
]  # fmt: skip
