"""How often a limited link may be opened: counted in the shared cache, for all processes together."""

from datetime import datetime

from django.core.cache import cache

from luodi.domain.vocabulary import Refusal
from luodi.entry.experts import digest

WINDOW = 60
"""Seconds over which openings are counted."""
BY_TOKEN, BY_ADDRESS = 30, 120
"""Openings in a window: of one link, and from one address (known links or not)."""


def count(token: str, address: str, at: datetime) -> None:
    """Count one request from an address, and with a token one opening of that link.

    Raises `Refusal("entry_link_too_often")` beyond the limit.  A few queries on the shared cache.
    """
    moment = int(at.timestamp())
    link = ((f"link:{digest(token)[:32]}", BY_TOKEN),) if token else ()
    for name, most in (*link, (f"from:{digest(address)[:32]}", BY_ADDRESS)):
        key = f"opinion:{name}:{moment // WINDOW}"
        cache.add(key, 0, timeout=2 * WINDOW)
        try:
            made = cache.incr(key)
        except ValueError:  # another process culled the cache meanwhile
            made = 1
        if made > most:
            raise Refusal("entry_link_too_often", seconds=WINDOW - moment % WINDOW)
