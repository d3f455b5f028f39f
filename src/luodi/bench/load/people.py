"""Who asks and what is asked for: invented people of the sample with the most to do, signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Count

from luodi.accounts.acting import Acting
from luodi.accounts.models import Person, Post
from luodi.cases.models import Case
from luodi.domain.vocabulary import Refusal
from luodi.zones.reaching import acting_as

POST_KEY = "post"
"""Where the session keeps which post its person acts as (config/who.py)."""


@dataclass(frozen=True, slots=True)
class Cookies:
    """What a browser of somebody signed in sends."""

    acting: Acting
    session: str

    def header(self, token: str) -> str:
        """The header."""
        return f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={token}"


def sign_in(post: int, today: object) -> Cookies:
    """A session of whoever holds a post, as signing in would make it."""
    acting = acting_as(post, today)  # type: ignore[arg-type]
    if acting is None:
        raise LookupError(f"nobody holds post {post}")
    person = Person.objects.get(pk=acting.person)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[POST_KEY] = post
    session.save()
    return Cookies(acting, session.session_key)


def province() -> int:
    """The post of somebody of the province."""
    found = Post.objects.filter(kind="province_officer", ends=None).order_by("id").first()
    if found is None:
        raise Refusal("bench_nothing_to_ask", command="luodi sample --zones 93 --projects 5000")
    return found.pk


def zones() -> tuple[str, ...]:
    """The zones by their number of cases, the most first."""
    rows = Case.objects.values("zone").annotate(cases=Count("id")).order_by("-cases", "zone")
    found = tuple(rows.values_list("zone", flat=True))
    if not found:
        raise Refusal("bench_nothing_to_ask", command="luodi sample --zones 93 --projects 5000")
    return found


def projects(few: int = 8) -> tuple[str, ...]:
    """Projects with open cases, the most cases first; then those with the fewest."""
    rows = (
        Case.objects.filter(open=True, project__live=True)
        .values("project__slug")
        .annotate(cases=Count("id"))
        .order_by("-cases", "project__slug")
    )
    found = list(rows.values_list("project__slug", flat=True))
    return tuple(found[:few] + found[-few:])


def officers(
    most: int, kinds: Sequence[str] = ("bureau_officer", "approval_officer", "environment_officer")
) -> list[int]:
    """Posts that handle cases, of the organisations with most open cases, one for each person."""
    busy = Case.objects.filter(open=True).values("organisation").annotate(cases=Count("id"))
    order = {row["organisation"]: row["cases"] for row in busy}
    rows = Post.objects.filter(kind__in=kinds, ends=None, organisation__in=order).values_list(
        "id", "person", "organisation"
    )
    seen: set[int] = set()
    found = []
    for post, person, _unit in sorted(rows, key=lambda row: (-order[row[2]], row[0])):
        if person not in seen:
            seen.add(person)
            found.append(post)
    return found[:most]
