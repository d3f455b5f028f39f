"""All rows of `luodi bench`, in the order of docs/benchmarks.md."""

from collections.abc import Callable, Sequence

from luodi.bench import atlas, crowds, days, exact, ledger, paths, search, sheets
from luodi.bench.rows import Row
from luodi.domain.vocabulary import Refusal

PARTS: dict[str, Callable[[], list[Row]]] = {
    "path": paths.one_project,
    "paths": paths.ten_thousand,
    "portfolio": crowds.shared_units_in_full,
    "sampling": crowds.monte_carlo,
    "first": exact.first_plan,
    "exact": exact.to_proof,
    "calendars": exact.with_calendars,
    "replan": exact.replanning,
    "levers": days.subsets,
    "workdays": days.additions,
    "sheets": sheets.ledger,
}


ON_DEMAND: dict[str, Callable[[], list[Row]]] = {
    "portfolio_quick": crowds.shared_units,
    "ledger": ledger.measured,
    "search": search.measured,
    "atlas": atlas.measured,
}
"""Rows only when asked for by name: simpy on a tenth of the projects, scaled, which flatters it, as it slows down with size;
a minute of 64 clients at one quota, on a PostgreSQL of one's own; and 50,000 parcels in a browser that is installed."""


def measure(words: Sequence[str], say: Callable[[str], None]) -> list[Row]:
    """The rows whose name is among `words` (all that are not on demand when empty).  Raises Refusal on a name there is not."""
    unknown = [word for word in words if word not in PARTS | ON_DEMAND]
    if unknown:
        raise Refusal("no_such_bench_row", row=", ".join(unknown), known=", ".join(PARTS | ON_DEMAND))
    rows = []
    for name, part in (PARTS | ON_DEMAND).items():
        if name in words or (not words and name in PARTS):
            say(f"measuring {name} ...")
            rows += part()
    return rows
