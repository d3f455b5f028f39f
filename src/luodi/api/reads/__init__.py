"""Questions: what the pages show, as JSON.  Importing the files adds their operations to `doors.ROUTER`."""

from luodi.api.reads import (
    cases,
    dealings,
    exchange,
    factors,
    finding,
    forms,
    land,
    leads,
    led,
    owed,
    papers,
    people,
    plans,
    projects,
    quotas,
    results,
    rules,
    sheets,
    told,
    zones,
)

__all__ = [
    "cases", "dealings", "exchange", "factors", "finding", "forms", "land", "leads", "led", "owed", "papers", "people",
    "plans", "projects", "quotas", "results", "rules", "sheets", "told", "zones",
]  # fmt: skip
