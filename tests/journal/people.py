"""Somebody who acts, and the moment of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Somebody:
    person: int | None = 7
    post: int | None = 9
    label: str = "王敏 · 审批专员 · 综改示范区行政审批局"


WANG = Somebody()


def reading(subject: str = "case 1") -> dict[str, str]:
    """A payload of the kind `page.read`."""
    return {"page": "case", "subject": subject}
