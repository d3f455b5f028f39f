"""Where a channel leads: checked before it is kept and again before anything is sent, sealed in the table, shown masked."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from luodi.domain.vocabulary import Refusal
from luodi.notices.rules import Robot, sending_rules

EMAIL: Final = "email"
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Address:
    """`target`: an e-mail address or a robot's webhook.  `secret`: what DingTalk signs with, "" without signing."""

    target: str
    secret: str = ""


def closed(address: Address) -> str:
    """The address as text, to be sealed."""
    return json.dumps([address.target, address.secret])


def opened(text: str) -> Address:
    """The address from its unsealed text."""
    return Address(*json.loads(text))


def check(kind: str, address: Address) -> None:
    """Raise `Refusal` (`channel_unknown`, `email_refused`, `robot_address_refused`) for what must never be called.

    A robot's address is https, of the one host and path its maker has, without a name, port or fragment of its own:
    otherwise whoever enters an address could make this server call any other (SSRF).
    """
    if kind != EMAIL and kind not in sending_rules().robots:
        raise Refusal(
            "channel_unknown", field="kind", kind=kind[:40], known=", ".join((EMAIL, *sending_rules().robots))
        )
    if len(address.target) > LONGEST or len(address.secret) > LONGEST:
        raise Refusal("channel_address_too_long", field="target", longest=LONGEST)
    if kind == EMAIL:
        try:
            validate_email(address.target)
        except ValidationError:
            raise Refusal("email_refused", field="target") from None
    else:
        robot = sending_rules().robots[kind]
        if not allowed(address.target, robot, getattr(settings, "LUODI_ROBOT_HOSTS", ())):
            raise Refusal("robot_address_refused", field="target", host=robot.host, path=robot.path)


def allowed(target: str, robot: Robot, hosts: Collection[str] = ()) -> bool:
    """Whether a webhook is https on the robot's host and path; `hosts` (each `host` or `host:port`) stand in for its host."""
    if not target.isascii() or any(letter.isspace() or letter in "\\\x7f" or letter < " " for letter in target):
        return False  # what two parsers could read differently
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or "@" in parts.netloc or parts.fragment or parts.path != robot.path or not parts.query:
        return False
    host = parts.hostname or ""
    return f"{host}:{port}" in hosts or (port in (None, 443) and host in (hosts or (robot.host,)))


def masked(kind: str, address: Address) -> str:
    """The address as it may be shown and recorded: `w…@example.cn`, `qyapi.weixin.qq.com …3f2a`."""
    if kind == EMAIL:
        name, _, host = address.target.rpartition("@")
        return f"{name[:1]}…@{host}"
    return f"{urlsplit(address.target).hostname} …{address.target[-4:]}"
