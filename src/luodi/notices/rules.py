"""The rules of sending (`data/notices/sending.yaml`): trying again, putting together, which robots may be called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.source.tree import Leaf, Series
from luodi.domain.vocabulary import Text

FILE = "notices/sending.yaml"


@dataclass(frozen=True, slots=True)
class Robot:
    """A chat robot: the one host and path its address may have, and the bytes of its longest message."""

    host: str
    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class SendingRules:
    """`backoff[n]`: how long to wait after failure n+1; after the last it is given up.  `listed`: lines of a digest."""

    backoff: tuple[timedelta, ...]
    lease: timedelta
    digest_above: int
    listed: int
    timeout: int
    robots: Mapping[str, Robot]
    digest: Text
    more: Text
    failures: Mapping[str, Text]


@cache
def sending_rules() -> SendingRules:
    """The packaged rules.  Raises `BadInput` with every problem of the file."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    words = ask.child(root, "words")
    rules = SendingRules(
        tuple(timedelta(minutes=minutes) for minutes in _minutes(root)),
        timedelta(minutes=ask.whole(root, "lease_minutes", low=1)),
        ask.whole(root, "digest_above", low=1),
        ask.whole(root, "listed", low=1),
        ask.whole(root, "timeout_seconds", low=1, high=60),
        MappingProxyType({id_: _robot(row) for id_, row in ask.rows(ask.child(root, "robots"))}),
        ask.pair(ask.child(words, "digest")),
        ask.pair(ask.child(words, "more")),
        MappingProxyType({id_: ask.pair(row) for id_, row in ask.rows(ask.child(root, "failures"))}),
    )
    ask.close(root)
    faults.settle()
    return rules


def _robot(row: ask.Row) -> Robot:
    robot = Robot(ask.text(row, "host"), ask.text(row, "path"), ask.whole(row, "bytes", low=100))
    ask.close(row)
    return robot


def _minutes(root: ask.Row) -> list[int]:
    found = ask.node(root, "backoff_minutes")
    items = found.items if isinstance(found, Series) else ()
    minutes = [item.value for item in items if isinstance(item, Leaf) and type(item.value) is int and item.value > 0]
    if not minutes or len(minutes) != len(items):
        root.faults.add(ask.line(root, "backoff_minutes"), "notice_backoff_wrong")
    return minutes


def failure(error: str) -> Text:
    """Why something was not delivered, in words; `error` is `code` or `code|detail` as `sending` returns it."""
    code, _, detail = error.partition("|")
    rules = sending_rules()
    words = rules.failures.get(code)
    if words is None:
        return Text(error, error)
    return Text(*(words[language].format(detail=detail, seconds=rules.timeout) for language in ("zh", "en")))
