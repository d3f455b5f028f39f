"""The monthly table of key figures and the rows behind each; investment by size of project."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import new_key, status
from luodi.desk.results import telling
from luodi.desk.results.asking import Asked, asked, month_asked, today_of
from luodi.domain.indicators.definitions import indicator
from luodi.domain.indicators.periods import Month
from luodi.domain.indicators.sizes import sizes
from luodi.domain.vocabulary import Refusal
from luodi.indicators import readers, tabling
from luodi.indicators.sizing import size_table


@require_GET
@needs("indicator.read")
def results(request: SignedIn) -> HttpResponse:
    """The key figures of a month: what changed, the pace of each, the red list.  Six queries."""
    return table_page(request)


def table_page(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    """The table, with what was typed where a figure was refused."""
    where = asked(request, "period", "dimension")
    month = month_asked(request, where.tops)
    lines = tabling.table(where.tops, month, today_of(request), request.as_of)
    dimension = where.parameters.get("dimension", "")
    may = verdict(request.acting, "indicator.write")
    context = {
        "where": where,
        "month": month,
        "lines": [one for one in lines if not dimension or one.indicator.dimension == dimension],
        "all_lines": lines,
        "dimension": dimension,
        "entered": list(telling.definitions().indicators.values()),
        "may": may,
        "refused": refused,
        "typed": request.POST if refused else {"zone": where.zone or request.acting.zone, "period": str(month)},
        "key": new_key(),
        **about(request),
    }
    return render(request, "results/results.html", context, status=status(refused))


@require_GET
@needs("indicator.read")
def figure(request: SignedIn, name: str) -> HttpResponse:
    """The rows behind one figure of a month: projects, or every entry with who made it.  Five queries."""
    rule = indicator(name)
    if rule is None:
        raise Http404(_("No such indicator"))
    where = asked(request, "period", "project")
    month = month_asked(request, where.tops)
    base = indicator(rule.growth_of) or rule
    project = where.parameters.get("project", "")
    today, as_of = today_of(request), request.as_of
    lines = tabling.table(where.tops, month, today, as_of) if rule.scope == "zone" else ()
    context = {
        "where": where,
        "month": month,
        "rule": rule,
        "base": base,
        "line": next((one for one in lines if one.indicator.id == rule.id), None),
        "projects": tabling.counted_projects(rule, where.tops, month, today, as_of) if rule.event else (),
        "rows": () if rule.event else _entries(where, base.id, month, project, as_of),
        **about(request),
    }
    return render(request, "results/figure.html", context)


def _entries(where: Asked, id_: str, month: Month, project: str, as_of: datetime | None) -> list[readers.Kept]:
    within = where.tops if where.within is None else where.within
    found = (
        one
        for period in (month, month.before, month.year_before)
        for one in readers.revisions(zones=within, indicator=id_, period=str(period), project=project, as_of=as_of)
    )
    return list({one.id: one for one in found}.values())


@require_GET
@needs("indicator.read")
def by_size(request: SignedIn) -> HttpResponse:
    """Investment of a month by size of project, beside the published table and what it implies.  Five queries."""
    where = asked(request, "period", "size")
    month = month_asked(request, where.tops)
    found = size_table(where.tops, month, today_of(request), request.as_of)
    chosen = next((one for one in sizes().classes if one.id == where.parameters.get("size")), None)
    context = {
        "where": where,
        "month": month,
        "table": found,
        "chosen": chosen,
        "projects": [one for one in found.projects if chosen is None or one.total in chosen],
        "published": sizes().published,
        **about(request),
    }
    return render(request, "results/sizes.html", context)


def about(request: SignedIn) -> dict[str, object]:
    """What every page of results needs."""
    return {"telling": telling, "today": today_of(request), "place": "results"}
