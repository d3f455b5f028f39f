"""The plan as files that other programs open: each is read back by another reader than the one that wrote it."""

import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook
from tests.domain.planning.small import catalogue, project

from luodi.domain.planning import plan_json
from luodi.domain.planning.plan import plan
from luodi.domain.planning.result import Plan
from luodi.domain.vocabulary import BadInput
from luodi.exchange import calendar_feed, mspdi, spreadsheet

NAMESPACE = {"p": mspdi.NAMESPACE}


@pytest.fixture(scope="module")
def made() -> Plan:
    answer = plan(project(), catalogue(), levers=("parallel", "commitment"))
    assert isinstance(answer, Plan)
    return answer


@pytest.mark.parametrize("language", ["zh", "en"])
def test_excel_holds_a_row_a_matter_and_the_debts(made: Plan, language: str) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(spreadsheet.write(made, catalogue(), language)))
    steps, debts = (book.get_sheet_by_index(i).to_python() for i in range(2))
    assert [row[1] for row in steps[2:]] == [s.name[language] for s in made.steps]
    assert [row[6] for row in steps[2:]] == [s.finish for s in made.steps]
    assert len(debts) - 2 == len(made.debts)


def test_the_calendar_holds_an_event_a_decision_with_an_alarm_for_the_critical(made: Plan) -> None:
    feed = Calendar.from_ical(calendar_feed.write(made, catalogue(), "zh"))
    events = {str(e["uid"]): e for e in feed.walk("VEVENT")}
    assert len(events) == len(made.steps)
    for step in made.steps:
        event = events[f"demo-{step.matter}@luodi"]
        assert event["dtstart"].dt == step.finish
        assert bool(event.walk("VALARM")) == step.critical


def test_project_xml_keeps_dates_and_links(made: Plan) -> None:
    root = ET.fromstring(mspdi.write(made, catalogue(), "zh"))
    tasks = {t.findtext("p:Name", "", NAMESPACE): t for t in root.iterfind("p:Tasks/p:Task", NAMESPACE)}
    notice = tasks["notice"]
    step = next(s for s in made.steps if s.matter == "notice")
    assert notice.findtext("p:Start", "", NAMESPACE).startswith(step.start.isoformat())
    uid = tasks["filing"].findtext("p:UID", "", NAMESPACE)
    assert uid in [
        x.findtext("p:PredecessorUID", "", NAMESPACE) for x in notice.iterfind("p:PredecessorLink", NAMESPACE)
    ]


def test_a_written_plan_is_read_back_as_a_baseline(made: Plan, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(plan_json.dumps(plan_json.plan_document(made)), encoding="utf-8")
    assert plan_json.read_baseline(file) == {s.matter: (s.start, s.finish) for s in made.steps}


@pytest.mark.parametrize(
    "text", ["{}", "[1]", '{"format": 2}', '{"format": 1, "steps": [{"matter": "x"}]}', '{"format": 1, "st']
)
def test_what_is_no_plan_is_refused_as_a_baseline(text: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        plan_json.read_baseline(file)


def test_the_document_is_plain_json_with_the_promised_keys(made: Plan) -> None:
    document = json.loads(plan_json.dumps(plan_json.plan_document(made)))
    promised = {
        "format", "project", "catalogue", "regime", "levers", "status", "milestones", "span", "lower_bound", "steps",
        "critical", "debts", "assumed_share", "solve_ms",
    }  # fmt: skip
    assert promised <= document.keys()
    of_a_step = {
        "matter", "mode", "unit", "prepare_from", "start", "finish", "float_days", "critical", "limit", "requires",
        "applies_because",
    }  # fmt: skip
    assert all(of_a_step <= step.keys() for step in document["steps"])
    assert {"days", "unit", "kind", "source", "confidence"} <= document["steps"][0]["limit"].keys()
