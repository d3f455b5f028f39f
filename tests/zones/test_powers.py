"""Who may decide what, by the table of powers alone."""

from datetime import date, timedelta

import pytest
from tests.people import AT, TODAY, organisation

from luodi.accounts.acting import SYSTEM
from luodi.domain.vocabulary import Refusal, Text
from luodi.journal import readers as record
from luodi.zones import actions, readers
from luodi.zones.readers import ZoneRow

pytestmark = pytest.mark.django_db


def recorded(id_: str, parent: str | None = None) -> None:
    """A zone in the registry."""
    row = ZoneRow(id_, Text(id_, id_), "sub_park" if parent else "industrial", "太原", "provincial", parent, None, None,
                  "verified", "test")  # fmt: skip
    actions.record_zone(zone=row, by=SYSTEM, at=AT)


@pytest.fixture
def tree() -> None:
    """一区两园 and a zone beside it."""
    recorded("zgsfq")
    recorded("zg_xuefu", "zgsfq")
    recorded("zg_jinzhong", "zgsfq")
    recorded("pinglu")


def delegated(matter: str, unit: int, starts: date = date(2024, 1, 1), ends: date | None = None) -> int:
    """A power by a paper."""
    given = actions.Given(matter, unit, starts, "晋综改赋权〔2024〕1号", ends)
    return actions.delegate(powers=(given,), by=SYSTEM, at=AT)[0]


def test_a_zone_reaches_over_its_parks(tree: None) -> None:
    assert readers.subtree("zgsfq") == {"zgsfq", "zg_xuefu", "zg_jinzhong"}
    assert readers.subtree("zg_xuefu") == {"zg_xuefu"}
    assert readers.subtree("nowhere") == {"nowhere"}
    assert readers.chain("zg_xuefu") == ("zg_xuefu", "zgsfq")


def test_the_park_decides_before_its_zone(tree: None) -> None:
    park, bureau = organisation("park_centre", "zg_xuefu"), organisation("bureau", unit="housing")
    delegated("fire_filing", bureau)
    delegated("fire_filing", park)
    assert readers.decider("fire_filing", "zg_xuefu", TODAY).organisation == park
    assert readers.decider("fire_filing", "zg_jinzhong", TODAY).organisation == bureau
    assert readers.decider("fire_filing", "zgsfq", TODAY).organisation == bureau
    assert readers.decider("fire_filing", "pinglu", TODAY) is None


def test_a_power_counts_from_its_first_to_its_last_day(tree: None) -> None:
    unit = organisation("bureau", unit="housing")
    delegated("fire_filing", unit, date(2024, 1, 1), date(2024, 12, 31))
    for day, held in ((date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2024, 12, 31), True),
                      (date(2025, 1, 1), False)):  # fmt: skip
        assert bool(readers.may_decide(unit, "fire_filing", day)) is held
        assert bool(readers.decider("fire_filing", "zgsfq", day)) is held


def test_the_paper_is_named(tree: None) -> None:
    unit = organisation("bureau", unit="housing")
    delegated("fire_filing", unit)
    assert readers.decider("fire_filing", "zgsfq", TODAY).document == "晋综改赋权〔2024〕1号"
    entry = record.entries(kinds=("power.delegated",)).records[0]
    assert (entry.chain, entry.zone) == ("zones", "zgsfq")


def test_two_organisations_of_a_zone_cannot_decide_the_same(tree: None) -> None:
    one, other = organisation("bureau", unit="housing"), organisation("committee")
    power = delegated("fire_filing", one)
    with pytest.raises(Refusal, match="power_already_given"):
        delegated("fire_filing", other, TODAY)
    actions.take_back(power=power, ends=TODAY - timedelta(days=1), document="收回〔2026〕2号", by=SYSTEM, at=AT)
    delegated("fire_filing", other, TODAY)
    assert readers.decider("fire_filing", "zgsfq", TODAY - timedelta(days=1)).organisation == one
    assert readers.decider("fire_filing", "zgsfq", TODAY).organisation == other


def test_all_matters_cost_one_query(
    tree: None, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        readers, "monotonic", lambda: 0.0
    )  # what is kept for seconds stays, however slow the machine is
    unit = organisation("bureau", unit="housing")
    for matter in ("fire_filing", "fire_acceptance", "drawing_review"):
        delegated(matter, unit)
    readers.chain("zgsfq")  # who lies in whom is kept for some seconds
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert set(readers.deciders("zgsfq", TODAY)) == {"fire_filing", "fire_acceptance", "drawing_review"}


def test_one_paper_is_one_act(tree: None) -> None:
    """Where one power of a paper cannot be given, none is."""
    unit, other = organisation("bureau", unit="housing"), organisation("committee")
    delegated("fire_filing", other)
    given = [actions.Given(matter, unit, TODAY, "赋权〔2026〕3号") for matter in ("drawing_review", "fire_filing")]
    with pytest.raises(Refusal, match="power_already_given"):
        actions.delegate(powers=given, by=SYSTEM, at=AT)
    assert readers.decider("drawing_review", "zgsfq", TODAY) is None
    with pytest.raises(Refusal, match="power_already_given"):
        actions.delegate(powers=[given[0], given[0]], by=SYSTEM, at=AT)
