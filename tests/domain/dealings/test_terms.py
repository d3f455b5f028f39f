"""Terms as written, the difference between rounds, and authority: rules that hold for any offers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.domain.dealings.authority import Offer, approvers, authority, beyond, offers, told
from luodi.domain.dealings.kinds import LESS, kinds
from luodi.domain.dealings.promised import found, late, masked, overdue, share
from luodi.domain.dealings.terms import Term, applied, differ, ordered, read, said, typed
from luodi.domain.vocabulary import Refusal, Text

SUBJECTS = st.sampled_from(("", "一期", "二期", "配套用地"))


def term(draw):
    """A term of any kind, its value of the right form."""
    rule = kinds()[draw(st.sampled_from(tuple(kinds())))]
    size = draw(st.integers(1, 10**6)) if rule.form == "amount" else None
    on = draw(st.dates(date(2023, 1, 1), date(2030, 1, 1))) if rule.form == "date" else None
    return Term(rule.id, draw(SUBJECTS), size, on, draw(st.sampled_from(("供220千伏专线", "分期"))))


TERMS = st.lists(st.composite(term)(), max_size=12, unique_by=lambda one: one.key)


@pytest.mark.slow
@given(TERMS, TERMS)
def test_applying_the_difference_to_the_former_round_gives_the_later(before, after):
    changes = differ(before, after)
    assert applied(before, changes) == ordered(after)
    assert differ(after, after) == ()
    backwards = {one.term.key: one for one in differ(after, before)}
    for one in changes:
        other = backwards.pop(one.term.key)
        assert (one.was, one.now) == (other.now, other.was)
        assert "open" in (one.moved, other.moved) or one.moved != other.moved  # what one side gives it gave not back
    assert not backwards


@pytest.mark.slow
@given(TERMS, st.sampled_from(tuple(authority().posts)), st.integers(1, 3))
def test_splitting_an_offer_gets_nobody_around_their_authority(terms, post, parts):
    split = [
        Term(one.kind, f"{one.subject}{part}", size, one.on, one.words)
        for one in terms
        for part, size in enumerate(_parts(one, parts))
    ]
    assert {one.offer for one in beyond(split, post)} == {one.offer for one in beyond(terms, post)}


def _parts(one, count):
    if one.size is None or kinds()[one.kind].gives == LESS or one.size < count:
        return [one.size]
    return [one.size // count] * (count - 1) + [one.size - one.size // count * (count - 1)]


@pytest.mark.slow
@given(TERMS, st.sampled_from(tuple(authority().posts)))
def test_what_is_over_is_covered_once_somebody_above_approved_it(terms, post):
    over = beyond(terms, post)
    assert beyond(terms, post, [one.offer for one in over]) == ()
    for one in over:
        assert post not in one.approvers
        assert one.approvers == approvers(one.offer)
    assert {one.offer for one in over} <= set(offers(terms))


def test_an_approval_of_less_does_not_cover_more():
    asked = [read("land", "一期", "300亩"), read("land", "二期", "200亩")]
    (over,) = beyond(asked, "investment_officer")
    assert (over.offer.size, over.approvers) == (5_000_000, ("zone_officer", "leader"))
    assert told(over.limit, "land").zh == "不超过 200\u2009亩"
    assert beyond(asked, "investment_officer", [Offer("land", 4_999_999)])
    assert not beyond(asked, "investment_officer", [Offer("land", 5_000_000)])
    cheap = [read("land_price", "", "11 万元/亩")]
    assert [one.approvers for one in beyond(cheap, "zone_officer")] == [("leader",)]
    assert not beyond(cheap, "zone_officer", [Offer("land_price", 110_000)])
    assert beyond(cheap, "zone_officer", [Offer("land_price", 110_001)])
    assert told(authority().limit("leader", "land_price"), "land_price").en.startswith("not below 9.6")
    assert beyond([read("policy", "", "人才公寓")], "leader") == ()
    assert beyond([read("policy", "", "人才公寓")], "leader_of_nothing", [Offer("policy", None, "另一项")])
    assert not beyond([read("investment", "", "560亿元")], "navigator")  # what the investor gives needs nobody's leave


def test_who_moved():
    def who(kind, was, now):
        return differ([read(kind, "", was)] if was else [], [read(kind, "", now)] if now else [])[0].moved

    assert who("investment", "10亿元", "12 亿元") == "investor"
    assert who("investment", "12亿元", "10亿元") == "zone"
    assert who("land", "100亩", "120亩") == "zone"
    assert who("land_price", "20 万元/亩", "16 万元/亩") == "zone"
    assert who("land_price", "16 万元/亩", "20 万元/亩") == "investor"
    assert who("land_by", "2023-08-01", "2023-07-01") == "zone"
    assert who("start_by", "2023-08-01", "2023-09-01") == "zone"
    assert who("policy", "甲", "乙") == "open"
    assert who("policy", "", "乙") == "zone"
    assert who("jobs", "600人", "") == "zone"


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("nothing", "1", "dealing_kind_unknown"),
        ("start_by", "soon", "dealing_day_unreadable"),
        ("start_by", "0023-01-01", "dealing_day_unreadable"),
        ("jobs", "600.5 人", "amount_too_fine"),
        ("land", "30 MVA", "amount_unit_of_another"),
        ("policy", "  ", "text_missing"),
    ],
)
def test_what_is_no_term_is_told_beside_its_field(kind, value, code):
    with pytest.raises(Refusal) as told_:
        read(kind, "", value, field="value_3")
    assert (told_.value.code, told_.value.facts["field"]) == (code, "value_3")


def test_a_term_typed_again_is_the_same():
    for kind, value in (("land", "162.0667公顷"), ("start_by", "2023-09-01"), ("policy", "人才公寓"), ("jobs", "600")):
        one = read(kind, "", value)
        assert read(kind, "", typed(one)) == one
    assert said(read("investment", "", "10.5亿元")) == Text("10.5\u2009亿元", "1,050\u2009million yuan")
    assert said(read("investment", "", "9999.99")).zh == "9,999.99\u2009万元"
    assert read("investment", "", typed(read("investment", "", "12345.67万元"))) == read(
        "investment", "", "12345.67万元"
    )
    with pytest.raises(Refusal):
        differ([], [read("jobs", "", "1"), read("jobs", "", "2")])


def test_promised_against_actual():
    assert share(read("output", "", "22亿元"), read("output", "", "11亿元")) == 0.5
    assert found(read("jobs", "", "600"), read("jobs", "", "612")) == "kept"
    assert found(read("tax", "", "3亿元"), read("tax", "", "2.9亿元")) == "partly"
    assert found(read("land_price", "", "16 万元/亩"), read("land_price", "", "15.5 万元/亩")) == "kept"
    day = read("first_product_by", "", "2023-10-01")
    assert late(day, read("first_product_by", "", "2023-09-28")) == -3
    assert found(day, read("first_product_by", "", "2023-10-03")) == "kept"  # late; by how much stands beside it
    assert found(read("policy", "", "甲"), read("policy", "", "甲")) is None
    assert overdue("partly", date(2023, 9, 1), date(2023, 9, 2))
    assert not overdue("kept", date(2023, 9, 1), date(2023, 9, 2))
    assert masked("张某某") == "张＊＊"
