"""Row 4: the list page over HTTP beside the same page done the default way, and a bare view on the same server."""

import re
from datetime import date
from pathlib import Path

from django.db import connection

from luodi.bench.load import people, serving
from luodi.bench.load.asking import TOKEN
from luodi.bench.load.figures import Aim, Figure, atleast

OURS, PEERS, BARE = "/inbox/?whose=zone", "/bench/list/", "/bench/bare/"
AIM = {"sqlite": 1500.0, "postgresql": 1000.0}
TIMES_PEER = 4.0
NUMBER = re.compile(rb'href="/cases/([^/"]+)/"')
UNLIKE = Path(__file__).parent / "unlike.lua"


def measure(today: date, seconds: int) -> list[Figure]:
    """Our list, the peer's and nothing at all, each asked for so many seconds by eight connections."""
    cookies = people.sign_in(people.province(), today)
    cookie = cookies.header(TOKEN)
    vendor = connection.vendor
    connection.close()
    if serving.wrk() is None:
        return [Figure("list over HTTP", note="not measured: wrk is not installed (apt-get install wrk)")]
    with serving.served() as port:
        shown = [numbers(port, path, cookie) for path in (OURS, PEERS)]
        agree(*shown)
        rates = {}
        for name, path, script in (
            ("bare", BARE, None), ("ours", OURS, None), ("anew", OURS, UNLIKE), ("peer", PEERS, None),
        ):  # fmt: skip
            serving.rate(port, path, cookie, 2, script=script)  # both workers warm
            rates[name] = serving.rate(port, path, cookie, seconds, script=script)
    return [told(vendor, rates, len(shown[0]))]


def numbers(port: int, path: str, cookie: str) -> list[bytes]:
    """The numbers of the cases a page lists, in its order."""
    status, body = serving.get(port, path, {"Cookie": cookie})
    if status != 200:
        raise AssertionError(f"{path}: {status}")
    return NUMBER.findall(body)


def agree(ours: list[bytes], theirs: list[bytes]) -> None:
    """Both pages must list the same cases in the same order, else nothing is believed."""
    if ours != theirs or not ours:
        raise AssertionError(f"list: {len(ours)} and {len(theirs)} cases, not the same")


def told(vendor: str, rates: dict[str, float], rows: int) -> Figure:
    """The row from answers a second: ours, ours with every address a new one, the peer's, a bare view."""
    ours, peer = min(rates["ours"], rates["anew"]), rates["peer"]
    return Figure(
        f"list of {rows} rows over HTTP, {vendor}",
        {
            "requests/s": rates["ours"], "requests/s, every address new": rates["anew"], "default way requests/s": peer,
            "bare view requests/s": rates["bare"], "times the default way": ours / peer,
            "share of the bare view": ours / rates["bare"],
        },
        (
            atleast("requests/s", ours, AIM[vendor]),
            atleast("times the default way", ours / peer, TIMES_PEER),
            Aim("the same cases in the same order as the peer", True),
        ),
        "aims by the slower of ours: the same address or every address new; an unchanged list is painted once",
    )  # fmt: skip
