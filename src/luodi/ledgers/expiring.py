"""Reservations that have run out: freed by the worker."""

from datetime import datetime
from typing import Final

from luodi.ledgers.promising import free

BATCH: Final = 500


def expire(*, at: datetime) -> int:
    """Free what has run out, some hundreds at a time; how many.  For the worker's timetable."""
    return free(at=at, limit=BATCH)
