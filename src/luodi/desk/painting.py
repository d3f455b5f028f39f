"""Parts of long lists, and lists whole, painted once and kept: a row changes only when its case or the hour does.

Fifty rows through a template cost more than their query, and the frame around them as much again; kept, they cost
nothing (docs: bench, list page).
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.loader import render_to_string
from jinja2 import Environment
from markupsafe import escape

from luodi.desk.asked import new_key
from luodi.desk.tongue import language

Part = TypeVar("Part")
KEPT, WHOLE, SHARED = 40_000, 200, 16
OWN = {
    "token": re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*'),
    "place": re.compile(r'(?<=name="next" value=")[^"]*'),
    "key": re.compile(r'(?<=name="key" value=")[^"]*'),
}

LATE, SPLIT = "\ue000{}\ue000", re.compile("\ue000([a-z]+)\ue000")
"""Stands in a kept page for what each answer has anew; a character of nobody's writing."""
_kept: OrderedDict[Hashable, str] = OrderedDict()
_whole: OrderedDict[Hashable, tuple[bytes, ...]] = OrderedDict()
_tokens: OrderedDict[str, tuple[str, int]] = OrderedDict()
_lock = Lock()


def environment() -> Environment:
    """The pages' own environment, with its filters and translations."""
    found: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return found


def paint(template: str, **context: object) -> str:
    """A part of a page."""
    return environment().get_template(template).render(context)


def page(request: HttpRequest, template: str, context: dict[str, object]) -> str:
    """A part of a page that needs the request: forms, the person acting."""
    return render_to_string(template, context, request)


def kept(key: Hashable, make: Callable[[], str]) -> str:
    """The part under `key`, painted at the first asking; the oldest goes first.  `key` holds all that it shows."""
    return _found(_kept, KEPT, key, make)


def whole(
    request: HttpRequest, template: str, key: Hashable, context: Callable[[], dict[str, object]], **late: str
) -> HttpResponse:
    """A whole page, kept for one person in one post under everything it shows: what is in `key`, who acts, the header.

    What differs in each answer is no part of the key: the forms' token, the page's own address where a form leads back
    to it, the idempotency key of every form that counts once, and `late`, marks which the page shows as they are given.
    """
    seen: dict[str, object] = vars(request)
    unread = seen["unread"]() if "unread" in seen else 0  # type: ignore[operator]

    def make() -> tuple[bytes, ...]:
        seen["unread"] = lambda: unread
        body = page(request, template, {**context(), **{name: LATE.format(name) for name in late}})
        for name, pattern in OWN.items():
            body = pattern.sub(LATE.format(name), body)
        return tuple(part.encode() for part in SPLIT.split(body))

    mine = (key, seen["acting"], seen["standing"], unread, language())
    found = _found(_whole, WHOLE, mine, make)
    parts = list(found)
    given = {"token": token(request), "place": request.get_full_path(), **late}
    parts[1::2] = [
        new_key().encode() if name == b"key" else str(escape(given[name.decode()])).encode() for name in parts[1::2]
    ]
    return HttpResponse(b"".join(parts))


def forget() -> None:
    """Keep no whole page: as if something had been recorded about each."""
    _whole.clear()


def token(request: HttpRequest) -> str:
    """The token of this browser's forms.  Making one takes as long as the rest of a kept page, so some pages share theirs.

    A token is made to look different each time against guessing it from how well pages compress, which takes thousands of
    pages with the same one.
    """
    secret: str = request.META.get("CSRF_COOKIE") or ""
    found, left = _tokens.get(secret, ("", 0))
    if not left:
        found, left = get_token(request), SHARED
        secret = request.META["CSRF_COOKIE"]
    with _lock:
        _tokens[secret] = found, left - 1
        while len(_tokens) > KEPT:
            _tokens.popitem(last=False)
    return found


def _found(store: OrderedDict[Hashable, Part], most: int, key: Hashable, make: Callable[[], Part]) -> Part:
    found = store.get(key)
    if found is None:
        found = make()
        with _lock:
            store[key] = found
            while len(store) > most:
                store.popitem(last=False)
    return found
