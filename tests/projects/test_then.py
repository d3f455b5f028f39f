"""Outlines as they stood: a document of then, a project not yet recorded, and the same sums as the rows behind them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import moment
from tests.projects.test_outlines import recorded

from luodi.projects import outlines, then
from luodi.projects.outlines import Sift

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)


def test_a_project_stands_where_its_document_of_then_says(monkeypatch):
    recorded("one", ("contact",))
    before = moment()
    monkeypatch.setattr("tests.projects.test_outlines.moment", lambda: before + timedelta(hours=2))
    recorded("one", ("contact", "signed"), code="C3912", money="3 亿元")
    recorded("two", ("contact", "signed"))
    between = before + timedelta(hours=1)
    (was,) = then.reached(Sift(ON), between)
    assert (was.slug, list(was.days), was.industry, was.invested) == ("one", ["contact"], "C3825", 200_000_000)
    assert [(one.stage, one.projects, one.invested) for one in then.summed(Sift(ON), between)] == [
        ("contact", 1, 200_000_000)
    ]
    assert then.reached(Sift(ON, stage="signed"), between) == ()
    assert then.reached(Sift(ON, industry="C39"), between) == ()
    assert [one.slug for one in then.listed(Sift(ON, words="ONE"), between)] == ["one"]
    assert then.spans(Sift(ON), "contact", "signed", between) == ()
    assert then.reached(Sift(ON), before - timedelta(hours=1)) == ()
    now = before + timedelta(hours=3)
    assert then.reached(Sift(ON), now) == outlines.reached(Sift(ON)) == then.reached(Sift(ON))
    assert sorted(map(str, then.summed(Sift(ON), now))) == sorted(map(str, outlines.summed(Sift(ON))))
    assert then.spans(Sift(ON), "contact", "signed", now) == outlines.spans(None, "contact", "signed", ON)


def test_three_queries_whatever_their_number():
    counts = []
    for place in range(3):
        recorded(f"p{place}", ("contact",))
        before = moment() - timedelta(days=1)
        with CaptureQueriesContext(connection) as asked:
            then.reached(Sift(ON), before)
        counts.append(len(asked))
    assert set(counts) == {3}
