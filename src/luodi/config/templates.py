"""Jinja2 as the pages use it: translated, with the few filters that dates, days and names need."""

from functools import lru_cache
from hashlib import sha256

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from luodi.accounts.gate import verdict
from luodi.config.sentences import say
from luodi.desk import durations, moments
from luodi.desk.charting import words
from luodi.desk.tongue import language
from luodi.domain.vocabulary import Problem, Refusal, Text

PRESENT_ONLY = tuple(f"luodi.desk.looking.{one}" for one in ("views", "kept_views", "many_views"))
"""Tools of the present, which keep no past: finding, filters that people keep, acts on many rows.

What the search finds is said anew whenever its subject changes; the pages it leads to can be asked as of a moment.
"""


def environment(**options: object) -> Environment:
    """The environment Django asks for (the OPTIONS of settings, passed through)."""
    wanted = options | {
        "undefined": StrictUndefined,
        "extensions": ["jinja2.ext.i18n"],
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    result = Environment(**wanted)  # type: ignore[arg-type]  # noqa: S701 - autoescape is among the options
    result.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    result.globals.update(
        asset=asset, url=url, language=language, words=words, holds=holds, present_only=present_only, _=translated
    )
    result.globals.update(durations=durations, lasting=durations.lasting)
    result.filters.update(
        said=said, days=days, limit=lambda number: words.limit(number, language()), sentence=sentence, why=why
    )
    result.filters.update(day=moments.day, moment=moments.moment, hours=moments.hours)
    return result


def translated(message: str, **facts: object) -> Markup:
    """A sentence of a template in the page's language: what Jinja's own `_` gives, without searching it each time."""
    known = _translated(get_language(), message)
    return known % facts if facts else _plain(known)


@lru_cache(maxsize=4096)
def _translated(_language: str | None, message: str) -> Markup:
    return Markup(gettext(message))  # noqa: S704 - written in our templates and translations, as Jinja takes them


@lru_cache(maxsize=4096)
def _plain(known: Markup) -> Markup:
    return known % {}


def said(value: Text | str) -> str:
    """A bilingual text in the language of the page."""
    return value[language()] if isinstance(value, Text) else value


def days(count: int) -> str:
    """A length in days with its unit."""
    return words.days(count, language())


def sentence(said: Problem | Refusal) -> str:
    """What a refusal says, in the language of the page: beside the form it belongs to."""
    return say(said, language())


def why(words: Text | Refusal) -> str:
    """Why something may not be done: a verdict's words, or the sentence of a refusal."""
    return sentence(words) if isinstance(words, Refusal) else said(words)


def holds(request: HttpRequest, function: str) -> bool:
    """Whether the acting post has a function somewhere: what decides which links a page offers, not what they open."""
    acting = getattr(request, "acting", None)
    return acting is not None and verdict(acting, function).allowed


def present_only(request: HttpRequest) -> bool:
    """Whether a page was asked as of a moment and cannot be: then it says that it shows today."""
    match = request.resolver_match
    return (
        getattr(request, "as_of", None) is not None
        and match is not None
        and (match.func.__module__.startswith(PRESENT_ONLY))
    )


def url(name: str, /, **kwargs: object) -> str:
    """The address of a page."""
    return _reversed(name, tuple(kwargs.items()))


@lru_cache(maxsize=8192)
def _reversed(name: str, parts: tuple[tuple[str, object], ...]) -> str:
    # Django searches its patterns anew at every call: 15 µs, on a list of fifty rows more than the query costs.
    return reverse(name, kwargs=dict(parts) or None)


@lru_cache(maxsize=64)
def asset(path: str) -> str:
    """The address of a static file with a mark of its content, so that a new release is never read from an old cache."""
    found = finders.find(path)
    if not isinstance(found, str):
        return static(path)
    with open(found, "rb") as file:
        return f"{static(path)}?v={sha256(file.read()).hexdigest()[:10]}"
