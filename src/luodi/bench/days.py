"""Bench of working days and of lever subsets."""

from datetime import date, timedelta

import numpy as np

from luodi.bench.rows import Row, agree, median_ms, missing, there
from luodi.domain import workdays

ADDITIONS = 1_000_000
PEER_ADDITIONS = 300


def additions() -> list[Row]:
    """The n-th working day after a day, a million at once, against chinesecalendar one by one (scaled)."""
    calendar = workdays.official()
    first = np.datetime64("2021-01-01")
    generator = np.random.Generator(np.random.PCG64(0))
    days = first + generator.integers(0, 4 * 365, ADDITIONS)
    counts = generator.integers(1, 60, ADDITIONS).astype(np.int32)
    ours = median_ms(lambda: calendar.add_many(days, counts), 7)
    one = median_ms(lambda: [calendar.add(date(2024, 1, 1) + timedelta(k), 20) for k in range(300)], 9) / 300
    what = "working days: 1,000,000 additions"
    note = f"one at a time {1000 * one:.2f} us each"
    if not there("chinese_calendar"):
        return [Row(what, ours, within=None, note=f"{note}; {missing('chinesecalendar')}")]
    import chinese_calendar

    sample = list(zip(days[:PEER_ADDITIONS].tolist(), counts[:PEER_ADDITIONS].tolist(), strict=True))
    theirs = [chinese_calendar.find_workday(count, day) for day, count in sample]
    wrong = sum(calendar.add(day, count) != found for (day, count), found in zip(sample, theirs, strict=True))
    plain = [(day, count) for (day, count) in sample if chinese_calendar.is_workday(day)]
    agree(
        [calendar.add(day, count) for day, count in plain],
        [chinese_calendar.find_workday(count, day) for day, count in plain],
        "additions from working days",
    )
    peer = median_ms(lambda: [chinese_calendar.find_workday(count, day) for day, count in sample], 3)
    note += f"; {PEER_ADDITIONS} of the peer's scaled; {wrong} of them differ (all begin on a day off)"
    return [Row(what, ours, "chinesecalendar", peer * ADDITIONS / PEER_ADDITIONS, faster=1000, note=note)]


def subsets() -> list[Row]:
    """Every subset of the ten levers on the largest sample project."""
    try:
        from luodi.domain.catalogue.reading import load
        from luodi.domain.facts import samples
        from luodi.domain.planning.levers import worth
    except ImportError as absent:
        return [Row("levers, 1,024 subsets", float("nan"), within=1000, note=f"not built: {absent}")]
    catalogue = load(())
    project = samples.load("jinko", catalogue)
    found = worth(project, catalogue)
    agree(sum(found.shares.values()), found.saved_days, "Shapley shares and days saved")
    ours = median_ms(lambda: worth(project, catalogue), 5)
    return [
        Row(
            "levers, 1,024 subsets with Shapley shares",
            ours,
            within=1000,
            note="sample jinko, network building included",
        )
    ]
