"""The sample talks: played once, held to the authority and the ledgers of everybody, 23 rounds of Jinko among them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.ledgers.accounts import faults

import luodi
from luodi.accounts import samples as people
from luodi.accounts.acting import SYSTEM
from luodi.dealings import readers, samples
from luodi.ledgers import samples as quotas
from luodi.projects import readers as projects
from luodi.projects.actions import record_project
from luodi.zones import registry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LIVE = """
about:
  name: {{zh: {slug}, en: {slug}}}
facts: {{project.eia_class: report}}
milestones: {{contact: {contact}}}
options: {{as_of: {contact}}}
"""
FOLDER = Path(luodi.__file__).parent / "data" / "samples"


def test_the_talks_of_the_demo_are_played_once():
    for room in (registry, people):
        room.load(by=SYSTEM, at=AT)
    for slug in ("jinko", "sany", "tongfu"):
        document = (FOLDER / f"{slug}.yaml").read_text(encoding="utf-8")
        record_project(slug=slug, document=document, sample=True, by=SYSTEM, at=AT)
    for slug, contact in (("jinko-live", "2026-08-23"), ("live-01", "2026-11-09")):
        document = LIVE.format(slug=slug, contact=contact)
        record_project(slug=slug, document=document, sample=True, by=SYSTEM, at=AT, zone="zgsfq", live=True)
    quotas.load(by=SYSTEM, at=AT)
    assert [samples.load(by=SYSTEM, at=AT) for _ in range(2)] == [5, 0]
    jinko = projects.project("jinko")
    assert jinko is not None
    rounds = readers.rounds(jinko.id)
    assert (len(rounds), rounds[-1].on, readers.ended(jinko.id)[23].on) == (23, date(2023, 3, 10), date(2023, 5, 26))
    assert all(one.sample for one in rounds)
    promises = readers.clauses(today=AT.date(), limit=500)
    assert {one.state for one in promises} == {"open", "kept", "partly", "waived"}
    assert {one.office for one in promises if one.official} == {"时任招商局局长（示例）", "时任管委会副主任（示例）"}
    assert faults() == []
