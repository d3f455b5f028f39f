"""Every shipped file of casework keeps to its schema, schema and reader know the same keys, and the files agree."""

import json
from typing import Any

import pytest
from tests.domain.catalogue.test_schemas import bare, example, schema_of, validator

from luodi.domain.catalogue.reading import load
from luodi.domain.clock import deferral
from luodi.domain.clock.rules import clock_rules, pause_rules, read_rules
from luodi.domain.handling import askings, breaching, causes, corrections, halting, staging, states
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data, read_text
from luodi.domain.source.tree import plain
from luodi.domain.vocabulary import Confidence

FILES = {
    "clock": ("clock.yaml", read_rules),
    "states": (states.FILE, states.read_states),
    "corrections": (corrections.FILE, corrections.read_corrections),
    "askings": (askings.FILE, askings.read_askings),
    "causes": (causes.FILE, causes.read_causes),
    "permit_stages": (staging.FILE, staging.read_staging),
    "halts": (halting.FILE, halting.read_halts),
    "deferrals": (deferral.FILE, deferral.read_deferrals),
    "ladder": (breaching.FILE, breaching.read_ladder),
}


@pytest.mark.parametrize("kind", FILES)
def test_shipped_file_validates(kind):
    errors = validator(kind).iter_errors(bare(plain(read_data(FILES[kind][0]))))
    assert not [f"{error.json_path} {error.message}" for error in errors]


@pytest.mark.parametrize("kind", FILES)
def test_reader_and_schema_know_the_same_keys(kind, monkeypatch):
    clock_rules()  # read once before we listen: other files refer to it
    closed = []
    monkeypatch.setattr(ask, "close", lambda row: closed.append((row.asked, set(row.table.entries))))
    FILES[kind][1](ask.row(read_text(json.dumps(example(schema_of(kind)))), Faults("a.yaml")))
    assert closed
    for asked, present in closed:
        assert asked == present or not present


@pytest.mark.parametrize("kind", FILES)
def test_a_key_too_many_is_told_with_its_line(kind):
    file, reader = FILES[kind]
    faults = Faults(file)
    content = bare(plain(read_data(file)))
    if kind in ("causes", "halts"):
        next(iter(content.values()))["surplus"] = 1
    else:
        content["surplus"] = 1
    reader(ask.row(read_text(json.dumps(content, indent=1)), faults))
    assert [(one.code, one.facts["key"]) for one in faults.found] == [("unknown_key", "surplus")]
    assert faults.found[0].where.line


def test_every_pause_is_a_cause_of_days():
    assert set(pause_rules()) <= set(causes.causes())
    assert {key: causes.causes()[key].whose for key in pause_rules()} == {
        key: {"force_majeure": "nobody"}.get(key, rule.whose) for key, rule in pause_rules().items()
    }


def test_matters_and_milestones_named_here_exist():
    matters, milestones = load().matters, load().milestones
    assert set(staging.stages()) <= set(matters)
    assert set(breaching.breach_rules().penalties) <= set(matters)
    assert set(clock_rules().of_matters) <= set(matters)
    assert {one for kind in halting.halt_kinds().values() for one in kind.freezes} <= set(milestones)


def test_there_are_ten_kinds_of_correction_and_fifteen_states():
    assert len(corrections.correction_kinds()) == 10
    assert [int(state) for state in states.state_rules()] == list(range(1, 16))


def test_no_number_of_law_without_a_source():
    rules = clock_rules()
    grounded: list[Any] = [
        *rules.pauses.values(),
        *rules.extensions.values(),
        *rules.periods.values(),
        rules.lights,
        rules.hours,
    ]
    grounded += [rule for own in rules.of_matters.values() for rule in own.values()]
    grounded += [one for penalties in breaching.breach_rules().penalties.values() for one in penalties]
    assert all(one.source.title for one in grounded)
    assert not [
        one for one in grounded if one.confidence is Confidence.LAW and not (one.source.article or one.source.link)
    ]


def test_what_is_only_proposed_says_so():
    assert {rung.confidence for rung in breaching.ladder()} == {Confidence.ASSUMPTION}
    assert clock_rules().hours.confidence is Confidence.ASSUMPTION
    assert deferral.deferral_rule().most.confidence is Confidence.ASSUMPTION


def test_only_what_article_45_names_stops_the_clock():
    named = {"hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review"}
    assert {key for key, rule in pause_rules().items() if rule.stops} == named


def read_broken(kind, change):
    file, reader = FILES[kind]
    content = bare(plain(read_data(file)))
    change(content)
    faults = Faults(file)
    reader(ask.row(read_text(json.dumps(content)), faults))
    return [one.code for one in faults.found]


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("clock", lambda c: c["pauses"]["correction"].update(stops=True), "pause_without_ground"),
        ("clock", lambda c: c["matters"].update(x={"nap": {}}), "no_pause_kind"),
        ("clock", lambda c: c["hours"].update(spans=["12:00-09:00"]), "hours_unreadable"),
        ("clock", lambda c: c["hours"].update(spans=["09:00-12:00", "11:00-13:00"]), "hours_unreadable"),
        ("states", lambda c: c["states"].pop("9"), "state_missing"),
        ("states", lambda c: c["states"]["11"].update(closes=False), "state_contradicted"),
        ("states", lambda c: c["follows"].update(window=[99]), "no_such_state"),
        ("askings", lambda c: c["kinds"]["hearing"].update(pause="nap"), "names_nothing"),
        ("askings", lambda c: c["kinds"]["hearing"].update(opinions=["maybe"]), "names_nothing"),
        ("permit_stages", lambda c: c["stages"]["permit_main"].update(conditions=["luck"]), "names_nothing"),
        ("halts", lambda c: c["heritage"]["steps"]["measures"].update(since="resumed"), "names_nothing"),
        ("ladder", lambda c: c["rungs"][0].update(needs=["luck"]), "names_nothing"),
    ],
)
def test_a_contradiction_is_told(kind, change, code):
    assert code in read_broken(kind, change)
