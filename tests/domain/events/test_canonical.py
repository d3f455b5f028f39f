"""Canonical JSON: the same as the RFC's own library, faster; and only what every reader of JSON keeps exactly."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.events.chains import record

from luodi.domain.events.canonical import LARGEST, Json, canonical, moment_of, moment_text, parsed
from luodi.domain.events.record import line, link
from luodi.domain.vocabulary import Refusal

WHOLE = st.characters(codec="utf-8")
texts = st.text(WHOLE)
leaves = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=12)


@pytest.mark.slow
@given(values)
def test_it_is_what_the_rfc_says(value):
    assert canonical(value) == rfc8785.dumps(value).decode()
    assert parsed(canonical(value)) == value


def test_keys_are_ordered_as_the_rfc_orders_them():
    """Emoji come before the private plane in UTF-16, and behind it in Unicode's own order."""
    assert canonical({"\ue000": 1, "😀": 2, "a": 3}) == '{"a":3,"😀":2,"\ue000":1}'


@pytest.mark.slow
@given(st.text(WHOLE, max_size=30), st.dictionaries(texts, leaves))
def test_a_line_is_canonical_and_its_hash_is_of_the_rest(who, payload):
    one = record("project:榆次", 1, "0" * 64, who=who, said=payload)
    entry = json.loads(line(one))
    assert line(one).encode() == rfc8785.dumps(entry)
    import hashlib

    del entry["hash"]
    assert one.hash == hashlib.sha256(rfc8785.dumps(entry)).hexdigest()


def test_the_hash_of_a_known_entry_never_changes():
    """Exports of today must be proved by every later version."""
    at = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    said = link(
        chain="project:jinko", seq=1, kind="case.accepted", zone="zonggai", project="jinko", person=7, post=None, who="王敏",
        at=at, payload=canonical({"due": date(2026, 3, 31), "case": 12}), previous="0" * 64,
    )  # fmt: skip
    assert said == "68d6e533aab54242ac59b2d18dc1b41b60509a71f6cdbe57f65f5b3356a8109c"


def test_days_and_moments_become_text():
    at = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert canonical({"at": at, "day": date(2026, 3, 2)}) == '{"at":"2026-03-02T01:30:00.000000Z","day":"2026-03-02"}'


@pytest.mark.slow
@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_a_moment_comes_back(at):
    assert moment_of(moment_text(at)) == at.astimezone(UTC)  # an hour that happens twice equals nothing in another zone


@pytest.mark.parametrize("wrong", ["2026-03-02", "2026-03-02T01:30:00Z", "2026-03-02T09:30:00.000000+08:00", "x"])
def test_a_moment_has_one_form(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - the first wrong thing may be anything
        moment_of(wrong)


@pytest.mark.parametrize("bug", [1.5, float("nan"), 2**53, b"bytes", {1: "key"}, object(), datetime(2026, 3, 2)])  # noqa: DTZ001
def test_what_json_readers_would_not_keep_is_a_bug(bug):
    with pytest.raises((TypeError, ValueError)):
        canonical({"x": bug})


def test_endless_nesting_is_a_bug():
    value: list[Json] = []
    for _ in range(100):
        value = [value]
    with pytest.raises(ValueError, match="nested"):
        canonical(value)


@pytest.mark.parametrize("half", ["\ud83d", "好\udcff", "😀\ud800"])
def test_half_a_character_is_refused_kindly(half):
    with pytest.raises(Refusal) as refused:
        canonical({"why": half})
    assert refused.value.code == "text_unreadable"


@pytest.mark.slow
@given(st.sampled_from(["1.0", "1e3", "NaN", "Infinity", "9007199254740992", "-9007199254740992", "1" * 100]))
def test_a_number_no_entry_holds_is_not_read(number):
    with pytest.raises(ValueError):  # noqa: PT011
        parsed(f'{{"x":{number}}}')
