"""The sign-in policy as data (`data/access/signin.yaml`)."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """After so many wrong passwords within a span a person is locked out for a while; a session ends after a while."""

    failures: int
    within: timedelta
    locked: timedelta
    session: timedelta
    confidence: Confidence
    source: Source


@cache
def policy() -> SignInPolicy:
    """The policy, read once in a process.  Raises `BadInput` with every fault of the file."""
    faults = Faults("access/signin.yaml")
    root = ask.row(read_data("access/signin.yaml", faults), faults)
    source = ask.child(root, "source")
    found = SignInPolicy(
        failures=ask.whole(root, "failures", low=1, high=100),
        within=timedelta(minutes=ask.whole(root, "within_minutes", low=1)),
        locked=timedelta(minutes=ask.whole(root, "lock_minutes", low=1)),
        session=timedelta(hours=ask.whole(root, "session_hours", low=1)),
        confidence=Confidence(ask.choice(root, "confidence", tuple(Confidence))),
        source=Source(ask.text(source, "title"), ask.text(source, "article", None)),
    )
    for one in (source, root):
        ask.close(one)
    faults.settle()
    return found
