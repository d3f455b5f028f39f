"""What became of the rows sent to the national exchange: counts by table, what failed and why, and sending one again."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from luodi.accounts.gate import SignedIn, needs, verdict
from luodi.desk.asked import attempt, number
from luodi.domain.vocabulary import Refusal
from luodi.exchange.national.answers import Read, read_back, resend
from luodi.exchange.national.standard import standard

NOTHING = Read((), (), None)


@require_GET
@needs("exchange.read")
def national(request: SignedIn) -> HttpResponse:
    """The answers of the national side, of the zones in reach.  Two queries a table, on the staging database."""
    return _shown(request)


@require_POST
@needs("exchange.send")
def national_resend(request: SignedIn) -> HttpResponseBase:
    """Send a failed row once more."""

    def act() -> None:
        sent = request.POST
        resend(
            staging(), standard(), table=sent.get("table", ""), key=sent.get("key", ""), number=number(sent, "number"),
            zones=request.acting.reach, by=request.acting, at=request.now,
        )  # fmt: skip

    refused = attempt(act)
    return _shown(request, refused) if refused else redirect("national")


def _shown(request: SignedIn, refused: Refusal | None = None) -> HttpResponse:
    after = request.GET.get("after", "")
    found, unread = NOTHING, None
    try:
        found = read_back(
            staging(), standard(), zones=request.acting.reach,
            after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0,
        )  # fmt: skip
    except Refusal as why:
        unread = why
    context = {
        "found": found, "unread": unread, "refused": refused, "place": "national",
        "may": verdict(request.acting, "exchange.send"),
    }  # fmt: skip
    return render(request, "doors/national.html", context, status=400 if refused else 200)


def staging() -> str:
    """Where the staging database is (setting EXCHANGE_URL).  Raises `Refusal` where none was named."""
    url: str = getattr(settings, "EXCHANGE_URL", "")
    if not url:
        raise Refusal("national_not_set_up")
    return url
