"""Sends what waits: each delivery by one worker, several as a digest, later where a channel is quiet, again where it failed."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from luodi.accounts.sealing import unseal
from luodi.domain.vocabulary import Refusal
from luodi.notices import mail, robots
from luodi.notices.addresses import EMAIL, opened
from luodi.notices.models import Channel
from luodi.notices.queue import Sent, Taken, settle, take, waiting
from luodi.notices.robots import fitting
from luodi.notices.rules import sending_rules

LONGEST_LETTER = 100_000
LANGUAGE = "zh"
"""Channels speak Chinese: a group's robot has no language of its own."""


def deliver(*, at: datetime) -> Sent:
    """Send everything that is due at `at`, channel by channel; call it outside any transaction, as often as you like.

    Several workers may call it at once: a delivery is taken by one of them (a row lock, then a lease), so nothing is
    sent twice.  A worker killed while sending leaves its lease; another tries again when that has run out.
    """
    due = waiting(at).values("channel")
    channels = Channel.objects.filter(pk__in=due, active=True).order_by("pk")
    return sum((_round(channel, at) for channel in channels), Sent())


def _round(channel: Channel, at: datetime) -> Sent:
    taken, sent = take(channel, at)
    together = (taken,) if len(taken) > sending_rules().digest_above else tuple((one,) for one in taken)
    for group in together:
        sent += settle(group, _send(channel, group, at), at)
    return sent


def _send(channel: Channel, taken: Sequence[Taken], at: datetime) -> str:
    """One message for what was taken; "" or why not."""
    try:
        address = opened(unseal(channel.address))
    except Refusal:
        return "sealed"
    if channel.kind == EMAIL:
        subject, body = worded(taken, LONGEST_LETTER)
        return mail.post(address, subject, body, taken[0].id)
    _subject, body = worded(taken, sending_rules().robots[channel.kind].bytes)
    return robots.post(channel.kind, address, body, at)


def worded(taken: Sequence[Taken], most: int) -> tuple[str, str]:
    """Subject and text of a message of `most` bytes: the one notice with its link, or a list of them, urgent ones first."""
    rules, origin = sending_rules(), getattr(settings, "LUODI_ORIGIN", "").rstrip("/")
    if len(taken) == 1:
        words, link = taken[0].words[LANGUAGE], f"\n{origin}{taken[0].link}" if origin and taken[0].link else ""
        return words, f"{fitting(words, most - size(link))}{link}"
    subject = rules.digest[LANGUAGE].format(count=len(taken))
    foot = f"\n{origin}/notices/" if origin else ""
    ordered = sorted(taken, key=lambda one: not one.urgent)
    lines = [f"\n{place}. {one.words[LANGUAGE]}" for place, one in enumerate(ordered, 1)]

    def body(count: int) -> str:
        more = f"\n{rules.more[LANGUAGE].format(count=len(lines) - count)}" if count < len(lines) else ""
        return "".join((subject, *lines[:count], more, foot))

    fits = (count for count in range(min(rules.listed, len(lines)), 0, -1) if size(body(count)) <= most)
    return subject, body(next(fits, 0))


def size(words: str) -> int:
    """Bytes in UTF-8."""
    return len(words.encode())
