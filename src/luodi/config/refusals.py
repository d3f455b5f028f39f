"""Turns a refusal raised anywhere below a view into a page with its sentence."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luodi.config.sentences import say
from luodi.desk import errors
from luodi.domain.vocabulary import BadInput, Refusal


class SpokenRefusals:
    """Answers `Refusal` and `BadInput` with a 400 page; anything else is a bug and stays one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal."""
        if not isinstance(exception, BadInput | Refusal):
            return None
        said = exception.problems if isinstance(exception, BadInput) else (exception,)
        sentences = tuple(say(one, get_language() or "zh") for one in said)
        return errors.page(request, 400, _("This cannot be done as asked"), sentences)
