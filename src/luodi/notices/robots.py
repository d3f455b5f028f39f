"""Chat robots of WeCom and DingTalk: one HTTPS POST each, to the makers' own hosts alone.  The one file that knows requests."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from urllib.parse import urlencode

import requests

from luodi.domain.vocabulary import Refusal
from luodi.notices.addresses import Address, check
from luodi.notices.rules import sending_rules

LONGEST_ANSWER, LONGEST_PART = 65_536, 8_192
DETAIL = 160


def post(kind: str, address: Address, words: str, at: datetime) -> str:
    """Send `words` to a robot; "" when it was taken, else why not as `code|detail` (`rules.failure` says it in words).

    Never follows a redirect, and never puts the address, which holds the robot's key, into the reason.
    """
    rules = sending_rules()
    try:
        check(kind, address)
    except Refusal:
        return "address"
    message = {"msgtype": "text", "text": {"content": words}}
    try:
        with requests.post(
            signed(address, at) if kind == "dingtalk" else address.target,
            json=message,
            timeout=rules.timeout,
            allow_redirects=False,
            stream=True,
        ) as answer:
            return judged(answer.status_code, read(answer))
    except requests.exceptions.SSLError:
        return "certificate"
    except requests.exceptions.Timeout:
        return "timeout"
    except (requests.exceptions.RequestException, OSError):
        return "unreachable"


def read(answer: requests.Response) -> bytes:
    """The answer's body, 64 kB at most."""
    said = b""
    for part in answer.iter_content(LONGEST_PART):
        said += part
        if len(said) > LONGEST_ANSWER:
            break
    return said


def judged(status: int, said: bytes) -> str:
    """What an answer means: 200 and `errcode` 0 is the only yes."""
    if status != requests.codes.ok:
        return f"status|{status}"
    try:
        answer = json.loads(said)
    except ValueError:
        return "unreadable"
    if not isinstance(answer, dict) or not isinstance(answer.get("errcode"), int):
        return "unreadable"
    if answer["errcode"] == 0:
        return ""
    return f"refused|{answer['errcode']} {answer.get('errmsg', '')}"[:DETAIL]


def signed(address: Address, at: datetime) -> str:
    """DingTalk's address with the signature of this moment; it must be within an hour of DingTalk's own clock."""
    if not address.secret:
        return address.target
    moment = str(int(at.timestamp() * 1000))
    mark = hmac.new(address.secret.encode(), f"{moment}\n{address.secret}".encode(), hashlib.sha256).digest()
    return f"{address.target}&{urlencode({'timestamp': moment, 'sign': base64.b64encode(mark).decode()})}"


def fitting(words: str, most: int) -> str:
    """The words within `most` bytes of UTF-8, never cut inside a character."""
    data = words.encode()
    return words if len(data) <= most else data[: most - 3].decode(errors="ignore") + "…"
