"""Where django-allauth asks this office: who may sign in, what a wrong password costs, whom single sign-on means."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from luodi.accounts import locking, readers
from luodi.accounts.models import Person
from luodi.accounts.standing import standing


class People(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by password: no sign-up, a lock-out on the record, invented people only in the demo."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: the system administrator records people."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Turn away whoever is locked out, before the password is looked at."""
        until = locking.locked_until(credentials.get("username", ""), timezone.now())
        if until is not None:
            raise ValidationError(self.locked_words(until))
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password."""
        until = locking.note_failure(username=credentials.get("username", ""), at=timezone.now())
        if until is not None and until > timezone.now():
            raise ValidationError(self.locked_words(until))

    def locked_words(self, until: Any) -> str:
        """What somebody reads who is locked out."""
        return _(
            "Too many wrong passwords: locked until %(time)s. The security administrator can lift this earlier."
        ) % {"time": timezone.localtime(until).strftime("%H:%M")}

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponseBase | None:
        """Turn away people of the samples wherever this is not the demo."""
        if user.sample and not settings.DEMO:
            return render(request, "account/account_inactive.html", status=403)
        answer: HttpResponseBase | None = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: Person) -> None:
        """Open the session and record it."""
        super().login(request, user)
        enter(request, user)

    def set_password(self, user: Person, password: str) -> None:
        """A password somebody chose for themselves."""
        user.must_change = False
        super().set_password(user, password)


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in through the office's own server: it says who somebody is; posts are given here alone."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody becomes a person by signing in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person the server means, by user name, else by an e-mail address that only one person has."""
        if sociallogin.is_existing:
            return
        claims = claims_of(sociallogin.account.extra_data)
        person = readers.person_by_claims(claims.get("preferred_username", ""), claims.get("email", ""))
        if person is None:
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403))
        sociallogin.connect(request, person)


def claims_of(data: dict[str, Any]) -> dict[str, str]:
    """The claims of a server's answer: allauth keeps those of the user info beside those of the token."""
    found: dict[str, Any] = {}
    for part in (data, data.get("id_token"), data.get("userinfo")):
        found.update(part if isinstance(part, dict) else {})
    return {name: value for name, value in found.items() if isinstance(value, str)}


def enter(request: HttpRequest, user: Person) -> None:
    """Record that a session began; its first post is the one it acts as."""
    at = timezone.now()
    found = standing(user.pk, timezone.localdate(at))
    if found is not None:
        records = request.session.get("account_authentication_methods", [])
        way = ", ".join(str(one.get("method", "")) for one in records) or "demo"
        locking.note_entry(by=found.entering(), way=way, at=at)
