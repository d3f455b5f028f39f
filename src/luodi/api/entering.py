"""Who asks: a program with a token, acting as exactly the post the token was made for."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from luodi.accounts.acting import Acting
from luodi.accounts.gate import Visit
from luodi.accounts.standing import Standing, standing
from luodi.api import limits, tokens
from luodi.domain.vocabulary import Refusal
from luodi.zones.reaching import reach

LONGEST = 200


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`: a token of one post, made on the page /account/tokens/."""

    def __call__(self, request: HttpRequest) -> Acting:
        """Who acts; put on the request, whatever a session said.  Raises `Refusal`: `token_missing` and others."""
        if not request.headers.get(self.header, "").lower().startswith("bearer "):
            raise Refusal("token_missing")
        return self.authenticate(request, request.headers[self.header][len("bearer ") :].strip())

    def authenticate(self, request: HttpRequest, token: str) -> Acting:
        """The post behind a token, while it holds.  Two queries, and those of the shared cache."""
        visit = cast(Visit, request)
        acting, who, row = entered(token, visit.now)
        vars(request).update(acting=acting, standing=who, rate=limits.count(row.id, visit.now))
        tokens.used(row, at=visit.now)
        return acting


def entered(token: str, now: datetime) -> tuple[Acting, Standing, tokens.TokenRow]:
    """Who a token lets act, as a person too, and the token.  Raises `Refusal`: `token_unknown`, `token_waits`.  Two queries."""
    known = tokens.found(token, at=now) if token.isascii() and len(token) <= LONGEST else None
    if known is None:
        raise Refusal("token_unknown")
    row, person = known
    who = standing(person, timezone.localdate(now))
    held = next((one for one in who.posts if one.post == row.post), None) if who else None
    if who is None or held is None:
        raise Refusal("token_unknown")
    if who.must_change:
        raise Refusal("token_waits")
    return who.acting(held, reach), who, row
