"""All rows of `luodi bench load`, against the configured database."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from luodi.bench.load import acts, lists, officers, pages, province, regions
from luodi.bench.load.figures import Figure
from luodi.domain.clock.office import day_of
from luodi.domain.vocabulary import Refusal

PARTS: dict[str, Callable[[date, int], list[Figure]]] = {
    "pages": lambda today, _seconds: pages.measure(today),
    "regions": lambda today, _seconds: regions.measure(today),
    "list": lists.measure,
    "acts": lambda today, _seconds: acts.measure(today),
    "officers": officers.measure,
    "province": lambda _today, _seconds: province.measure(),
}
"""`acts` and `officers` write: the sample is no longer what its seed says."""

LOOP = 2_000_000


def measure(words: Sequence[str], seconds: int, say: Callable[[str], None]) -> list[Figure]:
    """The rows asked for (all when none is).  `seconds`: how long officers work; a list is asked for a quarter of that.

    Raises `Refusal` on a name there is not, or where the database holds no sample.
    """
    if unknown := [word for word in words if word not in PARTS]:
        raise Refusal("no_such_bench_row", row=", ".join(unknown), known=", ".join(PARTS))
    found = [machine()]
    for name, part in PARTS.items():
        if name in words or not words:
            say(f"measuring {name} ...")
            found += part(day_of(datetime.now(UTC)), seconds if name == "officers" else max(1, seconds // 4))
    return [*found, machine()]


def machine() -> Figure:
    """How much of a core this process gets now: others at work on the machine lengthen every time by the clock."""
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(LOOP):
        pass
    spent = time.process_time() - processor
    share = spent / (time.perf_counter() - wall)
    return Figure("machine", {"share of a core a busy loop gets": share, "ms of processor for the loop": 1000 * spent})
