"""The one door: may this person, in this post, do this here — and the one sentence that says why, or why not."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponseBase

from luodi.accounts import entering
from luodi.accounts.access import Scope, access
from luodi.accounts.acting import Acting
from luodi.accounts.offices import kind_name, kind_names
from luodi.domain.vocabulary import Refusal, Text

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
PUBLIC = "public"
"""What `view.function` says of a page that needs no sign-in."""


class Visit(HttpRequest):
    """A request as the middleware hands it on: who acts (None before sign-in), now, and the moment asked about."""

    acting: Acting | None
    now: datetime
    as_of: datetime | None


class SignedIn(Visit):
    """A request behind `needs`: somebody acts."""

    acting: Acting


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed, and why in one sentence; `outside`: it is not even to be known that it exists."""

    allowed: bool
    words: Text
    outside: bool = False


class OutOfReach(Exception):  # noqa: N818 - an answer, not an error
    """Something of another zone or another enterprise: the page is not found (404), and the attempt is recorded."""

    def __init__(self, acting: Acting, function: str, zone: str) -> None:
        super().__init__(function)
        self.acting, self.function, self.zone = acting, function, zone


def needs(
    function: str,
) -> Callable[
    [Callable[Concatenate[SignedIn, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Mark a view: sign-in first, and the current post's kind must have the function at all.

    Whether it may touch this very record the view asks with `require`, once it knows the record.
    """

    def mark(
        view: Callable[Concatenate[SignedIn, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            acting: Acting | None = getattr(request, "acting", None)
            if acting is None:
                if getattr(request, "standing", None) is not None:
                    raise Refusal("no_post")
                return entering.instead(request)
            require(acting, function)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the middleware made it a SignedIn

        guarded.function = function  # type: ignore[attr-defined]
        return guarded

    return mark


def public(view: Callable[Concatenate[Visit, P], R]) -> Callable[Concatenate[HttpRequest, P], R]:
    """Mark a view as open to everybody, signed in or not."""
    view.function = PUBLIC  # type: ignore[attr-defined]
    return view  # type: ignore[return-value]


def verdict(
    acting: Acting,
    function: str,
    *,
    zone: str | None = None,
    organisation: int | None = None,
    project_posts: Collection[int] | None = None,
    case_posts: Collection[int] | None = None,
) -> Verdict:
    """May `acting` do `function` to a record of this zone, handled by this organisation, with these posts on it?

    Nothing given: may it do so at all (a page, a menu).  `zone=""` is a record of no zone: the province's alone.
    `project_posts` are the team of the project, `case_posts` the owner, helpers and leader of the case.
    An unknown function is a bug and raises KeyError.  No query.
    """
    scope = access().scope(function, acting.kind)
    if scope is Scope.NONE:
        return Verdict(False, words("kind", acting, function, scope))
    if zone is None and organisation is None and project_posts is None and case_posts is None:
        return Verdict(True, words("page", acting, function, scope))
    on_case = acting.post in (case_posts or ())
    member = on_case or acting.post in (project_posts or ())
    ours = organisation is not None and organisation == acting.organisation
    near = zone is not None and acting.reaches(zone)
    granted = {
        Scope.OWN: "member" if on_case else "",
        Scope.PROJECT: "member" if member else "",
        Scope.ORGANISATION: "organisation" if ours else "",
        Scope.ZONE: "zone" if near else "member" if member else "organisation" if ours else "",
        Scope.PROVINCE: "province",
    }[scope]
    if granted:
        return Verdict(True, words(granted, acting, function, scope))
    outside = zone is not None and not near and not member and not ours
    return Verdict(False, words("elsewhere" if outside else "not_yours", acting, function, scope), outside)


def require(
    acting: Acting,
    function: str,
    *,
    zone: str | None = None,
    organisation: int | None = None,
    project_posts: Collection[int] | None = None,
    case_posts: Collection[int] | None = None,
) -> Verdict:
    """The verdict where it is yes.  Raises `Refusal("not_allowed")`, or `OutOfReach` for what lies in another zone."""
    said = verdict(
        acting, function, zone=zone, organisation=organisation, project_posts=project_posts, case_posts=case_posts
    )
    if said.outside:
        raise OutOfReach(acting, function, zone or "")
    if not said.allowed:
        raise Refusal("not_allowed", function=access().functions[function].name, why=said.words)
    return said


@lru_cache(maxsize=4096)
def words(key: str, acting: Acting, function: str, scope: Scope) -> Text:
    """The sentence of a verdict, in both languages."""
    table = access()

    def said(language: str) -> str:
        return table.words[key][language].format(
            kind=kind_name(acting.kind)[language],
            function=table.functions[function].name[language],
            scope=table.scopes[scope][language],
            why=table.functions[function].why[language],
            organisation=acting.organisation_name[language],
            holders=kind_names(table.holders(function), language),
        )

    return Text(said("zh"), said("en"))
