"""Sums over days gone: they no longer change, so a process keeps them and asks only for today's anew.

What is entered late for such a day (an import, an act that midnight cut in two) is seen after `SECONDS`.
"""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import TypeVar

SECONDS = 60.0
MOST = 500
Sum = TypeVar("Sum")
_kept: dict[Hashable, tuple[float, object]] = {}


def kept(key: Hashable, make: Callable[[], Sum]) -> Sum:
    """The sum under `key`, made anew where there is none younger than `SECONDS`."""
    known = _kept.get(key)
    if known is None or monotonic() - known[0] >= SECONDS:
        if len(_kept) >= MOST:
            _kept.clear()
        known = _kept[key] = monotonic(), make()
    return known[1]  # type: ignore[return-value]  # a key is always asked for with the same `make`


def forget() -> None:
    """Keep nothing: for tests, whose days come and go."""
    _kept.clear()
