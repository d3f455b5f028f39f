"""Small exported records to break: chains of entries as lines, without a database."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from luodi.domain.events import sealing
from luodi.domain.events.canonical import canonical
from luodi.domain.events.record import START, Record, line, linked

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SEED = "11" * 32
WHO = ("王敏 · 审批专员 · 综改示范区行政审批局", "𠮷田 😀", "")


def record(chain: str, seq: int, previous: str, who: str = "王敏", **payload) -> Record:
    """One entry behind another."""
    return linked(
        chain, seq, "case.accepted", "zonggai", chain.partition(":")[2], 7 if who else None, 9, who,
        AT + timedelta(minutes=seq), canonical(payload), previous,
    )  # fmt: skip


def exported(order: list[int], salt: str = "") -> list[Record]:
    """Entries of interleaved chains: each number of `order` is the chain of the next entry."""
    ends: dict[int, Record] = {}
    found = []
    for place, which in enumerate(order):
        last = ends.get(which)
        seq, previous = (last.seq + 1, last.hash) if last else (1, START)
        ends[which] = record(f"project:p{which}", seq, previous, WHO[place % 3], case=place, why=f"因为 {salt}{place}")
        found.append(ends[which])
    return found


def lines(records: list[Record]) -> list[str]:
    return [line(one) + "\n" for one in records]


def heads(records: list[Record]) -> sealing.Heads:
    return {one.chain: (one.seq, one.hash) for one in records}


def sealed(records: list[Record], zone: str = "*") -> sealing.Checkpoint:
    return sealing.seal(zone=zone, at="2026-03-02T02:00:00.000000Z", heads=heads(records), seed=SEED)


orders = st.lists(st.integers(0, 2), min_size=2, max_size=14)
"""Which chain each entry belongs to."""
