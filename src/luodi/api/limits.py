"""How often a token may ask: counted in the shared cache, for all processes together."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from luodi.domain.vocabulary import Refusal

WINDOW = 60
"""Seconds over which requests are counted."""
USUAL = 600
"""Requests a token may make in a window, unless the setting API_RATE says otherwise."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of a window is left: of `limit` requests `left`, for `seconds` more."""

    limit: int
    left: int
    seconds: int


def count(token: int, at: datetime) -> Rate:
    """Count one request of a token.  Raises `Refusal("api_too_many")` beyond the limit.

    Two or three queries on the shared cache.  Counting is not exact to one where processes count in the same instant.
    """
    limit: int = getattr(settings, "API_RATE", USUAL)
    moment = int(at.timestamp())
    seconds, key = WINDOW - moment % WINDOW, f"api:{token}:{moment // WINDOW}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        made = cache.incr(key)
    except ValueError:  # another process culled the cache meanwhile
        made = 1
    if made > limit:
        raise Refusal("api_too_many", most=limit, seconds=seconds)
    return Rate(limit, limit - made, seconds)
