"""The sample accounts load once, and the ledger of the demo is proved."""

import pytest
from tests.ledgers.accounts import AT, faults

from luodi.accounts.acting import SYSTEM
from luodi.ledgers import readers, samples
from luodi.projects.models import Project
from luodi.zones import registry

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_the_demo_has_its_accounts_once():
    registry.load(by=SYSTEM, at=AT)
    for slug in ("jinko", "taishan", "zhonglianheng"):
        Project.objects.create(slug=slug, document="x", recorded_by="t", created=AT, changed=AT, zh=slug, en=slug)
    file = samples.given()
    assert samples.load(by=SYSTEM, at=AT) == len(file.accounts) + len(file.promises)
    assert samples.load(by=SYSTEM, at=AT) == 0
    assert faults() == []
    grain = readers.find("grain_capacity", "", "project", "jinko")
    assert grain is not None
    assert grain.sums.inward == 185_000_000
    assert not grain.sample
    assert {one.kind.id for one in file.accounts if not one.sample} == {
        "cropland_area",
        "grain_capacity",
        "plant_floor",
    }
