"""The ways a person wants to be reached: added, changed, switched off, tried; every change is on the record."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.accounts.sealing import seal
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.journal.actions import append
from luodi.notices.actions import put_down, release
from luodi.notices.addresses import Address, check, closed, masked
from luodi.notices.facts import pack
from luodi.notices.models import Channel, Delivery, Notice
from luodi.notices.quiet import SHANGHAI

CHAIN = "accounts"
MOST = 10
LONGEST_ABSENCE = timedelta(days=366)


def add(*, kind: str, target: str, secret: str = "", by: Acting, at: datetime) -> int:
    """Add a channel of one's own; its id.  Raises `Refusal` for an address that may not be called, or the eleventh."""
    address = Address(target.strip(), secret.strip())
    check(kind, address)
    with transaction.atomic():
        if Channel.objects.filter(person=by.person, active=True).count() >= MOST:
            raise Refusal("channels_too_many", most=MOST)
        row = Channel.objects.create(person_id=by.person, kind=kind, address=seal(closed(address)))
        payload: dict[str, Json] = {"channel": row.pk, "kind": kind, "address": masked(kind, address)}
        append(chain=CHAIN, kind="channel.added", by=by, at=at, payload=payload)
    return row.pk


def change(
    *, channel: int, quiet_from: time | None, quiet_to: time | None, away_until: date | None, by: Acting, at: datetime
) -> None:
    """Set the quiet hours and the first day back of a channel; what it held back is looked at anew.

    Raises `Refusal`: `channel_gone`, `quiet_half` for one end without the other, `away_wrong` for a day that has passed
    or lies more than a year ahead.
    """
    if (quiet_from is None) != (quiet_to is None):
        raise Refusal("quiet_half", field="quiet_to")
    today = at.astimezone(SHANGHAI).date()
    with transaction.atomic():
        row = _mine(channel, by)
        if away_until not in (None, row.away_until) and not today < away_until <= today + LONGEST_ABSENCE:
            raise Refusal("away_wrong", field="away_until", today=today, last=today + LONGEST_ABSENCE)
        row.quiet_from, row.quiet_to, row.away_until = quiet_from, quiet_to, away_until
        row.save(update_fields=("quiet_from", "quiet_to", "away_until"))
        release(channel=row.pk, at=at)
        _record(row, by, at)


def switch_off(*, channel: int, by: Acting, at: datetime) -> int:
    """Switch a channel off; how many notices were still waiting for it.  They stay readable in the app.

    Raises `Refusal("channel_gone")` for another's channel or one that is off.
    """
    with transaction.atomic():
        row = _mine(channel, by)
        row.active = False
        row.save(update_fields=("active",))
        given_up = put_down(channel=row.pk, at=at)
        payload: dict[str, Json] = {"channel": row.pk, "given_up": given_up}
        append(chain=CHAIN, kind="channel.removed", by=by, at=at, payload=payload)
    return given_up


def attempt(*, channel: int, by: Acting, at: datetime) -> int:
    """Send a trial through one channel alone; the notice's id.  Raises `Refusal("channel_gone")`."""
    with transaction.atomic():
        row = _mine(channel, by)
        once = f"trial:{row.pk}:{at:%Y%m%d%H%M}"  # a double click makes one trial
        notice, new = Notice.objects.get_or_create(
            once=once,
            defaults={"person_id": by.person, "kind": "trial", "facts": pack("trial", {}), "at": at},
        )
        if new:
            Delivery.objects.create(channel=row, notice=notice, next_try=at)
    return notice.pk


def _mine(channel: int, by: Acting) -> Channel:
    """A channel of one's own that is on, locked."""
    row = Channel.objects.select_for_update().filter(pk=channel, person=by.person, active=True).first()
    if row is None:
        raise Refusal("channel_gone")
    return row


def _record(row: Channel, by: Acting, at: datetime) -> None:
    payload: dict[str, Json] = {
        "channel": row.pk,
        "quiet_from": row.quiet_from.isoformat("minutes") if row.quiet_from else None,
        "quiet_to": row.quiet_to.isoformat("minutes") if row.quiet_to else None,
        "away_until": row.away_until.isoformat() if row.away_until else None,
    }
    append(chain=CHAIN, kind="channel.changed", by=by, at=at, payload=payload)
