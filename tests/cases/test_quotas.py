"""A granted matter uses up the quota promised for it, in the same act; withdrawal frees it, revocation gives it back."""

from datetime import timedelta

import pytest
from tests.cases.scene import Scene
from tests.ledgers.accounts import faults, mu, province
from tests.people import OWN

from luodi.domain.ledger.book import Sums
from luodi.domain.vocabulary import Refusal
from luodi.ledgers import promising, readers, using
from luodi.projects.readers import project

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MATTER, QUOTA, OTHER = "energy_review", "energy", "power"


def size(text: str, quota: str = QUOTA) -> int:
    return int(mu(text, quota))


def reserved(scene: Scene, source: int, text: str = "100 tce", quota: str = QUOTA) -> int:
    found = project(scene.slug)
    assert found is not None
    (number,) = promising.reserve(
        project=found, wanted=[promising.Wanted(source, size(text, quota))], expires=scene.at + timedelta(days=400),
        document="洽谈", by=scene.officer, at=scene.at,
    )  # fmt: skip
    return number


def sums(account: int) -> Sums:
    found = readers.account(account)
    assert found is not None
    return found.sums


@pytest.fixture
def zone(scene: Scene) -> int:
    """An account of the zone with 1,000 tce; nothing else of the scene is touched."""
    *_, number = province(QUOTA, "1000 tce", OWN)
    return int(number)


@pytest.fixture
def case(scene: Scene, zone: int) -> int:
    """The energy review, accepted."""
    scene.granted("project_filing")
    return scene.accepted(MATTER)


def test_a_grant_uses_up_the_promise_of_its_quota_and_no_other(scene: Scene, zone: int, case: int) -> None:
    *_, electric = province(OTHER, "500 kVA", OWN)
    promises = [reserved(scene, zone), reserved(scene, zone, "50 tce"), reserved(scene, electric, "20 kVA", OTHER)]
    promising.commit(promises=promises[:1], document="协议", by=scene.officer, at=scene.at)
    scene.on(case).decide(outcome="granted", result="晋能审〔2026〕9号")
    after = sums(zone)
    assert (after.outward, after.promised, after.available) == (size("150 tce"), 0, size("850 tce"))
    assert sums(electric).reserved == size("20 kVA", OTHER)
    assert {readers.promise(one).state for one in promises[:2]} == {"post"}
    assert faults() == []


def test_a_refused_decision_leaves_the_ledger_alone(scene: Scene, zone: int, case: int) -> None:
    promise = reserved(scene, zone)
    with pytest.raises(Refusal):
        scene.on(case, scene.other).decide(outcome="granted")
    scene.on(case).decide(outcome="denied", reason="超过能耗", basis="能耗双控")
    assert readers.promise(promise).state == "reserve"


def test_a_withdrawal_frees_what_is_reserved_but_not_what_is_signed(scene: Scene, zone: int, case: int) -> None:
    signed, loose = reserved(scene, zone), reserved(scene, zone, "50 tce")
    promising.commit(promises=[signed], document="协议", by=scene.officer, at=scene.at)
    scene.on(case, scene.agent).withdraw(reason="换地")
    assert (sums(zone).committed, sums(zone).reserved) == (size("100 tce"), 0)
    assert readers.promise(loose).state == "void"


def test_a_revoked_permit_gives_back_what_it_used(scene: Scene, zone: int, case: int) -> None:
    reserved(scene, zone)
    scene.on(case).decide(outcome="granted")
    scene.on(case).revoke(reason="隐瞒情况", basis="行政许可法第69条")
    assert sums(zone).available == size("1000 tce")
    assert faults() == []
    assert using.give_back(
        project=scene.slug, matter=MATTER, case=scene.row(case).number, why="x", by=scene.officer, at=scene.at
    ) == ()  # fmt: skip


def test_what_ran_out_does_not_stop_the_permit(scene: Scene, zone: int, case: int) -> None:
    promise = reserved(scene, zone)
    scene.wait(days=401)
    assert using.use_up(project=scene.slug, matter=MATTER, document="x", by=scene.officer, at=scene.at) == ()
    assert readers.promise(promise).state == "reserve"
