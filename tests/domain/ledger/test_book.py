"""The ledger as rules: amounts, kinds, what follows what, and a random life of it that never breaks."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from luodi.domain.ledger.amounts import amount, figure, said
from luodi.domain.ledger.book import FOLLOWS, PENDING, Phase, Step, Sums, effects, may_follow
from luodi.domain.ledger.kinds import LARGEST, charge, kinds, read_kinds
from luodi.domain.ledger.proof import Line, Replay, Stand
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_text
from luodi.domain.vocabulary import BadInput, Confidence, Refusal

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
LAND = "new_construction_land"


@pytest.mark.parametrize(
    ("written", "quota", "size"),
    [
        ("3500 亩", LAND, 35_000_000),
        ("162.0667公顷", LAND, 24_310_005),
        ("1 平方米", LAND, 15),
        ("3,500", LAND, 35_000_000),
        ("185万千克", "grain_capacity", 185_000_000),
        ("1.85e6", "grain_capacity", 185_000_000),
        ("0.5 kg", "so2", 500),
        ("5亿元", "fund_money", 50_000 * 10**6),
        ("20 MVA", "power", 2_000_000),
    ],
)
def test_amounts_are_read_exactly(written, quota, size):
    assert amount(written, kinds()[quota]) == size


@pytest.mark.parametrize(
    ("written", "quota", "code"),
    [
        ("abc", LAND, "amount_unreadable"),
        ("", LAND, "amount_unreadable"),
        ("-3 亩", LAND, "amount_not_positive"),
        ("0", LAND, "amount_not_positive"),
        ("1e9 亩", LAND, "quota_amount_too_large"),
        ("1e99", LAND, "quota_amount_too_large"),
        ("0.00001 亩", LAND, "amount_too_fine"),
        ("2431 千克", LAND, "amount_unit_of_another"),
        ("3500 亩", "grain_capacity", "amount_unit_of_another"),
        ("12 斤", "grain_capacity", "amount_unit_unknown"),
    ],
)
def test_what_is_no_amount_is_told(written, quota, code):
    with pytest.raises(Refusal) as told:
        amount(written, kinds()[quota], "amount_7")
    assert told.value.code == code
    assert told.value.facts["field"] == "amount_7"


@given(st.sampled_from(sorted(kinds())), st.integers(1, 10**9))
def test_what_is_said_is_read_back(quota, size):
    kind = kinds()[quota]
    size = min(size, kind.greatest)
    assert amount(figure(size, kind), kind) == size
    assert amount(said(size, kind).zh.replace("\u2009", " "), kind) == size
    assert Fraction(figure(-size, kind).replace(",", "")) * 10**kind.decimals == -size


def test_every_kind_of_the_issue_is_there_with_unit_and_source():
    wanted = {LAND, "cropland_area", "grain_capacity", "energy", "coal", "so2", "nox", "pm", "voc", "cod", "nh3n", "water",
              "power", "gas", "heat", "sewage", "plant_floor", "fund_money", "policy_money"}  # fmt: skip
    assert set(kinds()) == wanted
    for kind in kinds().values():
        assert kind.unit.zh
        assert kind.source.title
        assert kind.greatest <= LARGEST


@pytest.mark.parametrize(
    ("quota", "statuses", "ratio"),
    [
        ("so2", {"pm25"}, 2), ("so2", {"ozone"}, 1), ("so2", (), 1), ("nox", {"ozone"}, 2), ("nox", {"pm25"}, 2),
        ("pm", {"pm25", "ozone"}, 2), ("voc", {"ozone"}, 2), ("voc", {"pm25"}, 1), ("cod", {"pm25", "ozone"}, 1),
        (LAND, {"pm25"}, 1),
    ],
)  # fmt: skip
def test_the_county_decides_how_much_is_replaced(quota, statuses, ratio):
    asked = charge(kinds()[quota], 10_000_000, statuses)
    assert (asked.ratio, asked.amount) == (ratio, ratio * 10_000_000)
    assert not asked.direct


def test_little_is_granted_directly_and_said_so_by_the_draft_only():
    three = 3 * 10**6
    assert charge(kinds()["so2"], three, ()).direct
    assert not charge(kinds()["so2"], three + 1, ()).direct
    assert charge(kinds()["nh3n"], 500_000, ()).direct
    rule = kinds()["so2"].replacement
    assert rule is not None
    assert rule.confidence is Confidence.PUBLISHED


def test_a_kind_without_unit_or_with_nonsense_is_told_whole():
    faults = Faults("q.yaml")
    read_kinds(ask.row(read_text(Path(__file__).with_name("broken.yaml").read_text("utf-8"), "q.yaml", faults), faults))
    with pytest.raises(BadInput) as told:
        faults.settle()
    assert {problem.code for problem in told.value.problems} >= {
        "missing_key", "quota_way_unreadable", "unknown_choice", "missing_source", "unknown_key", "quota_bound_too_large",
    }  # fmt: skip


def test_what_may_follow_what():
    assert may_follow(Phase.RESERVE, 5, None)
    assert not may_follow(Phase.POST, 5, None)
    assert may_follow(Phase.COMMIT, 4, (Phase.RESERVE, 5))
    assert not may_follow(Phase.COMMIT, 6, (Phase.RESERVE, 5))
    assert not may_follow(Phase.VOID, 4, (Phase.RESERVE, 5))
    assert not may_follow(Phase.EXPIRE, 5, (Phase.COMMIT, 5))
    assert not may_follow(Phase.REVERSE, 5, (Phase.REVERSE, 5))
    assert all(not FOLLOWS[one] for one in (Phase.VOID, Phase.EXPIRE, Phase.REVERSE))


@given(
    st.sampled_from([Phase.RESERVE, Phase.COMMIT]), st.integers(1, 99), st.sampled_from(list(Phase)), st.integers(1, 99)
)
def test_both_sides_always_balance(first, size, phase, smaller):
    before = (first, size)
    later = size if phase in (Phase.VOID, Phase.EXPIRE) else min(smaller, size)
    if not may_follow(phase, later, before):
        return
    began, expecting = effects(first, size)
    source, target = effects(phase, later, before)
    source, target = began + source, expecting + target
    assert source.outward == target.inward
    assert source.promised == target.expected
    assert source.sound
    assert target.sound


class Life(RuleBasedStateMachine):
    """Four accounts under one roof, used at random: what is not allowed is left out, what is done never breaks a rule."""

    promises = Bundle("promises")
    steps = Bundle("steps")

    def __init__(self) -> None:
        super().__init__()
        self.replay = Replay({n: Stand(str(n), "land", n > 0, Sums(), 0) for n in range(5)})
        self.number = 0
        self.at = AT

    def written(self, phase, source, target, size, *, promise=None, reverses=None):
        """One step, if there is enough; its number."""
        last = self.replay.promises.get(promise) if promise else self.replay.standing.get(reverses or 0)
        before = (last.phase, last.amount) if last else None
        if reverses and not last:
            return None
        if not may_follow(phase, size, before):
            return None
        for account, change in zip((source, target), effects(phase, size, before), strict=True):
            if account and (self.replay.sums.get(account, Sums()) + change).available < 0:
                return None
        self.number += 1
        self.at += timedelta(minutes=1)
        due = self.at + timedelta(days=1) if phase is Phase.RESERVE else None
        place = (last.place if last and promise else 0) + 1
        if phase is Phase.EXPIRE:
            self.at += timedelta(days=2)
        self.replay.take(Step(self.number, "act", phase, source, target, size, self.at, promise, place, reverses, due))
        return self.number

    @rule(target=steps, to=st.integers(1, 4), size=st.integers(1, 1000))
    def allot(self, to, size):
        return self.written(Phase.MOVE, 0, to, size)

    @rule(target=steps, one=st.integers(1, 4), other=st.integers(1, 4), size=st.integers(1, 1000))
    def pass_on(self, one, other, size):
        return self.written(Phase.MOVE, one, other, size) if one != other else None

    @rule(target=promises, one=st.integers(1, 4), other=st.integers(1, 4), size=st.integers(1, 1000))
    def reserve(self, one, other, size):
        number = self.number + 1
        done = self.written(Phase.RESERVE, one, other, size, promise=number) if one != other else None
        return number if done else multiple()

    @rule(target=steps, number=promises, phase=st.sampled_from(list(Phase)), share=st.integers(1, 1000))
    def follow(self, number, phase, share):
        last = self.replay.promises[number]
        if phase in (Phase.MOVE, Phase.REVERSE):
            return multiple()
        size = last.amount if phase in (Phase.VOID, Phase.EXPIRE) else share
        done = self.written(phase, last.source, last.target, size, promise=number)
        return done if done and phase is Phase.POST else multiple()

    @rule(number=consumes(steps))
    def reverse(self, number):
        last = self.replay.standing.get(number or 0)
        if last:
            self.written(Phase.REVERSE, last.source, last.target, last.amount, reverses=number)

    @invariant()
    def nothing_is_broken(self):
        assert not self.replay.faults
        total = Sums()
        for number, sums in self.replay.sums.items():
            assert sums.sound
            assert number == 0 or sums.available >= 0
            total += sums
        assert total.balance == 0
        assert total.promised == total.expected == sum(one.amount for one in self.replay.open().values())


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def told(*steps, lines=None, bounded=True, said=None):
    """The codes the proof finds in some steps between account 0 (unbounded) and 1."""
    accounts = {0: Stand("out", "land", False, Sums(), 0), 1: Stand("in", "land", bounded, said or Sums(), 0)}
    replay = Replay(accounts)
    for step in steps:
        replay.take(step, lines)
    return {one.code for one in replay.settle()}


def step(number, phase, source, target, size, **more):
    """A step at its minute."""
    return Step(number, "act", phase, source, target, size, more.pop("at", AT + timedelta(minutes=number)), **more)


def test_the_proof_finds_what_is_wrong():
    assert "ledger_sums_differ" in told(step(1, Phase.MOVE, 0, 1, 5))
    assert "ledger_below_zero" in told(step(1, Phase.MOVE, 1, 0, 5))
    assert "ledger_below_zero" not in told(step(1, Phase.MOVE, 1, 0, 5), bounded=False)
    assert "ledger_unbalanced" in told(step(1, Phase.MOVE, 0, 0, 5))
    assert "ledger_unbalanced" in told(step(1, Phase.MOVE, 0, 9, 5))
    assert "ledger_step_out_of_turn" in told(step(1, Phase.POST, 0, 1, 5, promise=1))
    assert "ledger_step_out_of_turn" in told(step(1, Phase.REVERSE, 0, 1, 5, reverses=9))
    assert "ledger_back_in_time" in told(step(2, Phase.MOVE, 0, 1, 5), step(3, Phase.MOVE, 0, 1, 5, at=AT))
    begun = step(1, Phase.RESERVE, 0, 1, 5, promise=1, expires=AT + timedelta(days=3))
    assert "ledger_expired_early" in told(begun, step(2, Phase.EXPIRE, 0, 1, 5, promise=1))
    assert "ledger_side_missing" in told(step(1, Phase.MOVE, 0, 1, 5), lines=[])
    wrong = [Line(0, 1, AT, Sums()), Line(1, 1, AT, Sums(inward=4))]
    assert "ledger_line_wrong" in told(step(1, Phase.MOVE, 0, 1, 5, at=AT), lines=wrong)
    assert Phase.RESERVE in PENDING
