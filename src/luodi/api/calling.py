"""Tells webhooks what was recorded: signed, in order, tried again later, each by one worker at a time.

A webhook keeps a cursor on the record and no queue of its own: what the other side took moves the cursor on, and
telling everything again is setting it back.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import requests
from django.db import connection, transaction
from django.utils import timezone

from luodi.accounts.access import Scope, access
from luodi.accounts.acting import Acting
from luodi.accounts.sealing import unseal
from luodi.api.hooks import body_of, check, hosts
from luodi.api.models import Webhook
from luodi.api.reads.projects import Entry, entry_of
from luodi.domain.vocabulary import Refusal
from luodi.journal import following
from luodi.journal.following import Numbered
from luodi.notices.rules import sending_rules
from luodi.projects.readers import projects_of
from luodi.zones.reaching import acting_as

AT_ONCE, ROUNDS = 50, 20
"""Entries in one request, and requests to one webhook in one round."""
DISTANCE = timedelta(seconds=10)
"""So far behind now the record is followed: an act still being written must not be passed over."""
Post = Callable[[str, bytes, dict[str, str]], str]


@dataclass(frozen=True, slots=True)
class Called:
    """What a round did: requests taken, put off, given up; and how many entries were taken."""

    taken: int = 0
    later: int = 0
    stopped: int = 0
    entries: int = 0


def call(*, at: datetime, post: Post | None = None) -> Called:
    """Tell every webhook that is due what it has not taken yet; call it outside any transaction, as often as you like."""
    due = Webhook.objects.filter(stopped_at=None, next_try__lte=at).order_by("id").values_list("id", flat=True)
    done = [_call(number, at, post or send) for number in list(due)]
    return Called(
        sum(one.taken for one in done), sum(one.later for one in done), sum(one.stopped for one in done),
        sum(one.entries for one in done),
    )  # fmt: skip


def _call(number: int, at: datetime, post: Post) -> Called:
    hook = _leased(number, at)
    if hook is None:
        return Called()
    taken = entries = 0
    for _ in range(ROUNDS):
        told = waiting(hook, at)
        if told is None:
            return _stop(hook, "post_ended", at)
        if not told:  # nothing of this post's up to here: the next look begins where this one ended
            hook.cursor = following.reached(hook.cursor, until=at - DISTANCE)
            break
        error = _tell(hook, told, at, post)
        if error:
            return _failed(hook, error, at, Called(taken, 0, 0, entries))
        taken, entries, hook.cursor = taken + 1, entries + len(told), told[-1].id
        Webhook.objects.filter(pk=hook.pk).update(cursor=hook.cursor, delivered_at=at, tries=0, error="")
    Webhook.objects.filter(pk=hook.pk, stopped_at=None).update(next_try=at, cursor=hook.cursor)
    return Called(taken, 0, 0, entries)


def _leased(number: int, at: datetime) -> Webhook | None:
    """The webhook, for this worker alone until the lease ends."""
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        rows = Webhook.objects.select_for_update(skip_locked=skip)
        hook = rows.filter(pk=number, stopped_at=None, next_try__lte=at).first()
        if hook is not None:
            Webhook.objects.filter(pk=number).update(next_try=at + sending_rules().lease)
    return hook


def waiting(hook: Webhook, at: datetime) -> tuple[Numbered, ...] | None:
    """What a webhook has not taken yet, as far as its post may read it today; None where the post may read nothing."""
    acting = acting_as(hook.post_id, timezone.localdate(at))
    scope = access().scope("journal.read", acting.kind) if acting else Scope.NONE
    if acting is None or scope in (Scope.NONE, Scope.OWN):
        return None
    return within(acting, hook.cursor, hook.zone, hook.kinds.split(), at, AT_ONCE)


def within(
    acting: Acting, cursor: int, zone: str, groups: Collection[str], at: datetime, limit: int
) -> tuple[Numbered, ...]:
    """Entries above `cursor` that a post may read, of a zone where one is named.  One query, two for a project's post."""
    zones: frozenset[str] | None = acting.reach
    slugs: tuple[str, ...] | None = None
    if access().scope("journal.read", acting.kind) is Scope.PROJECT:
        zones, slugs = None, projects_of(acting.post, timezone.localdate(at))
    if zone:
        zones = frozenset({zone}) if zones is None else zones & {zone}
    return following.after(cursor, zones=zones, slugs=slugs, groups=groups, until=at - DISTANCE, limit=limit)


def _tell(hook: Webhook, told: tuple[Numbered, ...], at: datetime, post: Post) -> str:
    """One request; "" where it was taken, else why not."""
    try:
        address, secret = unseal(hook.address), unseal(hook.secret)
        check(address, hosts())
    except Refusal as refused:
        return "sealed" if refused.code != "webhook_address_refused" else "address"
    body = body_of(told, [Entry.model_validate(entry_of(one.record)).model_dump(mode="json") for one in told])
    moment = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Luodi-Webhook": str(hook.pk),
        "Luodi-Timestamp": moment,
        "Luodi-Signature": f"v1={signature(secret, moment, body)}",
    }
    return post(address, body, headers)


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256, hexadecimal, of `<seconds since 1970>.<body>`: the other side refuses old moments and other bodies."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def send(address: str, body: bytes, headers: dict[str, str]) -> str:
    """One HTTPS POST; any 2xx is a yes.  Never follows a redirect, reads no answer, names no address in the reason."""
    try:
        with requests.post(
            address, data=body, headers=headers, timeout=sending_rules().timeout, allow_redirects=False, stream=True
        ) as answer:
            return "" if 200 <= answer.status_code < 300 else f"status|{answer.status_code}"
    except requests.exceptions.SSLError:
        return "certificate"
    except requests.exceptions.Timeout:
        return "timeout"
    except (requests.exceptions.RequestException, OSError):
        return "unreachable"


def _failed(hook: Webhook, error: str, at: datetime, so_far: Called) -> Called:
    """Try again later, longer each time; after the last pause it is given up until somebody replays it."""
    backoff = sending_rules().backoff
    if hook.tries >= len(backoff) or error in ("sealed", "address"):
        _stop(hook, error, at)
        return Called(so_far.taken, 0, 1, so_far.entries)
    tries = 0 if so_far.taken else hook.tries
    rows = Webhook.objects.filter(pk=hook.pk)
    rows.update(tries=tries + 1, next_try=at + backoff[tries], error=error[:300])
    return Called(so_far.taken, 1, 0, so_far.entries)


def _stop(hook: Webhook, why: str, at: datetime) -> Called:
    Webhook.objects.filter(pk=hook.pk).update(stopped_at=at, stopped_why=why[:300], error=why[:300])
    return Called(0, 0, 1, 0)
