"""The bar of kept views above a list, and the page of them: choose, keep, rename, share, take away, bring back."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk import asked
from luodi.domain.vocabulary import Refusal
from luodi.finding import keeping

P = ParamSpec("P")
LISTS: Mapping[str, str] = {
    "inbox": "case.read", "projects": "project.read", "debts": "debt.read", "halts": "halt.read", "land": "land.read",
    "ledgers": "ledger.read", "pipeline": "lead.read", "factor_board": "factor.read",
}  # fmt: skip
"""Lists whose views may be kept, by the name of their address, and the function that opens each."""

OPENING = frozenset(LISTS) - {"inbox"}
"""Lists that open with their reader's usual view; the inbox opens with what runs out first."""


def opens_usual(
    page: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Mark a list: asked for without any filter it opens with the view that its reader made the usual one.  One query."""

    def mark(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            acting = getattr(request, "acting", None)
            if (
                request.method == "GET"
                and not request.GET
                and acting is not None
                and not request.headers.get("HX-Request")
            ):
                query = keeping.usual(page=page, post=acting.post)
                if query:
                    return HttpResponseRedirect(f"{request.path}?{query}")
            return view(request, *args, **kwargs)

        return opened

    return mark


@require_GET
@needs("view.own")
def views_of(request: SignedIn, kind: str) -> HttpResponse:
    """The views of a list: a bar where a list asks for it, else a page.  One query."""
    return _shown(request, kind)


@require_POST
@needs("view.own")
def keep(request: SignedIn, kind: str) -> HttpResponse:
    """Keep the filter of a list."""
    _address(request, kind)
    sent = request.POST
    refused = asked.attempt(
        lambda: keeping.keep_view(
            page=kind, name=sent.get("name", ""), query=sent.get("query", ""), shared="shared" in sent,
            usual="usual" in sent, by=request.acting, at=request.now, key=asked.key(sent),
        )
    )  # fmt: skip
    return _shown(request, kind, refused)


@require_POST
@needs("view.own")
def change(request: SignedIn, view: int) -> HttpResponse:
    """Rename a view, share it, make it the usual one; or take it away; or bring it back."""
    sent, removed = request.POST, None
    act = sent.get("act", "change")
    name = sent.get("page", "")
    try:
        if act == "remove":
            removed = (view, keeping.remove_view(view=view, by=request.acting, at=request.now))
        elif act == "restore":
            keeping.restore_view(view=view, by=request.acting, at=request.now)
        else:
            keeping.change_view(
                view=view, name=sent.get("name", ""), shared="shared" in sent, usual="usual" in sent,
                by=request.acting, at=request.now,
            )  # fmt: skip
    except Refusal as refused:
        return _shown(request, name, refused)
    return _shown(request, name, removed=removed)


def _shown(
    request: SignedIn, name: str, refused: Refusal | None = None, removed: tuple[int, str] | None = None
) -> HttpResponse:
    address = _address(request, name)
    bar = bool(request.headers.get("HX-Request"))
    here = urlsplit(request.headers.get("HX-Current-URL", "")).query if bar else request.GET.get("query", "")
    query = request.POST.get("query") if request.method == "POST" else None
    context = {
        "page": name,
        "address": address,
        "rows": keeping.kept(page=name, by=request.acting),
        "query": keeping.filter_of(here if query is None else query),
        "refused": refused,
        "removed": removed,
        "typed": request.POST if refused else {},
        "key": asked.new_key(),
        "opening": name in OPENING,
        "place": name,
    }
    template = "looking/views_bar.html" if bar else "looking/views.html"
    return render(request, template, context, status=200 if bar else asked.status(refused))


def _address(request: SignedIn, name: str) -> str:
    """Where a list stands, if it is one of this post's.  Raises `Http404` for any other."""
    if name not in LISTS or not verdict(request.acting, LISTS[name]).allowed:
        raise Http404
    try:
        return reverse(name)
    except NoReverseMatch:
        raise Http404 from None
