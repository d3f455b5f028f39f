"""The sample: ten categories, all 38 items, Taiyuan's thirteen, the loan of the article; entered once."""

import pytest
from tests.factors.conftest import AT, SAMPLES, TODAY, ZONE

from luodi.accounts.acting import SYSTEM
from luodi.domain.factors.clocks import Mark
from luodi.domain.factors.items import guarantors, items
from luodi.factors import funding, readers, samples
from luodi.ledgers.proving import check
from luodi.notices.models import Notice
from luodi.plans.actions import announce
from luodi.projects.actions import record_project

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_sample_is_whole_and_entered_once(jinko):
    text = (SAMPLES / "jinko.yaml").read_text(encoding="utf-8").replace("as_of: 2023-03-10", "as_of: 2026-11-21")
    text = text.replace("contact: 2023-03-10", "contact: 2026-09-10").replace(
        "signed: 2023-05-26", "signed: 2026-11-13"
    )
    record_project(slug="jinko-live", document=text, sample=True, live=True, zone=ZONE, by=SYSTEM, at=AT)
    announce(project="jinko-live", by=SYSTEM, at=AT)
    told = Notice.objects.count()
    assert samples.load(by=SYSTEM, at=AT) > 50
    assert samples.load(by=SYSTEM, at=AT) == 0
    rows = readers.requests(zones=frozenset({ZONE}), today=TODAY)
    assert {one.item for one in rows} == set(items())
    assert len([one for one in rows if one.guarantor == "taiyuan"]) == 13
    assert all(one.sample for one in rows)
    assert {one.light.mark for one in rows} >= {Mark.LATE, Mark.BLOCKED, Mark.OPEN, Mark.SET, Mark.MET}
    groups = {guarantors()[one.guarantor].group for one in rows}
    assert groups == {"province", "stationed", "city", "zone", "company"}
    loan = next(one for one in funding.fundings(zones=None, today=TODAY) if one.kind == "loan")
    assert (loan.amount, len(loan.tranches)) == (466000, 2)
    assert not list(check())
    assert Notice.objects.count() == told
