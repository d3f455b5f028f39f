"""Every shipped file keeps to its schema, and schema and reader know the same keys."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from luodi.domain.catalogue.matter_files import read_matter, read_overlay
from luodi.domain.catalogue.tables import read_facts, read_levers, read_milestones, read_units
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import data_names, packaged, read_data, read_text
from luodi.domain.source.tree import plain

KINDS = {
    "catalogue/national": "matter",
    "catalogue/shanxi": "overlay",
    "workdays": "workdays",
    "samples": "project",
    "sentences": "sentences",
}
SINGLE = {f"{name}.yaml": name for name in ("units", "milestones", "facts", "levers")} | {"forms/fields.yaml": "fields"}


def schema_of(kind):
    return json.loads(packaged(f"schema/{kind}.schema.json").read_text("utf-8"))


def validator(kind):
    resources = [(name.split("/")[1], Resource.from_contents(json.loads(packaged(name).read_text("utf-8"))))
                 for name in data_names("schema", ".json")]  # fmt: skip
    return Draft202012Validator(schema_of(kind), registry=Registry().with_resources(resources))


def bare(value):
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items()}
    if isinstance(value, list):
        return [bare(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", data_names("schema", ".json"))
def test_schema_is_one(name):
    Draft202012Validator.check_schema(json.loads(packaged(name).read_text("utf-8")))


@pytest.mark.slow
@pytest.mark.parametrize("folder", KINDS)
def test_shipped_files_validate(folder):
    check = validator(KINDS[folder])
    wrong = [f"{name}: {error.json_path} {error.message}"
             for name in data_names(folder) for error in check.iter_errors(bare(plain(read_data(name))))]  # fmt: skip
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", SINGLE)
def test_shipped_tables_validate(name):
    wrong = [f"{error.json_path} {error.message}"
             for error in validator(SINGLE[name]).iter_errors(bare(plain(read_data(name))))]  # fmt: skip
    assert not wrong, "\n".join(wrong)


PARTS = schema_of("parts")["$defs"]


def example(schema, name=""):
    """An instance with every key a schema allows (of alternatives, the last: the one that is a table)."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        if name == "condition":
            return {"fact": "a", "op": "==", "value": 1}
        return example(PARTS[name], name)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[0]
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        named = {key: example(one) for key, one in schema.get("properties", {}).items() if one is not False}
        more = schema.get("additionalProperties")
        return named | ({"1": example(more)} if isinstance(more, dict) else {})
    if kind == "array":
        return [example(schema["items"])]
    return {"integer": 1, "number": 1, "boolean": True}.get(kind, "2020-01-01" if name == "date" else "a")


READERS = {
    "matter": read_matter,
    "overlay": read_overlay,
    "units": read_units,
    "milestones": read_milestones,
    "facts": lambda row: read_facts(row, ()),
    "levers": read_levers,
}


@pytest.mark.parametrize("kind", READERS)
def test_reader_and_schema_know_the_same_keys(kind, monkeypatch):
    closed = []
    monkeypatch.setattr(ask, "close", lambda row: closed.append((row.asked, set(row.table.entries))))
    text = json.dumps(example(schema_of(kind)))
    READERS[kind](ask.row(read_text(text), Faults("a.yaml")))
    assert closed
    for asked, present in closed:
        assert asked - present <= {"any", "all"}, "the reader knows a key that the schema refuses"
        assert present <= asked, "the schema allows a key that the reader refuses"


def test_schema_refuses_what_the_reader_refuses():
    sound = bare(plain(read_data("catalogue/national/eia_report.yaml")))
    check = validator("matter")
    assert check.is_valid(sound)
    number = sound["limits"][0]
    for broken in (
        sound | {"foo": 1},
        sound | {"gate": "soft"},
        sound | {"limits": [number | {"seen": "2020-01-01"}]},
        sound | {"limits": [{k: v for k, v in number.items() if k != "since"}]},
        sound | {"limits": [{k: v for k, v in number.items() if k != "source"}]},
        sound | {"applies": sound["applies"] | {"when": {"fact": "a", "op": "~", "value": 1}}},
        sound | {"applies": sound["applies"] | {"when": {"fact": "a", "op": "is_true", "value": 1}}},
        {key: value for key, value in sound.items() if key != "source"},
    ):
        assert not check.is_valid(broken)
        faults = Faults("eia_report.yaml")
        read_matter(ask.row(read_text(json.dumps(broken)), faults))
        assert faults.found
