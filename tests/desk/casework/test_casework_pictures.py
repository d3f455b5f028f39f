"""The clock of a case and the wall by unit, drawn from plain values."""

import re
from datetime import date, timedelta

import pytest

from luodi.desk.casework import clock_picture, spoken
from luodi.desk.casework.clock_picture import Course, Stop
from luodi.desk.leading import unit_picture

OPENED, ACCEPTED, TODAY = date(2026, 6, 8), date(2026, 6, 10), date(2026, 6, 25)


def drawn(**values: object) -> str:
    """The picture of a case with some of its days."""
    course = Course(OPENED, ACCEPTED, None, TODAY, date(2026, 7, 1), date(2026, 7, 8))
    from dataclasses import replace

    return clock_picture.draw(replace(course, **values), "en")  # type: ignore[arg-type]


def kinds(drawing: str) -> list[str]:
    """The bands drawn, in order."""
    return re.findall(r'<rect class="(waiting|running|broken|late|stop)"', drawing)


def test_a_clock_that_runs() -> None:
    assert kinds(drawn()) == ["waiting", "running"]
    assert "Promised 07-01" in drawn()
    assert "Statutory 07-08" in drawn()


def test_a_clock_that_never_started() -> None:
    assert kinds(drawn(accepted=None, promise_due=None, due=None)) == ["waiting"]


def test_a_promise_broken_and_a_limit_broken() -> None:
    assert kinds(drawn(today=date(2026, 7, 3))) == ["waiting", "running", "broken"]
    assert kinds(drawn(today=date(2026, 7, 12))) == ["waiting", "running", "broken", "late"]
    assert kinds(drawn(today=date(2026, 7, 12), promise_due=None)) == ["waiting", "running", "late"]


def test_a_stop_says_its_ground() -> None:
    drawing = drawn(stops=(Stop(date(2026, 6, 15), None, "Hearing", "asked for · art. 45"),))
    assert kinds(drawing)[-1] == "stop"
    assert "art. 45" in drawing


def test_hostile_words_stay_words() -> None:
    assert "<script>" not in drawn(stops=(Stop(ACCEPTED, TODAY, "<script>", "<script>"),))


@pytest.mark.parametrize(
    ("light", "hours", "words"),
    [
        ("green", 40, "剩 5\u2009个工作日"),
        ("green", 15, "剩 15\u2009小时"),
        ("amber", 5, "剩 5\u2009小时"),
        ("amber", 0, "已到期"),
        ("red", -1, "超期 1\u2009个工作日"),
        ("red", -16, "超期 2\u2009个工作日"),
        ("none", None, "未起表"),
        ("paused", 12, "停表"),
    ],
)
def test_what_is_left_in_words(light: str, hours: int | None, words: str) -> None:
    assert spoken.left(light, hours, "zh") == words


def wall(*lanes: unit_picture.Lane) -> str:
    """A wall of four weeks."""
    window = unit_picture.Window(TODAY - timedelta(days=20), TODAY + timedelta(days=7), TODAY)
    return unit_picture.draw(lanes, window, "en")


def test_cells_are_coloured_as_lights_and_say_their_number() -> None:
    cells = (
        unit_picture.Cell(TODAY, TODAY, 3, "red"),
        unit_picture.Cell(TODAY + timedelta(days=2), TODAY + timedelta(days=2), 1, "none", ahead=True),
    )
    drawing = wall(unit_picture.Lane("Water Bureau", "", "", "", cells=cells))
    assert 'class="cell red now"' in drawing
    assert f"Water Bureau {TODAY}: 3 open · overdue" in drawing
    assert 'class="cell ahead"' in drawing
    assert "1 run out" in drawing


def test_a_case_is_a_band_that_opens_it() -> None:
    bands = (unit_picture.Band(ACCEPTED, TODAY, "green"),)
    drawing = wall(unit_picture.Lane("EIA", "Jinko", "/cases/x/", "why not <b>", bands=bands, due=TODAY))
    assert 'href="/cases/x/"' in drawing
    assert 'class="band green"' in drawing
    assert 'class="limit"' in drawing
    assert "<b>" not in drawing
