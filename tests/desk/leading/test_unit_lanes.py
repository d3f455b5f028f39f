"""Which light a case stood in on each day, and what a unit's row says of it."""

from datetime import date, timedelta
from typing import Any

from luodi.desk.leading.unit_lanes import Handled, bands, cells
from luodi.desk.leading.unit_picture import Window
from luodi.desk.leading.unit_views import short

TODAY = date(2026, 6, 25)
WINDOW = Window(date(2026, 6, 11), date(2026, 7, 9), TODAY)


def day(number: int) -> date:
    """A day of June."""
    return date(2026, 6, number)


def handled(opened: date, accepted: date | None, closed: date | None, limit: date | None, **more: Any) -> Handled:
    """A case that warns on its last day and is overdue on the day after."""
    late = limit + timedelta(days=1) if limit else None
    return Handled("1", opened, accepted, closed, limit, limit, late, **more)


def lights(case: Handled) -> list[tuple[int, int, str]]:
    """The bands as days of June."""
    return [(band.since.day, band.until.day, band.light) for band in bands(case, WINDOW)]


def test_a_case_runs_through_its_lights() -> None:
    case = handled(day(12), day(15), None, day(22), stops=((day(17), day(19)),))
    assert lights(case) == [
        (12, 14, "none"),
        (15, 16, "green"),
        (17, 18, "paused"),
        (19, 21, "green"),
        (22, 22, "amber"),
        (23, 25, "red"),
    ]


def test_a_closed_case_ends_on_its_day() -> None:
    assert lights(handled(day(12), day(12), day(16), day(22))) == [(12, 16, "green")]


def test_what_lies_outside_the_window_is_not_drawn() -> None:
    assert lights(handled(day(1), day(1), day(5), day(20))) == []
    assert lights(handled(day(1), day(1), None, None)) == [(11, 25, "green")]


def test_an_open_stop_has_no_end() -> None:
    assert lights(handled(day(20), day(20), None, day(22), stops=((day(21), None),))) == [
        (20, 20, "green"),
        (21, 25, "paused"),
    ]


def test_a_unit_counts_its_open_cases_and_shows_the_worst_light() -> None:
    late = handled(day(20), day(20), None, day(23))
    fresh = handled(day(24), day(24), None, TODAY + timedelta(days=4))
    row = cells([late, fresh], WINDOW)
    assert [(cell.day.day, cell.until.day, cell.count, cell.light) for cell in row if not cell.ahead] == [
        (20, 22, 1, "green"),
        (23, 23, 1, "amber"),
        (24, 24, 2, "red"),
        (25, 25, 2, "red"),
    ]
    assert [(cell.day, cell.count) for cell in row if cell.ahead] == [(TODAY + timedelta(days=4), 1)]


def test_nothing_falls_late_on_a_day_off() -> None:
    """Due on a Friday: it warns from Thursday on, over the weekend too, and is overdue on Monday."""
    friday = day(19)
    case = Handled("1", day(12), day(12), None, friday, warns=day(18), late=day(22))
    assert lights(case) == [(12, 17, "green"), (18, 21, "amber"), (22, 25, "red")]


def test_what_most_units_share_is_said_once() -> None:
    chinese = ["综改示范区住房局", "综改示范区水利局", "综改示范区供水公司", "示例公司"]
    assert short(chinese) == ["住房局", "水利局", "供水公司", "示例公司"]
    english = ["Water Bureau, the Zone", "Housing Bureau, the Zone", "Gas Company, the Zone", "Sample Ltd"]
    assert short(english) == ["Water Bureau", "Housing Bureau", "Gas Company", "Sample Ltd"]
    assert short(["Water Bureau", "Housing Office"]) == ["Water Bureau", "Housing Office"]
    assert short([]) == []
