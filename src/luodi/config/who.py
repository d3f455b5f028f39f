"""Who acts, when, and as of which moment: put on every request before a view sees it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from luodi.accounts import still
from luodi.accounts.acting import Acting
from luodi.accounts.gate import verdict
from luodi.accounts.standing import Standing, standing
from luodi.config.refusals import spoken
from luodi.domain.vocabulary import Refusal
from luodi.notices.readers import unread
from luodi.zones.reaching import reach

CHINA = ZoneInfo("Asia/Shanghai")
EARLIEST = 2000
"""Nothing here is older; earlier years would overflow where time zones are counted."""
POST_KEY = "post"
"""Where the session keeps which post its person acts as."""

PLACES = {
    "inbox": "case.accept",
    "board": "case.open",
    "tracker": "request.write",
    "command_room": "zone.read",
    "projects": "project.read",
    "pipeline": "lead.read",
    "factor_board": "factor.read",
    "results": "indicator.read",
    "region": "zone.read",
    "land": "land.read",
    "ledgers": "ledger.read",
    "all_promises": "dealing.read",
    "saving": "dealing.read",
    "entry_waiting": "entry.opine",
    "api_tokens": "token.own",
    "unit_chart": "zone.read",
    "notices": "notice.own",
    "debts": "debt.read",
    "halts": "halt.read",
    "calendar": "account.own",
    "zone_record": "journal.read",
    "forms": "form.write",
    "national": "exchange.read",
    "sheets": "sheet.take",
    "people": "people.read",
    "powers": "powers.read",
    "zones": "powers.read",
    "security": "security.read",
    "audit": "audit.read",
}
"""Pages the header may offer, and the function each needs; pages that do not exist are left out."""

FREE_WHILE_CHANGING = ("account_change_password", "account_logout", "account_reauthenticate", "language")
"""What somebody may open whose password was given by somebody else."""


class WhoActs:
    """Sets `acting`, `standing`, `now`, `as_of`, `places`, and `unread()`: how many notices wait, one query a call."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the view, or the page for an `as_of` that is no moment.  One query where somebody is signed in."""
        with still.reading(request.method):
            return self.answered(request)

    def answered(self, request: HttpRequest) -> HttpResponseBase:
        """The same, with nothing asked twice that was not written since (`accounts.still`)."""
        now = timezone.now()
        found = signed_in(request, now.astimezone(CHINA).date())
        held = found.post(request.session.get(POST_KEY)) if found else None
        acting = found.acting(held, reach) if found and held else None
        vars(request).update(standing=found, acting=acting, now=now, as_of=None, places=places(acting))
        vars(request)["unread"] = lambda: unread(found.person) if found else 0  # called by pages with a header alone
        try:
            vars(request)["as_of"] = moment(request.GET.get("as_of", ""), now)
        except Refusal as refusal:
            return spoken(request, refusal)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseRedirect | None:
        """To the password page first, where the password was given by somebody else."""
        found: Standing | None = vars(request)["standing"]
        name = request.resolver_match.view_name if request.resolver_match else ""
        if found is None or not found.must_change or name in FREE_WHILE_CHANGING:
            return None
        return HttpResponseRedirect(reverse("account_change_password"))


def signed_in(request: HttpRequest, today: date) -> Standing | None:
    """The person of the session with their posts; None where the session is empty or older than their password."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return None
    found = standing(int(request.session[SESSION_KEY]), today)
    if found is None or not constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), found.session_hash()):
        return None
    return found


def moment(asked: str, now: datetime) -> datetime | None:
    """The moment a page is asked for: a day means its end in China, nothing means now.

    Raises `Refusal` for what is no day or moment, and for one that has not come yet.
    """
    if not asked:
        return None
    try:
        read = (
            datetime.combine(date.fromisoformat(asked), time.max) if len(asked) == 10 else datetime.fromisoformat(asked)
        )
    except ValueError:
        raise Refusal("as_of_unreadable", value=asked[:80]) from None
    if read.year < EARLIEST:
        raise Refusal("as_of_unreadable", value=asked[:80])
    aware = read if read.tzinfo else read.replace(tzinfo=CHINA)
    if aware > now + timedelta(days=1):
        raise Refusal("as_of_in_future", value=asked[:80])
    return min(aware, now)


def places(acting: Acting | None) -> dict[str, str]:
    """The pages the header offers to a post, by name with their addresses."""
    return dict(addresses(acting)) if acting else {}


@lru_cache(maxsize=1024)
def addresses(acting: Acting) -> tuple[tuple[str, str], ...]:
    """Name and address of every page that exists and that a post may open."""
    found = []
    for name, function in PLACES.items():
        if verdict(acting, function).allowed:
            for given in ({}, {"zone": acting.zone}):
                try:
                    found.append((name, reverse(name, kwargs=given)))
                    break
                except NoReverseMatch:
                    continue
    return tuple(found)
