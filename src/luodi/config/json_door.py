"""The outside of the JSON interface: no cookies in, nothing but JSON out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from luodi.api.limits import Rate
from luodi.api.problems import outside, refused
from luodi.config.refusals import holds_nul
from luodi.config.sentences import say
from luodi.config.who import moment
from luodi.domain.vocabulary import Refusal

PREFIX, PAGE = "/api/", "/api/v1/docs"
"""Where the interface begins; and its description, which is a page like any other."""
LARGEST_FORM = 64_000_000
"""Bytes of a form with a file in it: a paper of 50 MB fits.  It is not held in memory, as JSON is."""
OLDEST = 2000
"""No `as_of` lies before this year."""


class JsonDoor:
    """Takes cookies off requests for the interface, so that no session and no forged form counts, and speaks JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; a page that refuses becomes a problem document."""
        if not request.path.startswith(PREFIX) or request.path == PAGE:
            return self.get_response(request)
        request.COOKIES.clear()
        if (wrong := stopped(request)) is not None:
            return refused(wrong, say)
        answer = self.get_response(request)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code >= 400 and "json" not in kind and isinstance(answer, HttpResponse):
            answer = outside(request, answer, say)
        rate: Rate | None = vars(request).get("rate")
        if rate is not None:
            answer.headers["RateLimit"] = f'"token";r={rate.left};t={rate.seconds}'
            answer.headers["RateLimit-Policy"] = f'"token";q={rate.limit};w=60'
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer


def stopped(request: HttpRequest) -> Refusal | None:
    """Why a request goes no further than this; None where it may."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    has_file = (request.content_type or "").startswith("multipart/")
    most = LARGEST_FORM if has_file else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if length.isdigit() and int(length) > most:
        return Refusal("api_too_large")
    if "\x00" in request.path or holds_nul(request):
        return Refusal("api_bad_request")
    asked = request.GET.get("as_of", "")
    too_old = Refusal("as_of_unreadable", value=asked[:80])
    try:
        at = moment(asked, timezone.now())
    except OverflowError:
        return too_old
    except Refusal as said:
        return said
    return too_old if at is not None and at.year < OLDEST else None
