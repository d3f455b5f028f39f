"""Names that are one company, shares that make a whole, days nobody answered for, events whose figures do not hold."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.leads import credit, money
from luodi.domain.leads.announced import Announced, Listed, Measure, compare
from luodi.domain.leads.held import Handover, gaps
from luodi.domain.leads.lists import lists
from luodi.domain.leads.names import alike, bare
from luodi.domain.vocabulary import Refusal

DAY = date(2023, 5, 8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三一硅能科技有限公司", "三一硅能科技 （有限公司）"),
        ("湖南金荣集团有限公司", "湖南金荣集团"),
        ("ＡＢＣ 科技股份有限公司", "abc科技"),
        ("Acme Co., Ltd.", "ACME"),
    ],
)
def test_two_ways_to_write_one_company(one: str, other: str) -> None:
    assert bare(one) == bare(other)


def test_names_that_are_not_the_same() -> None:
    assert bare("Costco") == "costco"
    assert bare("公司") == "公司"
    assert not alike(bare("同福集团"), bare("金荣集团"))
    assert alike(bare("湖南金荣集团"), bare("金荣集团"))


@given(st.text(max_size=40))
def test_a_bare_name_is_bare_already(name: str) -> None:
    assert bare(bare(name)) == bare(name)


@given(st.integers(1, 60))
def test_even_shares_make_a_whole(count: int) -> None:
    shares = credit.even(count)
    credit.check(shares)
    assert max(shares) - min(shares) <= 1


@pytest.mark.parametrize("shares", [(5000, 4999), (5000, 5001), (10_000, 0), (-1, 10_001), ()])
def test_shares_that_do_not(shares: tuple[int, ...]) -> None:
    with pytest.raises(Refusal, match="lead_shares_not_whole"):
        credit.check(shares)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from([None, 1, 2])), max_size=8),
    st.dictionaries(st.sampled_from([1, 2]), st.integers(-5, 60)),
    st.integers(0, 60),
)
def test_every_day_is_owned_or_in_a_gap(held: list[tuple[int, int | None]], ends: dict[int, int], length: int) -> None:
    """Day by day, the slow way, gives the same."""
    handovers = [Handover(DAY + timedelta(days=on), post) for on, post in held]
    ended = {post: DAY + timedelta(days=day) for post, day in ends.items()}
    found = gaps(handovers, ended, DAY, DAY + timedelta(days=length))
    open_days = {gap.since + timedelta(days=step) for gap in found for step in range(gap.days)}
    for day in (DAY + timedelta(days=step) for step in range(length + 1)):
        newest = max((one.on for one in handovers if one.on <= day), default=None)
        post = next((one.post for one in reversed(handovers) if one.on == newest), None) if newest else None
        owned = post is not None and (post not in ended or ended[post] >= day)
        assert owned != (day in open_days), day
    assert all(one.until + timedelta(days=1) < two.since for one, two in pairwise(found))


def test_the_event_of_the_article_is_flagged() -> None:
    """22 projects of 106.47 亿元 and "5 zones" with 4 named, 5 projects of 25.91 亿元: nothing of it agrees with its list."""
    part = "开发区"
    announced = [
        Announced("", Measure.PROJECTS, 22), Announced("", Measure.AMOUNT, 10_647_000_000),
        Announced(part, Measure.ZONES, 5), Announced(part, Measure.PROJECTS, 5),
        Announced(part, Measure.AMOUNT, 2_591_000_000),
    ]  # fmt: skip
    rows = [Listed(part, zone=name) for name in ("右玉", "上党", "阳城", "绛县")]
    found = compare(announced, rows)
    assert [(one.found, one.bare) for one in found] == [(0, True), (0, True), (4, False), (0, True), (0, True)]
    assert [one.lacking for one in found if not one.bare] == [1]
    assert not any(one.agrees for one in found)


def test_a_list_that_agrees() -> None:
    rows = [Listed("", "甲", "一区", "A", 10), Listed("", "乙", "一区", "B", 20), Listed("", "乙", "", "B", None)]
    announced = [Announced("", Measure(word), figure) for word, figure in
                 (("projects", 2), ("zones", 1), ("firms", 2), ("amount", 30))]  # fmt: skip
    assert all(one.agrees for one in compare(announced, rows))


@pytest.mark.parametrize(
    ("written", "yuan", "zh", "en"),
    [
        ("106.47 亿元", 10_647_000_000, "106.47\u2009亿元", "10.647 billion yuan"),
        ("3200", 32_000_000, "3200\u2009万元", "32 million yuan"),
        (" ", None, "—", "—"),
    ],
)
def test_money_as_it_is_written_and_shown(written: str, yuan: int | None, zh: str, en: str) -> None:
    assert money.yuan(written, "amount") == yuan
    assert (money.said(yuan).zh, money.said(yuan).en) == (zh, en)


@pytest.mark.parametrize("written", ["-1", "很多", "1e15 亿元", "0.00001"])
def test_money_that_is_none(written: str) -> None:
    with pytest.raises(Refusal, match="lead_amount_unreadable"):
        money.yuan(written, "amount")


def test_the_lists_are_as_the_article_counts_them() -> None:
    known = lists()
    assert len(known.channels) == 12
    assert {one.basis for one in known.channels.values()} == {"article", "assumption"}
    assert set(known.statuses) == {"ongoing", "delayed", "dormant", "lost", "abandoned", "won"}
    assert len(known.skills) == 4
    assert all(fits for _words, fits in known.reasons.values())
