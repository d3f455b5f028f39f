"""The milestone clock: durations between two milestones, how they are spread, beside what was published."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.results import picture
from luodi.desk.results.asking import asked, today_of
from luodi.desk.results.views import about
from luodi.desk.tongue import language
from luodi.domain.indicators.published import clock
from luodi.domain.indicators.stretches import spread
from luodi.indicators import clocking

SIZE = 50


@require_GET
@needs("indicator.read")
def milestones(request: SignedIn) -> HttpResponse:
    """The distribution of one span (`span`), by zone and by year, each project a mark that opens it.  Two queries."""
    where = asked(request, "span", "year")
    rules = clock()
    span = rules.spans.get(where.parameters.get("span", ""), next(iter(rules.spans.values())))
    every = clocking.timed(where.within, span, today_of(request), request.as_of)
    years = clocking.grouped(every, "year")
    year = where.parameters.get("year", "")
    rows = [one for one in every if not year or str(one.stretch.end.year if one.stretch.end else "") == year]
    said = [one for one in rules.published if one.compare == span.id]
    context = {
        "where": where,
        "span": span,
        "spans": rules.spans,
        "year": year,
        "years": years,
        "zones": clocking.grouped(rows, "zone"),
        "rows": rows,
        "spread": spread([one.stretch.days for one in rows]),
        "drawing": picture.strip(rows, said, language()) if rows else "",
        "said": said,
        "published": rules.published,
        **about(request),
    }
    return render(request, "results/clock.html", context)
