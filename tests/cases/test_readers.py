"""Lists, boards, bars and figures: right, in the right order, and with as many queries for many rows as for few."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.scene import Scene

from luodi.cases import actions, readers
from luodi.cases.models import Case
from luodi.cases.readers import rows
from luodi.cases.readers.lights import Lights
from luodi.domain.clock.ledger import Terms, read
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.vocabulary import DayUnit, Refusal


def sent(scene: Scene) -> list[int]:
    found = actions.dispatch(project=scene.slug, by=scene.navigator, at=scene.at)
    return [one.case for one in found.opened]


def test_what_runs_out_first_stands_first(scene: Scene) -> None:
    cases = sent(scene)
    for case in cases[:-1]:
        scene.on(case).accept()
    rows = readers.inbox(now=scene.at, organisations=[scene.bureau]).rows
    assert [row.runs_out for row in rows] == sorted(row.runs_out for row in rows)
    assert rows[-1].id == cases[-1], "what no clock runs for comes last"
    assert rows[-1].light == "none"


def test_pages_fit_together(scene: Scene) -> None:
    cases = sent(scene)
    seen: list[int] = []
    after = None
    for _ in range(len(cases) + 2):
        page = readers.inbox(now=scene.at, organisations=[scene.bureau], limit=1, after=after)
        seen += [row.id for row in page.rows]
        after = page.next
        if after is None:
            break
    assert sorted(seen) == sorted(cases)
    assert len(seen) == len(set(seen))
    with pytest.raises(Refusal, match="cursor_unknown"):
        readers.inbox(now=scene.at, after="x")


def test_filters(scene: Scene) -> None:
    cases = sent(scene)
    scene.on(cases[0]).accept()
    number = scene.row(cases[1]).number

    def found(**more: object) -> set[int]:
        return {row.id for row in readers.inbox(now=scene.at, **more).rows}  # type: ignore[arg-type]

    assert found(state=8) == {cases[0]}
    assert found(turn="window") == set(cases[1:])
    assert found(words=number) == {cases[1]}
    assert found(words="%") == set()
    assert found(words="晋科") == set(cases)
    assert found(zones=["zgsfq"]) == set(cases)
    assert found(zones=[]) == set()
    assert found(zones=["pinglu"]) == set()
    assert found(closed=True) == set()
    assert found(project="other") == set()
    row = scene.row(cases[0])
    light = readers.inbox(now=scene.at, state=8).rows[0]
    for colour in ("red", "amber", "green", "none"):
        first, last = Lights(scene.at).span(colour)
        assert (cases[0] in found(light=colour)) is (first <= row.runs_out <= last)
    assert light.hours_left is not None


@pytest.mark.parametrize("days", range(8))
def test_a_light_of_a_list_is_the_light_of_the_clock(days: int) -> None:
    """The shortcut that lists take agrees with the ledger."""
    from datetime import datetime

    accepted = datetime(2026, 11, 3, 10, 30, tzinfo=SHANGHAI)
    now = accepted + timedelta(days=days, hours=3)
    lights = Lights(now)
    reading = read(accepted=accepted, terms=Terms(3, DayUnit.WORKING), now=now, calendar=lights.calendar)
    assert reading.due
    assert lights.of(reading.due) == (reading.light, reading.hours_left)


@pytest.mark.parametrize(
    "reader",
    [
        lambda scene: readers.inbox(now=scene.at, organisations=[scene.bureau]),
        lambda scene: readers.inbox(now=scene.at, organisations=[scene.bureau], as_of=scene.at),
        lambda scene: readers.of_zone(["zgsfq"], now=scene.at, since=scene.at.date(), until=date(2026, 12, 1)),
        lambda scene: readers.standing_of(["zgsfq"], scene.at.date()),
        lambda scene: readers.by_zone(None, scene.at.date(), scene.at.date()),
        lambda scene: readers.board(scene.slug, now=scene.at),
    ],
    ids=["inbox", "inbox as of", "of_zone", "standing_of", "by_zone", "board"],
)
def test_the_number_of_queries_does_not_grow(scene: Scene, reader) -> None:
    scene.opened("project_filing")
    reader(scene)
    rows.forget()  # a page asks a second time for cases it does not know: here both times for all
    with CaptureQueriesContext(connection) as few:
        reader(scene)
    sent(scene)
    rows.forget()
    with CaptureQueriesContext(connection) as many:
        reader(scene)
    assert len(many) <= len(few)


def test_an_act_takes_as_many_queries_whatever_the_project(scene: Scene) -> None:
    first = scene.opened("project_filing")
    with CaptureQueriesContext(connection) as few:
        scene.on(first).accept()
    cases = sent(scene)
    with CaptureQueriesContext(connection) as many:
        scene.on(cases[0]).accept()
    assert len(many) == len(few)


def test_the_board_groups_by_turn(scene: Scene) -> None:
    case = scene.opened("project_filing")
    board = readers.board(scene.slug, now=scene.at)
    assert "project_filing" in {one.matter.id for one in board.turns["window"]}
    scene.on(case).accept()
    board = readers.board(scene.slug, now=scene.at)
    assert [one.row.id for one in board.turns["unit"] if one.row] == [case]
    assert "occupational_pre_eval" not in {one.matter.id for one in board.turns["window"]}, "the enterprise's own"
    waiting = {one.matter.id: one.needs for one in board.turns["waiting"]}
    assert "design_scheme_review" in waiting
    scene.on(case).decide(outcome="granted")
    assert [row.id for row in readers.board(scene.slug, now=scene.at).done] == [case]


def test_a_bar_knows_its_waits(scene: Scene) -> None:
    case = scene.accepted("enterprise_establish")
    scene.on(case).pause(kind="hearing", reason="听证")
    scene.wait(days=2)
    scene.on(case).resume()
    scene.on(case).pause(kind="site_survey", reason="踏勘")
    (bar,) = readers.of_zone(["zgsfq"], now=scene.at, since=date(2026, 11, 1), until=date(2026, 12, 1))
    assert [(one.kind, one.until is None) for one in bar.waits] == [("hearing", False), ("site_survey", True)]
    assert not readers.of_zone(["zgsfq"], now=scene.at, since=date(2026, 10, 1), until=date(2026, 11, 1))


def test_figures_are_those_of_the_cases(scene: Scene) -> None:
    cases = sent(scene)
    for case in cases[:2]:
        scene.on(case).accept()
    scene.wait(days=40)
    figures = readers.standing_of(None, scene.at.date())
    overdue = Case.objects.filter(open=True, due__lt=scene.at.date()).count()
    assert (figures.open, figures.overdue) == (len(cases), overdue)
    assert overdue
    (zone,) = readers.by_zone(["zgsfq"], scene.at.date(), scene.at.date())
    assert (zone.open, zone.overdue) == (len(cases), overdue)
    assert sum(one.count for one in readers.overdue_by_unit(None, today=scene.at.date())) == overdue


def test_what_may_be_done_next_and_why_not(scene: Scene) -> None:
    case = scene.opened("enterprise_establish")
    page = readers.case(scene.row(case).number, now=scene.at)
    assert page

    def said(acting: object) -> dict[str, tuple[bool, bool]]:
        return {one.verb: (one.allowed, one.fits) for one in readers.next_acts(page, acting, now=scene.at)}  # type: ignore[arg-type]

    officer, clerk = said(scene.officer), said(scene.clerk)
    assert officer["accept"] == (True, True)
    assert officer["decide"] == (False, False), "not before acceptance"
    assert not clerk["decide"][0]
    assert not said(scene.agent)["accept"][0]
    scene.on(case).accept()
    page = readers.case(scene.row(case).number, now=scene.at)
    assert said(scene.officer)["decide"] == (True, True)
    why = {one.verb: one.why for one in readers.next_acts(page, scene.other, now=scene.at)}  # type: ignore[arg-type]
    assert all(why.values())


def test_silence_costs_what_the_float_does_not_absorb(planned: Scene) -> None:
    scene = planned
    case = scene.accepted("land_price_evaluation")
    scene.on(case).ask(organisation=scene.other.organisation, kind="consultation", question="?", due=date(2026, 11, 6))
    assert [one.due for one in readers.asked_of(scene.other.organisation, now=scene.at)] == [date(2026, 11, 6)]
    scene.until(date(2026, 12, 7))
    page = readers.case(scene.row(case).number, now=scene.at)
    assert page
    (asking,) = page.askings
    assert asking.late == 21
    assert 0 <= asking.cost <= 31
