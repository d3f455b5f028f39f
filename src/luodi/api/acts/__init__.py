"""Acts: every verb of the pages, by the same actions behind the same gate.  Importing adds them to `doors.ROUTER`."""

from luodi.api.acts import cases, hooks, led, owed, projects

__all__ = ["cases", "hooks", "led", "owed", "projects"]
