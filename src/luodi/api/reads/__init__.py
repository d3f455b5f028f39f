"""Questions: what the pages show, as JSON.  Importing the files adds their operations to `doors.ROUTER`."""

from luodi.api.reads import cases, exchange, forms, led, owed, papers, people, plans, projects, rules, sheets, zones

__all__ = [
    "cases", "exchange", "forms", "led", "owed", "papers", "people", "plans", "projects", "rules", "sheets", "zones",
]  # fmt: skip
