"""What is answered where something cannot be done: one shape for every refusal, with its words in both languages."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import BaseModel, Field

from luodi.domain.vocabulary import BadInput, Problem, Refusal, Text

Say = Callable[[Problem | Refusal, str], str]
"""The sentence of a refusal in a language (`config.sentences.say`)."""

MEDIA_TYPE = "application/problem+json"
STATUSES: Mapping[str, int] = {
    "token_missing": 401,
    "token_unknown": 401,
    "token_waits": 401,
    "not_allowed": 403,
    "no_post": 403,
    "api_not_found": 404,
    "no_such_debt": 404,
    "no_such_order": 404,
    "no_such_visit": 404,
    "no_such_request": 404,
    "no_such_case": 404,
    "no_such_asking": 404,
    "no_such_halt": 404,
    "lead_person_unknown": 404,
    "webhook_gone": 404,
    "token_gone": 404,
    "api_method_not_allowed": 405,
    "case_changed": 409,
    "lead_changed": 409,
    "dealing_changed": 409,
    "promise_found_meanwhile": 409,
    "already_done": 409,
    "already_done_elsewhere": 409,
    "idempotency_key_reused": 409,
    "api_too_large": 413,
    "api_request_unreadable": 422,
    "api_too_many": 429,
    "api_broken": 500,
}
"""Status of a refusal by its code; any other is 400: it can be mended by asking differently, or for something else."""


class Words(BaseModel, from_attributes=True):
    """A name or sentence in Chinese and in English."""

    zh: str
    en: str


class Fault(BaseModel):
    """One fault of a request or of a file: where it stands, and what is wrong."""

    where: str = Field(description="Path of the field, or file and line")
    words: Words


class Refused(BaseModel):
    """Why something was not done (RFC 9457), in words for people and with a code for programs."""

    type: str = Field(description="`urn:luodi:problem:` and the code")
    status: int
    code: str = Field(description="Stable name of the refusal")
    title: Words = Field(description="The sentence a page would show")
    facts: dict[str, object] = Field(description="What the sentence speaks of: of a stale case, who did what and when")
    errors: list[Fault] = Field(description="Each fault of the request; empty for a refusal of one kind")


def refused(said: Refusal, say: Say, *, errors: tuple[Fault, ...] = ()) -> HttpResponse:
    """The answer to a refusal."""
    facts = {name: plain(value) for name, value in said.facts.items()}
    return answered(said.code, Words(zh=say(said, "zh"), en=say(said, "en")), facts, errors)


def unusable(said: BadInput, say: Say) -> HttpResponse:
    """The answer to a file with faults: all of them at once."""
    found = tuple(
        Fault(
            where=":".join(str(part) for part in (one.where.file, one.where.line) if part is not None),
            words=Words(zh=say(one, "zh"), en=say(one, "en")),
        )
        for one in said.problems
    )
    first = said.problems[0]
    return answered(first.code, found[0].words, {}, found, status=400)


def answered(
    code: str, title: Words, facts: Mapping[str, object], errors: tuple[Fault, ...] = (), *, status: int | None = None
) -> HttpResponse:
    """A problem document."""
    known = status or STATUSES.get(code, 400)
    body = Refused(
        type=f"urn:luodi:problem:{code}", status=known, code=code, title=title, facts=dict(facts), errors=list(errors)
    )
    answer = JsonResponse(body.model_dump(mode="json"), status=known, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    if known == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="luodi"'
    if known == HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = str(facts.get("seconds", 60))
    return answer


def outside(request: HttpRequest, answer: HttpResponse, say: Say) -> HttpResponse:
    """A problem document instead of a page that refuses: where Django answered before any operation was reached."""
    by_status = {404: "api_not_found", 405: "api_method_not_allowed", 413: "api_too_large"}
    code = by_status.get(answer.status_code, "api_broken" if answer.status_code >= 500 else "api_bad_request")
    made = refused(Refusal(code), say)
    made.status_code = answer.status_code
    if "Allow" in answer.headers:
        made.headers["Allow"] = answer.headers["Allow"]
    return made


def plain(value: object) -> object:
    """A fact as JSON has it."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return str(value)
