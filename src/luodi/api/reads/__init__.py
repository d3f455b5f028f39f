"""Questions: what the pages show, as JSON.  Importing the files adds their operations to `doors.ROUTER`."""

from luodi.api.reads import cases, led, owed, plans, projects, rules, zones

__all__ = ["cases", "led", "owed", "plans", "projects", "rules", "zones"]
