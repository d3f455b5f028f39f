"""How an operation of the interface is made: what it needs, what it answers, and what every refusal looks like."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar, cast

from django.core.cache import cache
from django.http import HttpRequest
from ninja import Router

from luodi.accounts.gate import SignedIn, require
from luodi.api.problems import Refused
from luodi.domain.vocabulary import Refusal

ROUTER = Router()
"""All operations: one router, since a question and an act may share an address."""

P = ParamSpec("P")
R = TypeVar("R")

REFUSALS = frozenset({400, 401, 403, 404, 409, 413, 422, 429})
FUNCTION = "x-function"
"""Where the description says which function of the table of rights an operation needs."""
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
    body = sha256(request.body).hexdigest()
    if cache.get_or_set(f"api:key:{made}", body, timeout=KEPT) != body:
        raise Refusal("idempotency_key_reused", field="Idempotency-Key")
    return made
