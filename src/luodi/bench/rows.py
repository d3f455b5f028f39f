"""One row of the bench: our figure, a peer's and a limit's in the same run, the ratio aimed at, and whether results agreed."""

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from time import perf_counter
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Row:
    """Times in milliseconds, and the aims: so many times faster than the peer, within so many ms, within so many limits."""

    what: str
    ours: float
    peer: str = ""
    peer_ms: float | None = None
    limit: str = ""
    limit_ms: float | None = None
    faster: float | None = None
    within: float | None = None
    of_limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times faster than the peer."""
        return None if self.peer_ms is None else self.peer_ms / self.ours

    @property
    def met(self) -> bool | None:
        """Whether every aim that could be measured is met; None when none could."""
        told = []
        if self.within is not None:
            told.append(self.ours <= self.within)
        if self.faster is not None and self.ratio is not None:
            told.append(self.ratio >= self.faster)
        if self.of_limit is not None and self.limit_ms is not None:
            told.append(self.ours <= self.of_limit * self.limit_ms)
        return all(told) if told else None


def median_ms(act: Callable[[], object], repeat: int) -> float:
    """Median milliseconds of `repeat` calls after one that does not count (compiled code is loaded there)."""
    act()
    times = []
    gc.collect()
    for _ in range(repeat):
        begun = perf_counter()
        act()
        times.append(1000 * (perf_counter() - begun))
    return statistics.median(times)


def once_ms(act: Callable[[], _T]) -> tuple[float, _T]:
    """Milliseconds of one call, and its result: for peers that take seconds."""
    gc.collect()
    begun = perf_counter()
    result = act()
    return 1000 * (perf_counter() - begun), result


def there(module: str) -> bool:
    """Whether a peer is installed."""
    return find_spec(module) is not None


def missing(module: str) -> str:
    """What a row says in place of a peer's figure."""
    return f"peer not measured: {module} is not installed"


def agree(ours: object, theirs: object, what: str) -> None:
    """Timing is believed only when results are equal: a difference stops the bench."""
    if ours != theirs:
        raise AssertionError(f"{what}: results differ, {ours} and {theirs}")


def table(rows: list[Row]) -> list[str]:
    """The rows as text."""
    lines = [f"{'row':46} {'ours ms':>10} {'peer ms':>12} {'times':>8} {'limit ms':>10}  aim"]
    for row in rows:
        aims = []
        if row.faster is not None:
            aims.append(f">= {row.faster:g} x {row.peer}")
        if row.within is not None:
            aims.append(f"<= {row.within:g} ms")
        if row.of_limit is not None:
            aims.append(f"<= {row.of_limit:g} x {row.limit}")
        mark = {True: "met", False: "NOT MET", None: "-"}[row.met]
        peer = "-" if row.peer_ms is None else f"{row.peer_ms:12.2f}"
        ratio = "-" if row.ratio is None else f"{row.ratio:8.1f}"
        limit = "-" if row.limit_ms is None else f"{row.limit_ms:10.2f}"
        lines.append(
            f"{row.what:46} {row.ours:10.3f} {peer:>12} {ratio:>8} {limit:>10}  {', '.join(aims) or '-'}: {mark}"
        )
        if row.note:
            lines.append(f"    {row.note}")
    return lines
