"""What all tests share: the browser, and a hypothesis that gives the same examples on every machine."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from django.test import Client

    from luodi.accounts.acting import Acting

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next((found for name in BROWSERS if (found := shutil.which(name))), None)
NO_BROWSER = "no browser is installed; this adds one: apt-get install chromium"

settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a page is a browser test; without a browser it says how to get one.

    They come last: Playwright leaves an event loop running in the thread, and no other test may call `asyncio.run` then.
    """
    for item in items:
        names = getattr(item, "fixturenames", ())
        if {"page", "browser", "context", "new_context"} & set(names) or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if BROWSER is None:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """On SQLite Django empties tables by DELETE, which the triggers of kept tables forbid: they stand aside for that moment."""
    from django.db import connection

    if connection.vendor == "sqlite":
        plain = connection.ops.sql_flush

        def emptied(style: Any, tables: Any, **more: Any) -> list[str]:
            if not tables:
                return []
            with connection.cursor() as cursor:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_DELETE'")
                kept = cursor.fetchall()
            aside, back = [f"DROP TRIGGER {name}" for name, _ in kept], [made for _, made in kept]
            return [*aside, *plain(style, tables, **more), *back]

        connection.ops.sql_flush = emptied  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, asking nothing of any other machine."""
    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    return {
        **browser_type_launch_args,
        "executable_path": BROWSER,
        "args": ["--no-sandbox", *quiet, "--disable-sync"],
    }


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """No test knows the zones or the calendar of another: processes keep both for some seconds."""
    from luodi.cases.readers import rows
    from luodi.plans import settled
    from luodi.workcalendar.readers import KNOWN

    KNOWN.take(())
    settled.forget()
    rows.forget()
    yield
    from luodi.zones import readers

    readers.forget()


@pytest.fixture
def signed_in(db: None) -> "Callable[..., Acting]":
    """`signed_in(client, kind, zone="zgsfq", unit="")`: somebody new in a post of that kind, signed in; who they are."""
    from tests.people import hired, sign_in

    def enter(client: "Client", kind: str, zone: str = "zgsfq", **more: str) -> "Acting":
        return sign_in(client, hired(kind, zone, **more))

    return enter
