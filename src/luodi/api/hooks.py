"""Webhooks: an address that is told, in order, what was recorded within the reach of the post that set it up."""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.accounts.sealing import seal
from luodi.api.models import Webhook
from luodi.domain import written
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal import following
from luodi.journal.actions import append

CHAIN: Final = "accounts"
MOST, BYTES, LONGEST = 10, 32, 500
GROUPS = (
    "case", "debt", "letter", "halt", "plan", "project", "order", "visit", "campaign", "request", "rating", "power",
    "zone", "paper",
)  # fmt: skip
"""The first words of kinds that a webhook can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new webhook.  `secret` is shown once, here: what the other side checks signatures with."""

    id: int
    secret: str


@dataclass(frozen=True, slots=True)
class HookRow:
    """A webhook as its maker sees it; of its address the host alone."""

    id: int
    label: str
    zone: str
    kinds: tuple[str, ...]
    cursor: int
    created: datetime
    stopped_at: datetime | None
    stopped_why: str
    tries: int
    next_try: datetime
    error: str
    delivered_at: datetime | None


def hosts() -> tuple[str, ...]:
    """The hosts that may be called, each `host` or `host:port` (setting WEBHOOK_HOSTS); none unless it names some."""
    return tuple(getattr(settings, "WEBHOOK_HOSTS", ()))


def check(address: str, known: Collection[str]) -> str:
    """The host of an address that may be called.  Raises `Refusal("webhook_address_refused")` for any other.

    Otherwise whoever sets one up could make this server call any other (SSRF).
    """
    no = Refusal("webhook_address_refused", field="address", known=", ".join(known) or "—")
    if not address.isascii() or len(address) > LONGEST or any(one <= " " or one in "\\\x7f" for one in address):
        raise no  # what two parsers could read differently
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise no from None
    host = parts.hostname or ""
    fits = f"{host}:{port}" in known if port not in (None, 443) else host in known
    if parts.scheme != "https" or "@" in parts.netloc or parts.fragment or not fits:
        raise no
    return host


def make(
    *, label: str, address: str, zone: str = "", kinds: Collection[str] = (), by: Acting, at: datetime,
    key: str | None = None,
) -> Made:  # fmt: skip
    """Set up a webhook for what is recorded from now on; of one zone within reach, or of all of them ("").

    Raises `Refusal`: `webhook_address_refused`, `webhooks_too_many`, `zone_unknown_here`, `sealing_key_missing`.
    """
    host, name = check(address, hosts()), written.text(" ".join(label.split()), "label", longest=64)
    if zone and not by.reaches(zone):
        raise Refusal("zone_unknown_here", zone=zone[:64])
    if unknown := sorted(set(kinds) - set(GROUPS)):
        raise Refusal("unknown_switch", switch="kinds", value=unknown[0][:60], known=", ".join(GROUPS))
    secret = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        if Webhook.objects.filter(post=by.post, stopped_at=None).count() >= MOST:
            raise Refusal("webhooks_too_many", most=MOST)
        row = Webhook.objects.create(
            post_id=by.post, label=name, address=seal(address), secret=seal(secret), zone=zone,
            kinds=" ".join(sorted(kinds)), cursor=following.last(), created=at, next_try=at,
        )  # fmt: skip
        payload: dict[str, Json] = {
            "webhook": row.pk, "label": name, "host": host, "zone": zone, "kinds": sorted(kinds),
        }  # fmt: skip
        append(chain=CHAIN, kind="webhook.made", by=by, at=at, payload=payload, key=key)
    return Made(row.pk, secret)


def stop(*, webhook: int, by: Acting, at: datetime) -> None:
    """Switch a webhook of the post off.  Raises `Refusal("webhook_gone")`."""
    with transaction.atomic():
        if not Webhook.objects.filter(pk=webhook, post=by.post, stopped_at=None).update(stopped_at=at):
            raise Refusal("webhook_gone")
        append(chain=CHAIN, kind="webhook.stopped", by=by, at=at, payload={"webhook": webhook})


def replay(*, webhook: int, cursor: int, by: Acting, at: datetime) -> None:
    """Tell a webhook again everything numbered above `cursor`; one that was given up is switched on again.

    Raises `Refusal("webhook_gone")` for another's.
    """
    with transaction.atomic():
        mine = Webhook.objects.filter(pk=webhook, post=by.post)
        if not mine.update(cursor=cursor, tries=0, next_try=at, error="", stopped_at=None, stopped_why=""):
            raise Refusal("webhook_gone")
        append(chain=CHAIN, kind="webhook.replayed", by=by, at=at, payload={"webhook": webhook, "cursor": cursor})


ROW = (
    "id", "label", "zone", "kinds", "cursor", "created", "stopped_at", "stopped_why", "tries", "next_try", "error",
    "delivered_at",
)  # fmt: skip


def listed(post: int) -> tuple[HookRow, ...]:
    """The webhooks of a post, newest first.  One query."""
    rows = Webhook.objects.filter(post=post).order_by("-id").values_list(*ROW)
    return tuple(HookRow(id_, label, place, tuple(kinds.split()), *rest) for id_, label, place, kinds, *rest in rows)


def body_of(told: Collection[following.Numbered], payloads: Collection[object]) -> bytes:
    """What is sent: the entries with their numbers, oldest first; `cursor` is that of the last."""
    numbers = [one.id for one in told]
    entries = [
        {"id": number, **shape} for number, shape in zip(numbers, payloads, strict=True) if isinstance(shape, dict)
    ]
    return json.dumps({"cursor": max(numbers, default=0), "entries": entries}, ensure_ascii=False).encode()
