"""Two sample projects in the table, and a project whose words are hostile."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import luodi
from luodi.accounts.acting import SYSTEM
from luodi.projects.actions import record_project

SAMPLES = Path(luodi.__file__).parent / "data" / "samples"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
WRITTEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def record(slug: str, document: str) -> None:
    """One project in the table."""
    record_project(slug=slug, document=document, sample=True, by=SYSTEM, at=WRITTEN)


@pytest.fixture
def province(db: None) -> tuple[str, ...]:
    """The slugs of two samples."""
    names = ("jinko", "tongfu")
    for name in names:
        record(name, (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return names


@pytest.fixture
def hostile(db: None) -> str:
    """The slug of a project whose name, zone and notes try to break out of the page."""
    document = f"""
about:
  name: {{zh: '{HOSTILE}', en: '{HOSTILE}'}}
  zone: {{zh: '{HOSTILE}', en: '{HOSTILE}'}}
  notes: [{{zh: '{HOSTILE}', en: '{HOSTILE}'}}]
facts: {{project.eia_class: report}}
milestones: {{contact: 2023-03-10, signed: 2023-05-26}}
options: {{as_of: 2023-03-10}}
"""
    record("hostile", document)
    return "hostile"
