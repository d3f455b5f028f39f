"""Lists as files: what a page shows, filtered as its address says, all of it, as Excel, CSV or a page to print.

A page offers it by one link: `{{ url('list_file', name='inbox') }}?{{ request.GET.urlencode() }}` (and `&as=csv`, `&as=print`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk import list_rows
from luodi.desk.sheet_views import as_file
from luodi.desk.tongue import language
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import export
from luodi.exchange.sheets.export import Shown

PRINTED = 2_000
"""Rows of a page to print; a longer list is printed from the workbook, which repeats its heads on every sheet."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that can be had as a file.  `function`: what its page needs."""

    function: str
    title: Text
    columns: Sequence[Shown]
    rows: Callable[[SignedIn], Iterator[Sequence[object]]]


LISTS = {
    "projects": Listed("project.read", Text("项目", "Projects"), list_rows.PROJECTS, list_rows.projects),
    "inbox": Listed("case.read", Text("办件", "Cases"), list_rows.INBOX, list_rows.inbox),
    "debts": Listed("debt.read", Text("承诺与欠件", "Commitments and debts"), list_rows.DEBTS, list_rows.debts),
    "people": Listed("people.read", Text("人员与岗位", "People and posts"), list_rows.PEOPLE, list_rows.people),
}


@require_GET
@needs("account.own")
def list_file(request: SignedIn, name: str) -> HttpResponseBase:
    """A list as a file: its own page's function decides who may have it.  As many queries as the list has pages of 500."""
    listed = LISTS.get(name)
    if listed is None:
        raise Http404
    require(request.acting, listed.function)
    rows, wanted = listed.rows(request), request.GET.get("as", "xlsx")
    stem = f"{listed.title[language()]}-{timezone.localdate(request.now)}"
    if wanted == "csv":
        pieces = export.write_csv(listed.columns, rows, language=language())
        response = StreamingHttpResponse(pieces, content_type=export.CSV)
        response["Content-Disposition"] = content_disposition_header(True, f"{stem}.csv")
        return response
    about = about_of(request)
    if wanted == "print":
        return _printed(request, listed, rows, about)
    data = export.write(listed.columns, rows, title=listed.title, language=language(), about=about)
    return as_file(data, f"{stem}.xlsx")


def about_of(request: SignedIn) -> str:
    """The line under the title: the filters of the address, who had the list made, and when."""
    left_out = ("as", "after", "before", "case")
    filters = "，".join(f"{key}={value}"[:60] for key, value in request.GET.items() if value and key not in left_out)
    moment = timezone.localtime(request.now).strftime("%Y-%m-%d %H:%M")
    return " · ".join(part for part in (filters, request.acting.label, moment) if part)


def _printed(request: SignedIn, listed: Listed, rows: Iterator[Sequence[object]], about: str) -> HttpResponse:
    shown: list[Sequence[object]] = []
    more = False
    for row in rows:
        if len(shown) >= PRINTED:
            more = True
            break
        shown.append(row)
    context = {"title": listed.title, "columns": listed.columns, "rows": shown, "about": about, "more": more}
    return render(request, "desk/sheet_print.html", context)
