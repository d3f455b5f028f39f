"""How an operation of the interface is made: what it needs, what it answers, and what every refusal looks like."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar, cast

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router

from luodi.accounts.gate import SignedIn, require
from luodi.api.problems import Refused
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.vocabulary import Refusal

ROUTER = Router()
"""All operations: one router, since a question and an act may share an address."""

P = ParamSpec("P")
R = TypeVar("R")

REFUSALS = frozenset({400, 401, 403, 404, 409, 413, 422, 429})
FUNCTION = "x-function"
"""Where the description says which function of the table of rights an operation needs."""
MEDIA = "x-media"
"""Where an operation says which kinds of file it answers with."""
KEPT = 24 * 3600
"""Seconds for which a key is known to belong to a body."""
AS_OF: Mapping[str, object] = {
    "name": "as_of", "in": "query", "required": False,
    "description": "The answer as it was at this moment; a day means its end in China. Nothing: now.",
    "schema": {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]},
}  # fmt: skip
KEY: Mapping[str, object] = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "A name for this request, made by the caller. The same request sent again under it is done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}  # fmt: skip


def reads(tag: str, path: str, function: str, answer: Any, *, dated: bool = True) -> Callable[..., Any]:
    """Mark a question: GET, for posts that have `function` at all; `dated`: it can be asked as of a moment."""
    extra: dict[str, Any] = {FUNCTION: function, "parameters": [AS_OF] if dated else []}
    return _made(tag, ["GET"], path, function, answer, extra)


def files(tag: str, path: str, function: str, *media: str, method: str = "GET") -> Callable[..., Any]:
    """Mark a question that is answered with a file of one of these media types; or, as POST, an act that is."""
    extra: dict[str, Any] = {FUNCTION: function, MEDIA: media, "parameters": [] if method == "GET" else [KEY]}
    return _made(tag, [method], path, function, None, extra)


def file(content: bytes, name: str, media: str) -> HttpResponse:
    """A file as an answer, under its name."""
    answer = HttpResponse(content, content_type=media)
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def acts(tag: str, path: str, function: str, answer: Any, *, method: str = "POST") -> Callable[..., Any]:
    """Mark an act, for posts that have `function` at all; whether to this very record the view asks."""
    return _made(tag, [method], path, function, answer, {FUNCTION: function, "parameters": [KEY]})


def _made(
    tag: str, methods: list[str], path: str, function: str, answer: Any, extra: dict[str, Any]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def mark(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require(cast(SignedIn, args[0]).acting, function)
            answer = view(*args, **kwargs)
            return list(answer) if isinstance(answer, tuple) else answer  # type: ignore[return-value]  # a pair would be taken for a status

        name, doc = view.__name__, (view.__doc__ or "").strip()
        ROUTER.add_api_operation(
            path, methods, guarded, response={200: answer, REFUSALS: Refused}, operation_id=name, url_name=name,
            tags=[tag], summary=doc.split("\n")[0].split("  ")[0].rstrip("."), description=" ".join(doc.split()),
            openapi_extra=extra,
        )  # fmt: skip
        return guarded

    return mark


def key(request: HttpRequest) -> str | None:
    """The key of the action: of this post, this address and the caller's `Idempotency-Key`; None without one.

    Raises `Refusal`: `idempotency_key_wrong`; `idempotency_key_reused` for another body under the same key.
    """
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return None
    if not 1 <= len(given) <= 255 or not all("!" <= letter <= "~" for letter in given):
        raise Refusal("idempotency_key_wrong", field="Idempotency-Key")
    post = cast(SignedIn, request).acting.post
    made = sha256(json.dumps([post, request.method, request.path, given]).encode()).hexdigest()
    sent = _sent(request)
    if cache.get_or_set(f"api:key:{made}", sent, timeout=KEPT) != sent:
        raise Refusal("idempotency_key_reused", field="Idempotency-Key")
    return made


@contextmanager
def once(request: HttpRequest) -> Iterator[None]:
    """An act whose action takes no key: under the caller's key it is begun once a day, and again where it was refused.

    Raises `Refusal("already_done")` for a repeated one, which tells that it was done and by whom, and does nothing.
    """
    made, asks = key(request), cast(SignedIn, request)
    kept = f"api:once:{made}"
    mine = {"who": asks.acting.label, "when": asks.now.astimezone(SHANGHAI).isoformat()}
    if made is None:
        yield
        return
    if not cache.add(kept, mine, timeout=KEPT):
        known = cache.get(kept) or mine
        raise Refusal("already_done", who=known["who"], when=datetime.fromisoformat(known["when"]), hash="", seq=0)
    try:
        yield
    except BaseException:
        cache.delete(kept)
        raise


def _sent(request: HttpRequest) -> str:
    """The digest of what was sent; of a form with files, of its fields and files."""
    if not (request.content_type or "").startswith("multipart/"):
        return sha256(request.body).hexdigest()
    made = sha256(json.dumps(sorted((name, request.POST.getlist(name)) for name in request.POST)).encode())
    for name in sorted(request.FILES):
        for held in request.FILES.getlist(name):
            made.update(f"{name}:{held.size}:".encode())
            for part in held.chunks():
                made.update(part)
            held.seek(0)
    return made.hexdigest()
