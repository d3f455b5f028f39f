"""How a story lets people in: `enter(name, address)` is a browser of its own, signed in as one of the invented people."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

Enter = Callable[..., Page]
"""`enter(name, address, phone=False)`; an empty name stays outside."""
PHONE = {"width": 390, "height": 844}


def day(days: int) -> str:
    """A day as a form takes it, so many days from now."""
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"
