"""Pages that say no, in the same look."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

MOST_TAKEN = 256_000_000
"""Bytes of a form that is too long; whoever sends more than this is cut off."""


def page(request: HttpRequest, status: int, title: str, sentences: tuple[str, ...]) -> HttpResponse:
    """A page with what is wrong and what to do; `sentences` one per line."""
    return render(request, "desk/error.html", {"title": title, "sentences": sentences, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address or form cannot be understood; or it is longer than any text somebody writes by hand."""
    sentence = _("The address or form holds something unknown here.")
    if isinstance(exception, RequestDataTooBig):
        let_finish(request)
        sentence = _(
            "The form was too long to be taken. Go back: what you typed is still there. Attach long texts as a file."
        )
    return page(request, 400, _("This cannot be done as asked"), (sentence,))


def let_finish(request: HttpRequest) -> None:
    """Take the rest of a form and drop it: a browser that is cut off while it sends shows no answer at all."""
    left = MOST_TAKEN
    while left > 0 and (part := request.read(min(left, 65_536))):
        left -= len(part)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed."""
    return page(request, 403, _("Not allowed here"), (_("Please go back and try again."),))


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its safety mark: an old page, or another site."""
    sentence = _("The page was open too long, or its form came from elsewhere. Load it again and repeat what you did.")
    return page(request, 403, _("Please load the page again"), (sentence,))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing at this address."""
    sentence = _("Nothing is kept at this address. Search, or start from the command room.")
    return page(request, 404, _("Not found"), (sentence,))


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    sentence = _("This is a fault of the program, not of yours. It has been written to the log.")
    return page(request, 500, _("Something broke"), (sentence,))
