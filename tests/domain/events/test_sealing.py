"""Checkpoints: what is signed cannot be changed, and a stranger's key is told apart."""

import json

import pytest
from tests.domain.events.chains import SEED, exported, sealed

from luodi.domain.events.sealing import checkpoint_text, public_key, read_checkpoint, seal, seal_faults
from luodi.domain.vocabulary import BadInput, Refusal

RECORDS = exported([0, 1, 0])


def faults(text, pinned=None):
    return [one.code for one in seal_faults(read_checkpoint(text, "c.json"), "c.json", pinned)]


def test_a_checkpoint_comes_back_from_its_file_and_is_true():
    text = checkpoint_text(sealed(RECORDS))
    assert read_checkpoint(text, "c.json") == sealed(RECORDS)
    assert faults(text) == faults(text, public_key(SEED)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "other"),
        ("at", "2026-03-03T02:00:00.000000Z"),
        ("heads", {}),
        ("key", "22" * 32),
        ("signature", "00" * 64),
    ],
)
def test_any_change_of_the_file_is_found(field, value):
    text = json.dumps(json.loads(checkpoint_text(sealed(RECORDS))) | {field: value})
    assert faults(text) == ["checkpoint_signature_wrong"]


def test_a_checkpoint_signed_by_somebody_else_is_told_from_a_changed_one():
    text = checkpoint_text(seal(zone="*", at="2026-03-02T02:00:00.000000Z", heads={}, seed="22" * 32))
    assert faults(text) == []
    assert faults(text, public_key(SEED)) == ["checkpoint_key_unknown"]


@pytest.mark.parametrize("change", [
    {"format": 2}, {"more": 1}, {"heads": []}, {"heads": {"a": [1]}}, {"heads": {"a": [-1, "a" * 64]}}, {"at": 5},
    {"heads": {"a": [True, "a" * 64]}}, {"heads": {"a": [1, "short"]}}, {"key": None},
])  # fmt: skip
def test_a_file_that_is_no_checkpoint_is_refused(change):
    text = json.dumps(json.loads(checkpoint_text(sealed(RECORDS))) | change)
    with pytest.raises(BadInput) as refused:
        read_checkpoint(text, "c.json")
    assert refused.value.problems[0].code == "checkpoint_malformed"


@pytest.mark.parametrize("text", ["", "[", "[]", "1.5", "\udcff", '{"format":1}'])
def test_a_file_that_is_not_even_json_is_refused(text):
    with pytest.raises(BadInput):
        read_checkpoint(text, "c.json")


@pytest.mark.parametrize("seed", ["", "11", "zz" * 32, "11" * 33])
def test_a_key_that_is_none_is_refused(seed):
    with pytest.raises(Refusal) as refused:
        public_key(seed)
    assert refused.value.code == "journal_key_malformed"
