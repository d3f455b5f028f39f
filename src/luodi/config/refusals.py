"""Turns a refusal raised anywhere below a view into a page with its sentence."""

from collections.abc import Callable
from typing import cast

from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luodi.accounts.gate import OutOfReach, Visit
from luodi.config.sentences import say
from luodi.desk import errors
from luodi.domain.vocabulary import BadInput, Problem, Refusal
from luodi.journal import actions as journal


class SpokenRefusals:
    """Answers `Refusal` and `BadInput` with a 400 page; anything else is a bug and stays one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal."""
        if isinstance(exception, OutOfReach | DataError | ValueError) and holds_nul(request):
            exception = Refusal("text_unreadable")  # PostgreSQL keeps no NUL, in whatever it is asked for
        if isinstance(exception, OutOfReach):
            return hidden(request, exception)
        if not isinstance(exception, BadInput | Refusal):
            return None
        said = exception.problems if isinstance(exception, BadInput) else (exception,)
        return spoken(request, *said)


def holds_nul(request: HttpRequest) -> bool:
    """Whether the address or the form holds a character that no text can have; nobody types it."""
    sent = (*request.GET.lists(), *request.POST.lists())
    return any("\x00" in one for _, values in sent for one in values)


def spoken(request: HttpRequest, *said: Problem | Refusal) -> HttpResponse:
    """The page for refusals: 403 for what the post may not do, 400 for the rest."""
    sentences = tuple(say(one, get_language() or "zh") for one in said)
    if any(one.code in ("not_allowed", "no_post") for one in said):
        return errors.page(request, 403, _("Not allowed here"), sentences)
    return errors.page(request, 400, _("This cannot be done as asked"), sentences)


def hidden(request: HttpRequest, refused: OutOfReach) -> HttpResponse:
    """The page for something of another zone: as if there were nothing, and an entry in the record that somebody tried."""
    zone = refused.zone or refused.acting.zone
    with transaction.atomic():
        journal.append(
            chain=f"reads:{zone}",
            kind="reach.refused",
            by=refused.acting,
            at=cast(Visit, request).now,
            zone=zone,
            payload={"function": refused.function, "page": request.path[:200]},
        )
    return errors.not_found(request)
