"""Acts: every verb of the pages, by the same actions behind the same gate.  Importing adds them to `doors.ROUTER`."""

from luodi.api.acts import (
    batches,
    calendar,
    cases,
    charts,
    contacts,
    dealings,
    entry,
    exchange,
    factors,
    finding,
    forms,
    handed,
    hooks,
    land,
    leads,
    led,
    ledgers,
    owed,
    papers,
    people,
    plots,
    projects,
    quotas,
    regions,
    results,
    sheets,
    supply,
    taskforces,
    told,
)

__all__ = [
    "batches", "calendar", "cases", "charts", "contacts", "dealings", "entry", "exchange", "factors", "finding",
    "forms", "handed", "hooks", "land", "leads", "led", "ledgers", "owed", "papers", "people", "plots", "projects",
    "quotas", "regions", "results", "sheets", "supply", "taskforces", "told",
]  # fmt: skip
