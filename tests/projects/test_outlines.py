"""Outlines are written with the document; every sum has a list behind it that is just as long."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import moment

from luodi.accounts.acting import SYSTEM
from luodi.projects import outlines
from luodi.projects.actions import record_project
from luodi.projects.migrations import __name__ as migrations
from luodi.projects.models import Outline
from luodi.projects.outlines import NONE, STAGES, Sift
from luodi.projects.outlining import DAYS
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
START = date(2025, 1, 1)
REACHED = [("contact",), ("contact", "signed"), ("signed",), ("contact", "signed", "construction_start"), DAYS, ()]


def days(names):
    """The days of milestones, thirty days apart in the order of the stages."""
    return {name: START + timedelta(days=30 * DAYS.index(name)) for name in names}


def recorded(slug, names, code="C3825", money="2 亿元", zone="pinglu"):
    Zone.objects.get_or_create(
        id=zone, defaults={"zh": zone, "en": zone, "kind": "industrial", "confidence": "verified", "city": "朔州"}
    )
    milestones = "".join(f"\n  {name}: {day}" for name, day in days(names).items())
    document = f"""
about: {{name: {{zh: {slug}, en: {slug}}}}}
form: {{industry_code: {code}, total_investment: {money}, land_area: 15 亩}}
facts: {{project.eia_class: report}}
milestones: {milestones or "{}"}
options: {{as_of: 2026-11-01}}
"""
    record_project(slug=slug, document=document, sample=True, by=SYSTEM, at=moment(), zone=zone, live=True)


@pytest.fixture
def several(db):
    for place, names in enumerate(REACHED):
        recorded(f"p{place}", names, zone="pinglu" if place % 2 else "zuoyun", code="C3825" if place % 3 else "C1411")


def test_an_outline_is_written_with_the_document_and_anew(several):
    row = Outline.objects.get(project__slug="p1")
    assert (row.industry, row.invested, row.land) == ("C3825", 200_000_000, 10_000)
    assert (row.contact, row.signed, row.production) == (START, START + timedelta(days=30), None)
    recorded("p1", ("contact", "signed", "production"), money="30 万元")
    row.refresh_from_db()
    assert (row.invested, row.production) == (300_000, days(["production"])["production"])


@pytest.mark.parametrize("back", [0, 1, 30, 31, 60, 95, 200])
def test_every_sum_opens_as_many_rows(several, back):
    """On every day each project stands in just one stage: the last that had come."""
    on = START - timedelta(days=1) + timedelta(days=back)
    rows = outlines.summed(Sift(on=on))
    assert sum(one.projects for one in rows) == len(REACHED)
    for stage in STAGES:
        counted = sum(one.projects for one in rows if one.stage == stage)
        behind = outlines.listed(Sift(on=on, stage=stage))
        expected = [names for names in REACHED if last(names, on) == stage]
        assert counted == len(behind) == len(expected), (stage, on)
    for one in rows:
        mine = outlines.listed(Sift(on=on, stage=one.stage, zones=[one.zone], industry=one.division))
        assert len(mine) == one.projects


def last(names, on):
    come = [name for name, day in days(names).items() if day <= on]
    return come[-1] if come else NONE


def test_spans_are_of_projects_that_have_both_days(several):
    assert sorted(outlines.spans(None, "signed", "construction_start", date(2026, 1, 1))) == [
        ("pinglu", 60), ("zuoyun", 60)
    ]  # fmt: skip
    assert outlines.spans(["pinglu"], "signed", "construction_start", START) == ()


def test_lists_are_pages_and_sums_are_one_statement(several):
    first = outlines.listed(Sift(on=START), limit=4)
    rest = outlines.listed(Sift(on=START), before=first[-1].id)
    ids = [one.id for one in (*first, *rest)]
    assert len(ids) == len(REACHED)
    assert all(one > other for one, other in pairwise(ids))
    with CaptureQueriesContext(connection) as asked:
        outlines.summed(Sift(on=START, zones=["pinglu"]))
    assert len(asked) == 1


def test_what_stood_before_gets_its_outline(several):
    from importlib import import_module

    before = list(Outline.objects.order_by("project_id").values())
    Outline.objects.all().delete()
    import_module(f"{migrations}.0003_outlines").fill(apps, connection.schema_editor())
    assert list(Outline.objects.order_by("project_id").values()) == before
