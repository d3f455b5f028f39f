"""Acts: every verb of the pages, by the same actions behind the same gate.  Importing adds them to `doors.ROUTER`."""

from luodi.api.acts import calendar, cases, exchange, forms, hooks, led, owed, papers, people, projects, sheets

__all__ = [
    "calendar", "cases", "exchange", "forms", "hooks", "led", "owed", "papers", "people", "projects", "sheets",
]  # fmt: skip
