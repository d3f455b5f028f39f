"""Parts of long lists, painted once and kept: a row changes only when its case or the hour does.

Fifty rows through a template cost more than their query; kept, they cost nothing (docs: bench, list page).
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from jinja2 import Environment

KEPT = 40_000
_kept: OrderedDict[Hashable, str] = OrderedDict()
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
    found = _kept.get(key)
    if found is None:
        found = make()
        with _lock:
            _kept[key] = found
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return found
