"""The interface as a whole: its rooms, its description, and how it refuses."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from luodi.accounts.gate import OutOfReach
from luodi.api.docs import HousePage
from luodi.api.doors import MEDIA
from luodi.api.entering import Bearer
from luodi.api.operations import rooms
from luodi.api.problems import MEDIA_TYPE, Fault, Say, Words, refused, unusable
from luodi.domain.vocabulary import BadInput, Refusal

TITLE, VERSION = "luodi 落地", "1"
BYTES = {"type": "string", "format": "binary"}
NAME = "api-1"
"""The namespace of its addresses."""
DESCRIPTION = (
    "页面能看、能办的，程序凭岗位令牌都能看、能办。What the pages show and do, for programs: each acts as one post, "
    "with a token made on the page /account/tokens/, and stands in the record under that post's name."
)


class Interface(NinjaAPI):
    """The interface; refusals are `application/problem+json`."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The description, with the media type refusals really have; made once in a process, for it takes seconds."""
        asked = repr(sorted(kwargs.items()))
        kept: dict[str, OpenAPISchema] = vars(self).setdefault("described", {})
        if asked not in kept:
            kept[asked] = self._described(**kwargs)
        return kept[asked]

    def _described(self, **kwargs: Any) -> OpenAPISchema:
        made = super().get_openapi_schema(**kwargs)
        for operations in made["paths"].values():
            for one in operations.values():
                if kinds := one.pop(MEDIA, ()):
                    one["responses"][200]["content"] = {
                        kind: {"schema": {} if "json" in kind else BYTES} for kind in kinds
                    }
                for status, answer in one["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        answer["content"] = {MEDIA_TYPE: content["application/json"]}
        return made


@cache
def mounted(say: Say) -> Interface:
    """The interface, speaking by `say` (`config.sentences.say`); the same one when asked again."""
    api = Interface(
        title=TITLE,
        version=VERSION,
        urls_namespace=NAME,
        description=DESCRIPTION,
        docs=HousePage(),
        docs_url="/docs",
        auth=Bearer(),
    )
    api.add_router("", rooms())
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: lambda _request, said: refused(said, say),
        BadInput: lambda _request, said: unusable(said, say),
        Http404: lambda _request, _said: refused(Refusal("api_not_found"), say),
        ValidationError: lambda _request, said: unreadable(said, say),
        HttpError: lambda _request, _said: refused(Refusal("api_bad_request"), say),
        OutOfReach: raised,  # the gate's own 404 records the attempt (config/refusals.py)
        Exception: raised,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    return api


def raised(_request: HttpRequest, said: Exception) -> HttpResponse:
    """Let Django's own layers deal with it."""
    raise said


def unreadable(said: ValidationError, say: Say) -> HttpResponse:
    """A request that does not follow the description: every fault with its place."""
    errors = tuple(
        Fault(where=".".join(str(part) for part in one["loc"]), words=Words(zh=one["msg"], en=one["msg"]))
        for one in said.errors
    )
    return refused(Refusal("api_request_unreadable"), say, errors=errors)
