"""Which state may follow which: the sequences of `tests/rules/handling/`, and rules that hold of any sequence."""

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luodi.config.sentences import say
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.handling.following import Happened, allowed, follow, standing, to_send
from luodi.domain.handling.states import AGREED, CLOSED, State
from luodi.domain.vocabulary import Refusal

RULES = Path(__file__).parents[2] / "rules" / "handling"
SEQUENCES = yaml.safe_load((RULES / "sequences.yaml").read_text("utf-8"))
BEGAN = datetime(2025, 6, 9, 10, 0, 0, tzinfo=SHANGHAI)
ALLOWED = [case for case in SEQUENCES if "written" in case]
REFUSED = [case for case in SEQUENCES if "refused" in case]


def play(steps) -> list[Happened]:
    history: list[Happened] = []
    for number, step in enumerate(steps):
        state, *options = step if isinstance(step, list) else [step]
        history += follow(history, State(state), BEGAN + timedelta(hours=number), **dict.fromkeys(options, True))
    return history


def states(history) -> list[int]:
    return [int(one.state) for one in history]


@pytest.mark.parametrize("case", ALLOWED, ids=lambda case: case["case"])
def test_allowed(case) -> None:
    history = play(case["steps"])
    assert states(history) == case["written"]
    assert states(to_send(history)) == case.get("sent", case["written"])


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["case"])
def test_refused(case) -> None:
    history = play(case["steps"][:-1])
    with pytest.raises(Refusal) as refused:
        play(case["steps"])
    assert refused.value.code == case["refused"]
    assert say(refused.value, "zh") != say(refused.value, "en")
    assert State(case["steps"][-1]) not in allowed(history) or case["refused"] == "second_correction"


def test_every_state_is_reached_by_a_case() -> None:
    assert {state for case in ALLOWED for state in case["written"]} == {int(state) for state in State}


def test_handling_follows_acceptance_one_second_later() -> None:
    history = follow([Happened(State.RECEIVED, BEGAN)], State.ACCEPTED, BEGAN + timedelta(hours=1), one_office=True)
    assert [one.at - BEGAN - timedelta(hours=1) for one in history] == [timedelta(0), timedelta(seconds=1)]


def test_what_comes_in_the_same_second_is_put_one_later() -> None:
    received = follow([], State.RECEIVED, BEGAN + timedelta(microseconds=900_000))
    accepted = follow(received, State.ACCEPTED, BEGAN + timedelta(microseconds=950_000), one_office=True)
    decided = follow([*received, *accepted], State.GRANTED, BEGAN)
    assert [one.at - BEGAN for one in (*received, *accepted, *decided)] == [timedelta(seconds=n) for n in range(4)]


def test_a_clock_a_minute_slow_is_put_right_and_more_is_refused() -> None:
    received = follow([], State.RECEIVED, BEGAN)
    assert follow(received, State.ACCEPTED, BEGAN - timedelta(seconds=60))[0].at == BEGAN + timedelta(seconds=1)
    with pytest.raises(Refusal) as refused:
        follow(received, State.ACCEPTED, BEGAN - timedelta(seconds=61))
    assert say(refused.value) == "填写的时间 2025-06-09 09:58:59 早于上一条记录 2025-06-09 10:00:00；请核对时间。"


def test_out_of_order_says_what_is_possible() -> None:
    with pytest.raises(Refusal) as refused:
        play([1, 3, 9])
    assert (
        refused.value.facts["choices"]["zh"]
        == "撤件、部门开始办理、办结（通过）、办结（容缺通过）、办结（不通过）、撤回"
    )
    assert refused.value.facts["last"]["en"] == "Accepted"


def test_where_a_case_stands() -> None:
    phases = {(): "draft", (1,): "window", (1, 6): "window", (1, 3): "accepted", (1, 3, 8): "handling",
              (1, 3, 8, 9, 6): "handling", (1, 3, 8, 11): "granted", (1, 3, 8, 13): "closed"}  # fmt: skip
    assert {steps: standing(play(steps)).phase for steps in phases} == phases
    open_both = standing(play([1, 3, 8, 9, 6]))
    assert (open_both.correcting, open_both.special, open_both.last) == (True, True, State.CORRECTING)
    assert not standing(play([1, 3, 8, 6, 13])).correcting


@st.composite
def histories(draw):
    """A case lived at random: any state is tried, what is refused does not happen."""
    history: list[Happened] = []
    at = BEGAN
    for _ in range(draw(st.integers(0, 14))):
        at += timedelta(milliseconds=draw(st.sampled_from([0, 1, 300, 999, 1000, 3_600_000])))
        possible = [*allowed(history), State.DENIED, State.SPECIAL, State.CORRECTING]
        state = draw(st.sampled_from(possible))
        one_office, again = draw(st.booleans()), draw(st.booleans())
        try:
            history += follow(history, state, at, one_office=one_office, again=again)
        except Refusal:
            assert state not in allowed(history) or (state is State.CORRECTING and not again)
    return history


@pytest.mark.slow
@given(histories())
def test_any_case_keeps_every_rule_of_the_senders(history):
    """National exchange §1.2, written down once more and differently."""
    seen = [int(one.state) for one in to_send(history)]
    assert all(seen.count(state) <= 1 for state in seen if state not in (9, 10))
    pairs = [state for state in seen if state in (9, 10)]
    assert pairs == [9, 10] * (len(pairs) // 2) + [9] * (len(pairs) % 2)
    corrections = [int(one.state) for one in history if one.state in (6, 7)]
    assert corrections == [6, 7] * (len(corrections) // 2) + [6] * (len(corrections) % 2)
    assert not seen or seen[0] == 1
    for finish in {11, 12, 13} & set(seen):
        before = seen[: seen.index(finish)]
        assert 3 in before
        assert 8 in before
        assert before.index(3) < before.index(8)
        assert before.count(9) == before.count(10)
    if 5 in seen or 4 in seen:
        assert 3 not in seen
    ends = [place for place, state in enumerate(seen) if State(state) in CLOSED]
    assert len(ends) <= 2
    if len(ends) == 2:
        assert State(seen[ends[0]]) in AGREED
        assert seen[ends[1]] == 15
    assert not ends or ends[-1] == len(seen) - 1


@pytest.mark.slow
@given(histories())
def test_times_grow_strictly_in_whole_seconds(history):
    assert all(later.at - earlier.at >= timedelta(seconds=1) for earlier, later in pairwise(history))
    assert not [one for one in history if one.at.microsecond]


@pytest.mark.slow
@given(histories(), st.sampled_from(list(State)))
def test_what_is_allowed_happens_and_nothing_else(history, state):
    at = history[-1].at + timedelta(hours=1) if history else BEGAN
    try:
        written = follow(history, state, at, again=True)
    except Refusal:
        assert state not in allowed(history)
    else:
        assert state in allowed(history) or (state is State.DENIED and written[-1].state is State.REFUSED)
        assert state in (written[-1].state, State.DENIED)
