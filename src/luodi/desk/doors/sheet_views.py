"""Ledgers by upload: hand in, see what it would do, settle the columns, take in, get the bad rows back, take back."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luodi.accounts.access import Scope, access
from luodi.accounts.acting import Acting
from luodi.accounts.gate import SignedIn, needs, require, verdict
from luodi.desk.asked import attempt, status
from luodi.desk.tongue import language
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets import actions, blank, export, ledgers, readers, returning
from luodi.exchange.sheets.handing import take_up
from luodi.exchange.sheets.limits import MOST_BYTES
from luodi.exchange.sheets.loading import LOADERS
from luodi.exchange.sheets.telling import Told, speak

ROWS_SHOWN = 200
REFRESHED = "3"
"""Seconds after which the page of an import that the worker has in hand is asked for again."""


@require_http_methods(["GET", "POST"])
@needs("sheet.take")
def sheets(request: SignedIn) -> HttpResponseBase:
    """The kinds of ledger, and what was handed in; a file that is sent is tried at once.  One query for the list."""
    refused, number = None, list[int]()
    if request.method == "POST":
        refused = attempt(lambda: number.append(_handed_in(request)))
        if refused is None:
            return redirect("sheet", sheet=number[0])
    rules = [ledgers.ledger(kind) for kind in LOADERS]
    context = {
        "kinds": [one for one in rules if verdict(request.acting, one.function).allowed],
        "chosen": request.POST.get("kind") or request.GET.get("kind", ""),
        "rows": readers.imports(post=request.acting.post, zones=zones_of(request.acting)),
        "names": {one.id: one.name for one in rules},
        "refused": refused,
        "limit": MOST_BYTES // 1_000_000,
        "place": "sheets",
    }
    return render(request, "doors/sheets.html", context, status=status(refused))


def _handed_in(request: SignedIn) -> int:
    sent, kind = request.FILES.get("file"), request.POST.get("kind", "")
    if sent is None:
        raise Refusal("choice_missing", field="file")
    if (sent.size or 0) > MOST_BYTES:
        raise Refusal("sheet_too_large", limit=MOST_BYTES // 1_000_000)
    require(request.acting, ledgers.ledger(kind).function)
    return actions.hand_in(data=sent.read(), name=sent.name or "", kind=kind, by=request.acting, at=request.now)


@require_GET
@needs("sheet.take")
def sheet(request: SignedIn, sheet: int) -> HttpResponse:
    """One import: what it would do, does or did.  Three queries."""
    return _page(request, sheet)


@require_POST
@needs("sheet.take")
def columns(request: SignedIn, sheet: int) -> HttpResponseBase:
    """The columns as a person chose them: the file is tried anew, and the choice is kept for the office's next file."""
    return _act(request, sheet, lambda row: _settle(request, row))


def _settle(request: SignedIn, row: readers.Handed) -> None:
    actions.settle_columns(
        number=row.id, chosen=_chosen(request.POST), sheet=request.POST.get("sheet", "")[:100], by=request.acting,
        at=request.now,
    )  # fmt: skip


def _chosen(sent: QueryDict) -> dict[int, str]:
    """By number of the column; "" leaves it out."""
    names = [name for name in sent if name.startswith("column-") and name[7:].isdecimal() and len(name) < 12]
    return {int(name[7:]): sent.get(name, "")[:40] for name in names}


@require_POST
@needs("sheet.take")
def take(request: SignedIn, sheet: int) -> HttpResponseBase:
    """Take the good rows in."""
    return _act(request, sheet, lambda row: actions.take_in(number=row.id, by=request.acting, at=request.now))


@require_POST
@needs("sheet.take")
def back(request: SignedIn, sheet: int) -> HttpResponseBase:
    """Take a whole import back."""
    reason = request.POST.get("reason", "")
    return _act(
        request, sheet, lambda row: actions.take_back(number=row.id, reason=reason, by=request.acting, at=request.now)
    )


@require_GET
@needs("sheet.take")
def returned(request: SignedIn, sheet: int) -> HttpResponse:
    """The file as it was handed in, with the cells to mend coloured and the reasons beside them."""
    row = seen(request, sheet)
    data = readers.content(row.id)
    if data is None:
        raise Refusal("sheet_bytes_forgotten")
    saved = None if row.chosen else readers.choices(request.acting.organisation, row.kind)
    handed = take_up(data, row.name, row.kind, sheet=row.sheet, chosen=row.chosen, saved=saved)
    told = {line.number: line.told for line in readers.lines(row.id)}
    stem = row.name.rpartition(".")[0] or row.name
    return as_file(
        returning.write(handed, told, language()), f"{stem}-{'需修改' if language() != 'en' else 'to mend'}.xlsx"
    )


@require_GET
@needs("sheet.take")
def blank_file(request: SignedIn, kind: str) -> HttpResponse:
    """An empty ledger to fill in."""
    rules = ledgers.ledger(kind)
    return as_file(blank.write(rules, language()), f"{rules.name[language()]}.xlsx")


def as_file(content: bytes, name: str, kind: str = export.XLSX) -> HttpResponse:
    """A file to keep, under its name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _act(request: SignedIn, number: int, act: Callable[[readers.Handed], object]) -> HttpResponseBase:
    row = seen(request, number)
    refused = attempt(lambda: act(row))
    return _page(request, number, refused) if refused else redirect("sheet", sheet=number)


def seen(request: SignedIn, number: int) -> readers.Handed:
    """The import, where the post may see it.  One query.  Raises Http404."""
    row, acting = readers.handed(number), request.acting
    zones = zones_of(acting)
    if row is None or not (row.post == acting.post or zones is None or (row.zone and row.zone in zones)):
        raise Http404
    require(acting, ledgers.ledger(row.kind).function)
    return row


def zones_of(acting: Acting) -> frozenset[str] | None:
    """The zones whose imports a post sees; none but its own for whoever sees only their projects."""
    wide = access().scope("sheet.take", acting.kind) in (Scope.ZONE, Scope.PROVINCE)
    return acting.reach if wide else frozenset()


def _page(request: SignedIn, number: int, refused: Refusal | None = None) -> HttpResponse:
    row = seen(request, number)
    rules = ledgers.ledger(row.kind)
    lines = readers.lines(number, limit=ROWS_SHOWN + 1)
    context = {
        "row": row,
        "rules": rules,
        "lines": [(line, [spoken(row, told) for told in line.told]) for line in lines[:ROWS_SHOWN]],
        "more": row.refused + row.kept - ROWS_SHOWN,
        "problems": [speak(one.code, one.facts, language()) for one in row.problems],
        "before": readers.same_file(row.digest, row.kind, row.id) if row.state == "checked" else None,
        "mine": row.post == request.acting.post,
        "refused": refused,
        "typed": request.POST,
        "place": "sheets",
    }
    response = render(request, "doors/sheet.html", context, status=status(refused))
    if row.moving:
        response["Refresh"] = REFRESHED
    return response


def spoken(row: readers.Handed, told: Told) -> tuple[str, str]:
    """The head of the column a fault is about, and its sentence."""
    head = next((one.head for one in row.columns if one.index == told.index), "") if told.index is not None else ""
    return head, speak(told.code, told.facts, language())
