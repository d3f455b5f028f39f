"""Resource profiles: dated lines, replaced and ended, never changed; chains with what papers count beside what is known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.people import AT, moment
from tests.zones.some import some_zones

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal import readers as record
from luodi.zones import chaining, chains, profiles, profiling, region_samples
from luodi.zones.models import Resource

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def zones(db):
    some_zones()


def enter(value="1700", on=TODAY, item="pv_hours", about="", source="《周刊》", **more):
    line = profiling.Line(item=item, value=value, about=about, on=on, source=source)
    return profiling.enter(zone="pinglu", line=line, by=SYSTEM, at=moment(), **more)


def held(on, **more):
    return profiles.profiles(["pinglu"], on, **more)["pinglu"]


def test_a_line_holds_from_its_day_until_the_next_one_and_nothing_is_changed():
    enter("1650", on=date(2024, 1, 1))
    enter("1700", on=date(2025, 1, 1))
    profiling.end(zone="pinglu", item="pv_hours", on=date(2026, 1, 1), source="《周刊》", by=SYSTEM, at=moment())
    before = [held(date(2023, 12, 31)), held(date(2026, 1, 1))]
    assert before == [{}, {}]
    assert held(date(2024, 12, 31))["pv_hours"].value == Decimal(1650)
    assert held(date(2025, 12, 31))["pv_hours"].figure == "1,700"
    assert Resource.objects.count() == len(profiles.history("pinglu")) == 3
    assert held(date(2025, 12, 31), as_of=AT - timedelta(days=1)) == {}  # nobody knew it then


def test_every_line_is_in_the_record_and_the_same_form_enters_once():
    enter(key="k")
    with pytest.raises(Refusal) as said:
        enter(key="k")
    assert said.value.code == "already_done"
    assert Resource.objects.count() == 1
    assert record.recorded("k")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"value": "many"}, "region_value_unreadable"),
        ({"value": "-1"}, "region_value_unreadable"),
        ({"value": "NaN"}, "region_value_unreadable"),
        ({"value": "1.00001"}, "region_value_unreadable"),
        ({"value": "1e13"}, "region_value_unreadable"),
        ({"value": " "}, "region_value_missing"),
        ({"item": "gold"}, "region_item_unknown"),
        ({"item": "place", "value": ""}, "text_missing"),
        ({"on": TODAY + timedelta(days=30)}, "region_day_ahead"),
        ({"source": " "}, "text_missing"),
        ({"about": "长" * 501}, "text_too_long"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_nothing_is_written(given, code):
    with pytest.raises(Refusal) as said:
        enter(**given)
    assert said.value.code == code
    assert not Resource.objects.exists()


def test_a_line_that_does_not_hold_cannot_be_ended():
    with pytest.raises(Refusal) as said:
        profiling.end(zone="pinglu", item="pv_hours", on=TODAY, source="x", by=SYSTEM, at=moment())
    assert said.value.code == "region_line_missing"


def test_the_samples_are_loaded_once_and_have_the_articles_figures():
    assert region_samples.load(by=SYSTEM, at=moment()) > 20
    assert region_samples.load(by=SYSTEM, at=moment()) == 0
    found = held(date(2026, 1, 1))
    figures = {item: found[item].figure for item in ("coal_capacity", "power_out", "wind_speed", "renewables_space")}
    assert figures == {"coal_capacity": "1.141", "power_out": "300", "wind_speed": "3.2", "renewables_space": "300"}
    assert {one.basis for one in found.values()} == {"article"}
    assert held(date(2023, 9, 29)).keys() == {"secondary_share", "coal_power_share", "revenue_share"}


def test_thirty_six_firms_stand_as_published_beside_the_rows_that_are_known():
    region_samples.load(by=SYSTEM, at=moment())
    (claim,) = chains.claims("pv")
    found = chains.checked(claim, chains.members("pv"))
    assert (claim.firms, claim.invested) == (36, 20_000_000_000)
    assert (found.firms, found.unnamed, found.agrees) == (0, 36, False)
    (other,) = chains.claims("zuoyun_equipment")  # five counted, four named (I18)
    assert chains.checked(other, chains.members()).unnamed == 1


def join(name="甲公司", **more):
    given = {"chain": "pv", "role": "member", "name": Text(name, ""), "source": "合同1号", "zone": "zgsfq", **more}
    return chaining.join(joining=chaining.Joining(**given), by=SYSTEM, at=moment())


def test_firms_around_a_master_are_counted_with_their_money_and_leave_with_a_day():
    region_samples.load(by=SYSTEM, at=moment())
    master = next(one.id for one in chains.members("pv") if one.role == "master")
    firm = join(around=master, invested=50_000_000, signed=date(2023, 9, 26), side="upstream")
    join("乙公司", around=master)
    with pytest.raises(Refusal) as said:
        join("乙公司", around=master)
    assert said.value.code == "region_member_already"
    (claim,) = chains.claims("pv")
    found = chains.checked(claim, chains.members("pv"))
    assert (found.firms, found.invested, found.priced) == (2, 50_000_000, 1)
    chaining.leave(member=firm, ends=date(2024, 1, 1), source="函1号", by=SYSTEM, at=moment())
    assert firm not in {one.id for one in chains.members("pv", on=date(2024, 1, 2))}
    assert firm in {one.id for one in chains.members("pv", on=date(2023, 12, 31))}
    with pytest.raises(Refusal) as said:
        chaining.leave(member=firm, ends=date(2024, 2, 1), source="函1号", by=SYSTEM, at=moment())
    assert said.value.code == "region_member_ended"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"chain": "no"}, "region_chain_unknown"),
        ({"role": "king"}, "region_role_unknown"),
        ({"side": "left"}, "region_role_unknown"),
        ({"around": 999}, "region_master_unknown"),
        ({"invested": -1}, "region_amount_out_of_range"),
        ({"name": " "}, "text_missing"),
    ],
)
def test_who_cannot_join_is_refused(given, code):
    region_samples.load(by=SYSTEM, at=moment())
    known = len(chains.members())
    with pytest.raises(Refusal) as said:
        join(**given)
    assert said.value.code == code
    assert len(chains.members()) == known
