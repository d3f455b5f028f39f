"""Whatever is done to an exported record is found: one property a way of tampering, and the words for each fault."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.events.chains import exported, lines, orders, record, sealed

from luodi.domain.events.proof import verify
from luodi.domain.events.record import link


def codes(text, checkpoint=None):
    return [one.code for one in verify(text, checkpoint)]


def rehashed(one, **changed):
    """An entry changed by somebody who also computes its hash anew."""
    said = {name: getattr(one, name) for name in one.__slots__ if name != "hash"} | changed
    return replace(one, **changed, hash=link(**said))


@pytest.mark.slow
@given(orders)
def test_what_was_not_touched_is_proved(order):
    records = exported(order)
    assert codes(lines(records), sealed(records)) == []


@pytest.mark.slow
@given(orders, st.data())
def test_any_changed_character_is_found(order, data):
    text = lines(exported(order))
    place = data.draw(st.integers(0, len(text) - 1))
    at = data.draw(st.integers(0, len(text[place]) - 2))
    other = data.draw(st.characters(exclude_characters=text[place][at]))
    text[place] = text[place][:at] + other + text[place][at + 1 :]
    found = list(verify(text))
    assert found
    assert place + 1 in {one.where.line for one in found}


@pytest.mark.slow
@given(orders, st.data())
def test_any_added_or_lost_character_is_found(order, data):
    text = lines(exported(order))
    place = data.draw(st.integers(0, len(text) - 1))
    at = data.draw(st.integers(0, len(text[place]) - 2))
    more = data.draw(st.text(max_size=2))
    text[place] = text[place][:at] + more + text[place][at if more else at + 1 :]
    assert place + 1 in {one.where.line for one in verify(text)}


FIELDS = st.sampled_from([
    ("who", "李四"), ("at", "2026-03-02T01:29:00.000000Z"), ("kind", "case.refused"), ("zone", "other"), ("project", "x"),
    ("person", 8), ("post", None), ("payload", {"case": 1}), ("chain", "project:p1"), ("seq", 3), ("previous", "a" * 64),
    ("hash", "b" * 64),
])  # fmt: skip


@pytest.mark.slow
@given(orders, FIELDS, st.data())
def test_any_edited_field_is_found_where_it_stands(order, change, data):
    text = lines(exported(order))
    place = data.draw(st.integers(0, len(text) - 1))
    field, value = change
    entry = json.loads(text[place])
    if entry[field] == value:
        return
    text[place] = json.dumps(entry | {field: value}, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    found = list(verify(text))
    assert ("record_edited", place + 1) in [(one.code, one.where.line) for one in found]
    if field not in ("chain", "previous"):
        assert len(found) == 1


@pytest.mark.slow
@given(orders, st.data())
def test_an_edit_with_its_hash_made_anew_is_found(order, data):
    records = exported(order)
    place = data.draw(st.integers(0, len(records) - 1))
    one = rehashed(records[place], who="李四")
    text = lines([*records[:place], one, *records[place + 1 :]])
    assert set(codes(text, sealed(records))) & {"record_unlinked", "record_not_sealed"}


@pytest.mark.slow
@given(orders, st.data())
def test_any_removed_entry_is_found(order, data):
    records = exported(order)
    place = data.draw(st.integers(0, len(records) - 1))
    text = lines(records[:place] + records[place + 1 :])
    assert set(codes(text, sealed(records))) <= {"record_removed", "record_cut_off"}
    assert len(codes(text, sealed(records))) == 1


@pytest.mark.slow
@given(orders, st.data())
def test_any_inserted_entry_is_found(order, data):
    records = exported(order)
    place = data.draw(st.integers(0, len(records)))
    copied = records[data.draw(st.integers(0, len(records) - 1))]
    forged = data.draw(st.sampled_from([copied, rehashed(copied, who="李四")]))
    found = codes(lines([*records[:place], forged, *records[place:]]), sealed(records))
    assert set(found) & {
        "record_inserted",
        "record_unlinked",
        "record_removed",
        "record_not_sealed",
        "record_reordered",
    }


@pytest.mark.slow
@given(orders, st.data())
def test_any_two_entries_of_a_chain_that_changed_places_are_found(order, data):
    records = exported(order)
    one, other = data.draw(st.integers(0, len(records) - 1)), data.draw(st.integers(0, len(records) - 1))
    if one == other or records[one].chain != records[other].chain:
        return
    records[one], records[other] = records[other], records[one]
    assert set(codes(lines(records))) == {"record_reordered"}


@pytest.mark.slow
@given(orders, st.data())
def test_a_tail_cut_off_anywhere_is_found_against_the_checkpoint(order, data):
    records = exported(order)
    whole = "".join(lines(records))
    cut = data.draw(st.integers(0, len(whole) - 2))
    text = whole[:cut].splitlines(keepends=True)
    found = list(verify(text, sealed(records)))
    assert "record_cut_off" in [one.code for one in found]
    lost = {one.facts["chain"]: int(str(one.facts["lost"])) for one in found if one.code == "record_cut_off"}
    kept = whole[:cut].count("\n") + (1 if whole[cut] == "\n" else 0)
    assert sum(lost.values()) == len(records) - kept


def test_a_chain_written_anew_from_some_place_on_is_found():
    records, anew = exported([0] * 6), exported([0] * 6, salt="另")
    assert codes(lines(anew)) == []  # a chain by itself cannot know
    assert codes(lines(anew), sealed(records)) == ["record_not_sealed"]


def test_a_chain_that_grew_since_the_checkpoint_is_proved():
    records = exported([0, 1, 0, 1, 0, 2])
    assert codes(lines(records), sealed(records[:3])) == []


def test_time_that_runs_backwards_is_found():
    first = record("project:a", 1, "0" * 64)
    second = record("project:a", 2, first.hash)
    early = rehashed(second, at=first.at.replace(year=2020))
    assert codes(lines([first, early])) == ["record_earlier"]


def test_a_gap_is_said_once_with_its_size_and_place():
    records = exported([0] * 9)
    (found,) = verify(lines(records[:3] + records[7:]))
    assert (found.code, found.where.line) == ("record_removed", 4)
    assert (found.facts["first"], found.facts["last"], found.facts["count"]) == (4, 7, 4)


def test_one_project_alone_is_proved_against_the_checkpoint_of_all():
    records = exported([0, 1, 0, 1])
    alone = [one for one in records if one.chain == "project:p0"]
    assert codes(lines(alone), sealed(records)) == ["record_cut_off"]
    assert list(verify(lines(alone), sealed(records), chain="project:p0")) == []


@pytest.mark.parametrize("text", [
    "", "\n", "{}", "[]", "null", "nonsense", '{"at":1}', "\ufeff{}", "[" * 100_000, '{"a":' * 50_000, '{"x":1e400}', "NaN",
    '{"\udcff":1}', "9" * 5000,
])  # fmt: skip
def test_a_line_that_is_no_entry_is_named_and_the_rest_still_read(text):
    records = exported([0, 0])
    first, second = lines(records)
    found = list(verify([first, text, second]))
    assert [one.where.line for one in found] == [2]
    assert found[0].code in ("record_malformed", "record_fields")


def test_the_same_words_in_another_form_are_named():
    first, second = lines(exported([0, 0]))
    assert codes([first.replace('":', '": ', 1), second]) == ["record_rewritten"]
    assert codes([first, second.removesuffix("\n")]) == []
    assert codes([first.replace("\n", "\r\n"), second]) == ["record_rewritten"]


def test_a_repeated_key_does_not_hide_an_edit():
    first, second = lines(exported([0, 0]))
    assert codes([first.replace('{"at"', '{"who":"李四","at"', 1), second])


def test_what_a_file_says_is_safe_to_print():
    one = record("project:a", 1, "0" * 64, who="\x1b[31m红\u202e")
    (found,) = verify([lines([one])[0].replace('"post":9', '"post":8')])
    assert found.facts["who"] == "\ufffd[31m红\ufffd"
