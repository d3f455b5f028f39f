"""The sample loads once, and says of the articles' figures what does not hold."""

import pytest
from tests.leads.room import NOW

from luodi.accounts.acting import SYSTEM
from luodi.domain.leads.announced import Measure
from luodi.leads import meetings, readers, sample_file, samples
from luodi.leads.readers import Sift
from luodi.projects.actions import record_project
from luodi.projects.models import Project
from luodi.zones import registry

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_the_demo_has_the_articles_companies_once():
    registry.load(by=SYSTEM, at=NOW)
    Project.objects.create(slug="sany", document="x", recorded_by="t", created=NOW, changed=NOW, zh="三一", en="Sany")
    played = "form: {applicant_name: 晋科（示例）, total_investment: 560 亿元}\nmilestones: {contact: 2026-08-01}\n"
    record_project(slug="jinko-live", document=played, sample=True, zone="zgsfq", live=True, by=SYSTEM, at=NOW)
    leads, events = sample_file.given(NOW.date())
    assert samples.load(by=SYSTEM, at=NOW) == len(leads) + len(events) + 2, "the played project is taken up and joined"
    assert samples.load(by=SYSTEM, at=NOW) == 0
    signed = next(one for one in readers.stage_sums(Sift(zones=("zgsfq",))) if one.stage == "signed")
    assert signed.amount == 56_000_000_000
    assert not readers.listed(Sift(words="jinko-live")), "it is counted with the article's lead"
    sany = readers.of_project("sany")
    assert sany is not None
    assert (sany.stage, str(sany.staged), sany.sample, sany.status) == ("production", "2023-09-28", False, "won")
    assert all(one.source for one in readers.listed(Sift(status="any")) if not one.sample)
    (event,) = (one for one in meetings.meetings(None) if one.kind == "matching")
    zones = next(one for one in event.findings if one.announced.measure is Measure.ZONES)
    assert (zones.announced.figure, zones.found) == (5, 4)
    assert len(event.wrong) == 5
    (tongfu,) = (one for one in meetings.meetings(None) if "同福" in one.title)
    assert tongfu.findings
    assert not tongfu.wrong
