"""The kinds of entry: every shipped file keeps to its schema, and a payload is what its kind says."""

import json
from datetime import UTC, date, datetime

import pytest
from jsonschema import Draft202012Validator

from luodi.domain.events import kinds as of_kinds
from luodi.domain.events.kinds import CHECKS, KindRule, WrongPayload, kind, kinds
from luodi.domain.source.reading import data_names, packaged, read_data, read_text
from luodi.domain.source.tree import plain
from luodi.domain.vocabulary import BadInput, Text

SCHEMA = json.loads(packaged("schema/journal.schema.json").read_text("utf-8"))


def rule(**payload):
    required = frozenset(name for name, type_ in payload.items() if not type_.endswith("?"))
    return KindRule("a.b", Text("甲", "A"), payload, False, required)


@pytest.mark.parametrize("name", data_names("journal"))
def test_every_shipped_file_keeps_to_its_schema(name):
    assert [one.message for one in Draft202012Validator(SCHEMA).iter_errors(plain(read_data(name)))] == []


def test_every_shipped_kind_is_read():
    known = [str(id_) for name in data_names("journal") for id_ in plain(read_data(name))]
    assert sorted(kinds()) == sorted(known)
    assert kind("page.read").name["zh"] == "查看敏感页面"


def test_schema_and_reader_know_the_same_types():
    pattern = SCHEMA["additionalProperties"]["properties"]["payload"]["additionalProperties"]["pattern"]
    assert pattern == f"^({'|'.join(CHECKS)})\\??$"


NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(("type_", "right", "wrong"), [
    ("text", ["", "好"], [1, None, date(2026, 3, 2)]),
    ("number", [0, -5], ["1", True, None]),
    ("flag", [True, False], [0, "true"]),
    ("date", [date(2026, 3, 2), "2026-03-02"], [NOW, "2026-3-2", "20260302", "2026-02-30"]),
    ("moment", [NOW, "2026-03-02T01:00:00Z"], [date(2026, 3, 2), "2026-03-02T01:00:00", "x"]),
    ("list", [[], [1], ()], ["ab", {}]),
    ("object", [{}, {"a": 1}], [[], "a"]),
])  # fmt: skip
def test_a_field_is_of_its_type(type_, right, wrong):
    for value in right:
        rule(x=type_).check({"x": value})
        rule(x=f"{type_}?").check({"x": value})
    for value in wrong:
        with pytest.raises(WrongPayload, match="x should be"):
            rule(x=type_).check({"x": value})


def test_a_payload_has_all_its_fields_and_no_others():
    one = rule(x="text", y="text?")
    one.check({"x": "a"})
    one.check({"x": "a", "y": None})
    with pytest.raises(WrongPayload, match="missing"):
        one.check({"y": "a"})
    with pytest.raises(WrongPayload, match="unknown"):
        one.check({"x": "a", "z": "b"})
    with pytest.raises(WrongPayload, match="no kind"):
        kind("nothing.known")


def test_a_faulty_file_is_refused_with_all_its_faults(monkeypatch):
    files = {
        "journal/a.yaml": "case.open: {zh: 开, en: opened, payload: {x: text}}\n",
        "journal/b.yaml": "case.open: {zh: 开, en: opened, payload: {x: word, y: text}, more: 1}\nbad: {zh: 坏, payload: {}}\n",
    }
    monkeypatch.setattr(of_kinds, "data_names", lambda _folder: tuple(files))
    monkeypatch.setattr(of_kinds, "read_data", lambda name, faults: read_text(files[name], name, faults))
    with pytest.raises(BadInput) as refused:
        kinds.__wrapped__()
    found = [(one.where.line, one.code) for one in refused.value.problems]
    assert found == [(1, "event_kind_repeated"), (1, "unknown_choice"), (1, "unknown_key"), (2, "event_kind_name"),
                     (2, "language_missing")]  # fmt: skip
