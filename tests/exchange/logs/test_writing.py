"""Logs we write keep the standards' shape, say the same in every format, and take no more memory for more cases."""

import csv
import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest
from lxml import etree  # type: ignore[import-untyped]
from tests.exchange.logs.samples import HERE, KINDS, case, cases

from luodi.exchange.logs import ocel, reading, table, xes
from luodi.exchange.logs.log import LogCase
from luodi.exchange.logs.packing import packed

MERELY: dict[str, Callable[[Callable[[], Iterator[LogCase]]], Iterator[bytes]]] = {
    "xes": lambda of: xes.write(of, "log"),
    "csv": lambda of: table.write(of, ("matter",), ("seq",)),
    "ocel": lambda of: ocel.write_json(of, KINDS),
    "ocel-xml": lambda of: ocel.write_xml(of, KINDS),
}
TEXT = {"type": "string"}
NAMED = {"type": "object", "required": ["name", "value"], "properties": {"name": TEXT, "value": TEXT}}
LINKS = {"type": "array", "items": {"type": "object", "required": ["objectId", "qualifier"],
                                    "properties": {"objectId": TEXT, "qualifier": TEXT}}}  # fmt: skip
TYPES = {"type": "array", "items": {"type": "object", "required": ["name", "attributes"], "properties": {
    "attributes": {"type": "array", "items": {"type": "object", "required": ["name", "type"], "properties": {
        "name": TEXT, "type": {"enum": ["string", "time", "integer", "float", "boolean"]}}}}}}}  # fmt: skip
TIME = {"type": "string", "format": "date-time"}
OCEL = {
    "type": "object", "required": ["objectTypes", "eventTypes", "objects", "events"], "additionalProperties": False,
    "properties": {
        "objectTypes": TYPES, "eventTypes": TYPES,
        "objects": {"type": "array", "items": {"type": "object", "required": ["id", "type"], "properties": {
            "id": TEXT, "type": TEXT, "relationships": LINKS,
            "attributes": {"type": "array", "items": {**NAMED, "required": ["name", "time", "value"]}}}}},
        "events": {"type": "array", "items": {"type": "object", "required": ["id", "type", "time"], "properties": {
            "id": TEXT, "type": TEXT, "time": TIME, "relationships": LINKS,
            "attributes": {"type": "array", "items": NAMED}}}},
    },
}  # fmt: skip
"""OCEL 2.0 as JSON, written from the specification's description, and as strict as the published schema: values are texts.

The published files come without a licence and are not kept here.  What ocel20-schema-json.json and xes.xsd ask was compared
once with what is asked here: order of parts, types and what is required agree; ocel20-schema-xml.xsd was not at hand.
"""


def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(HERE / name))


def test_xes_keeps_the_standard() -> None:
    root = etree.fromstring(b"".join(xes.write(cases, "日志")))
    schema("xes.xsd").assertValid(root)
    assert len(root.findall("trace/event")) == 9


def test_the_schema_would_find_a_fault() -> None:
    """The order of parts and the types are really checked."""
    text = b"".join(xes.write(cases, "x"))
    for old, new in (
        (b"<date ", b"<data "),
        (b'key="matter"', b'key="1 2"'),
        (b'<int key="seq" value="1"', b'<int key="seq" value="a"'),
    ):
        assert old in text
        assert not schema("xes.xsd").validate(etree.fromstring(text.replace(old, new).replace(b"</data>", b"</date>")))


def test_ocel_keeps_the_specification() -> None:
    document = json.loads(b"".join(ocel.write_json(cases, KINDS)))
    jsonschema.Draft202012Validator(OCEL, format_checker=jsonschema.FormatChecker()).validate(document)
    types = {one["name"]: {a["name"] for a in one["attributes"]} for one in document["objectTypes"]}
    objects = {one["id"]: one for one in document["objects"]}
    assert len(objects) == len(document["objects"]) == 3 + 3 + 1
    for one in document["objects"]:
        assert {a["name"] for a in one["attributes"]} <= types[one["type"]]
        assert {link["objectId"] for link in one["relationships"]} <= set(objects)
    events = {one["name"]: {a["name"] for a in one["attributes"]} for one in document["eventTypes"]}
    assert len({one["id"] for one in document["events"]}) == 9
    for one in document["events"]:
        assert {a["name"] for a in one["attributes"]} <= events[one["type"]]
        assert [objects[link["objectId"]]["type"] for link in one["relationships"]] == ["case", "project", "unit"]


def test_the_state_of_a_case_changes_with_its_events() -> None:
    document = json.loads(b"".join(ocel.write_json(cases, KINDS)))
    (one,) = [one for one in document["objects"] if one["id"] == "case:zg-2026-000001"]
    states = [(a["time"][:16], a["value"]) for a in one["attributes"] if a["name"] == "state"]
    assert states == [("2026-03-03T10:00", "1"), ("2026-03-03T11:00", "3"), ("2026-03-03T12:00", "11")]


def test_ocel_as_xml_keeps_the_specification_and_says_the_same() -> None:
    root = etree.fromstring(b"".join(ocel.write_xml(cases, KINDS)))
    schema("ocel.xsd").assertValid(root)
    document = json.loads(b"".join(ocel.write_json(cases, KINDS)))
    events = [(one.get("id"), one.get("type"), one.get("time"), [a.text for a in one.iter("attribute")],
               [a.get("object-id") for a in one.iter("relationship")]) for one in root.find("events")]  # fmt: skip
    assert events == [(one["id"], one["type"], one["time"], [a["value"] for a in one["attributes"]],
                       [a["objectId"] for a in one["relationships"]]) for one in document["events"]]  # fmt: skip


def test_a_reference_that_leads_nowhere_would_be_found() -> None:
    text = b"".join(ocel.write_xml(cases, KINDS)).replace(b'object-id="unit:bureau"', b'object-id="unit:none"')
    assert not schema("ocel.xsd").validate(etree.fromstring(text))


def test_csv_repeats_the_case_and_defuses_formulas() -> None:
    def hostile() -> Iterator[LogCase]:
        yield case(1, '=HYPERLINK("http://x")')

    text = b"".join(table.write(hostile, ("project_name", "matter"), ("seq",))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3
    assert {row["case:project_name"] for row in rows} == {'\'=HYPERLINK("http://x")'}


@pytest.mark.parametrize("kind", ["xes", "ocel-xml"])
def test_what_xml_cannot_hold_is_replaced(kind: str) -> None:
    def strange() -> Iterator[LogCase]:
        yield case(1, "a\x00b\x0bc\ud800 😀 \U00020000 & < ' \"")

    root = etree.fromstring(b"".join(MERELY[kind](strange)))
    found = root.xpath("//@value | //attribute/text()")
    assert "a\ufffdb\ufffdc\ufffd 😀 \U00020000 & < ' \"" in found


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "log.xes.gz"
    file.write_bytes(b"".join(packed(xes.write(cases, "x"), pack=True)))
    assert gzip.decompress(file.read_bytes()).startswith(b"<?xml")
    assert list(reading.read(file, everything=True)) == list(cases())


def test_csv_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(b"".join(table.write(cases, (), ("seq",))))
    told = [(one.id, [(e.activity, e.at, e.resource, e.group) for e in one.events]) for one in reading.read(file)]
    assert told == [(one.id, [(e.activity, e.at, e.resource, e.group) for e in one.events]) for one in cases()]


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(MERELY))
def test_memory_does_not_grow_with_the_log(kind: str) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        for _piece in MERELY[kind](lambda: cases(count)):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(2000) < 600_000  # of some four million characters
