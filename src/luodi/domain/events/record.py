"""One entry of the record, and the hash that ties it to the one before it in its chain."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from luodi.domain.events.canonical import moment_text, quoted

START = "0" * 64
"""What the first entry of a chain says it follows."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry: place `seq` (from 1) of `chain`; who did what (`kind`, `payload`) as which post, and when.

    `payload` is canonical JSON; `who` is the name, post and organisation as they were on that day; `hash` covers everything
    else, and `previous` is the hash of the entry before, 64 zeros for the first.
    """

    chain: str
    seq: int
    kind: str
    zone: str
    project: str
    person: int | None
    post: int | None
    who: str
    at: datetime
    payload: str
    previous: str
    hash: str


def link(
    *, chain: str, seq: int, kind: str, zone: str, project: str, person: int | None, post: int | None, who: str,
    at: datetime, payload: str, previous: str,
) -> str:  # fmt: skip
    """The hash of an entry: SHA-256, hexadecimal, of its canonical JSON with all fields but the hash.

    `payload` must be canonical JSON (`canonical.canonical`); texts must hold no half characters.
    """
    head = f'{{"at":"{moment_text(at)}","chain":{quoted(chain)},'
    return sha256((head + _rest(kind, payload, person, post, previous, project, seq, who, zone)).encode()).hexdigest()


def linked(
    chain: str, seq: int, kind: str, zone: str, project: str, person: int | None, post: int | None, who: str,
    at: datetime, payload: str, previous: str,
) -> Record:  # fmt: skip
    """The entry with its hash; the fields as in `Record`."""
    hash_ = link(
        chain=chain, seq=seq, kind=kind, zone=zone, project=project, person=person, post=post, who=who, at=at,
        payload=payload, previous=previous,
    )  # fmt: skip
    return Record(chain, seq, kind, zone, project, person, post, who, at, payload, previous, hash_)


def line(record: Record) -> str:
    """The entry as one line of an exported file, without the line break: its canonical JSON, `hash` among the fields."""
    one = record
    rest = _rest(one.kind, one.payload, one.person, one.post, one.previous, one.project, one.seq, one.who, one.zone)
    return f'{{"at":"{moment_text(one.at)}","chain":{quoted(one.chain)},"hash":"{one.hash}",{rest}'


def _rest(
    kind: str, payload: str, person: int | None, post: int | None, previous: str, project: str, seq: int, who: str, zone: str
) -> str:  # fmt: skip
    """All that stands behind the hash: keys in the order of RFC 8785."""
    return (
        f'"kind":{quoted(kind)},"payload":{payload},"person":{"null" if person is None else person},'
        f'"post":{"null" if post is None else post},"previous":"{previous}","project":{quoted(project)},"seq":{seq},'
        f'"who":{quoted(who)},"zone":{quoted(zone)}}}'
    )
