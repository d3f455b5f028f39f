"""A live project in the table, and what happens to it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import luodi
from luodi.accounts.acting import SYSTEM
from luodi.domain.clock.office import SHANGHAI
from luodi.plans.actions import announce
from luodi.projects.actions import record_project

SAMPLES = Path(luodi.__file__).parent / "data" / "samples"
CONTACT = datetime(2023, 3, 10, 1, 0, tzinfo=UTC)


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def recorded(slug: str, document: str | None = None, moment: datetime = CONTACT) -> str:
    """A project in the table, by its slug."""
    text = document or (SAMPLES / f"{slug}.yaml").read_text(encoding="utf-8")
    record_project(slug=slug, document=text, sample=True, live=True, by=SYSTEM, at=moment)
    return slug


@pytest.fixture
def jinko(db: None) -> str:
    """A sample with its plan announced on the day of first contact."""
    slug = recorded("jinko")
    announce(project=slug, by=SYSTEM, at=CONTACT)
    return slug
