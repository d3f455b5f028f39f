"""All rows of `luodi bench`, in the order of docs/benchmarks.md."""

from collections.abc import Callable, Sequence

from luodi.bench import crowds, days, exact, paths
from luodi.bench.rows import Row

PARTS: dict[str, Callable[[], list[Row]]] = {
    "path": paths.one_project,
    "paths": paths.ten_thousand,
    "portfolio": crowds.shared_units,
    "sampling": crowds.monte_carlo,
    "first": exact.first_plan,
    "exact": exact.to_proof,
    "calendars": exact.with_calendars,
    "replan": exact.replanning,
    "levers": days.subsets,
    "workdays": days.additions,
}


def measure(words: Sequence[str], say: Callable[[str], None]) -> list[Row]:
    """The rows whose name is among `words` (all when empty)."""
    rows = []
    for name, part in PARTS.items():
        if not words or name in words:
            say(f"measuring {name} ...")
            rows += part()
    return rows
