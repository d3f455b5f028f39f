"""Who answered for a lead on which days, and on which days nobody did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Handover:
    """From a day on a post answers for it; `post` None: nobody does."""

    on: date
    post: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody answered, both counted.  `left`: the post whose holder had gone, where that was why."""

    since: date
    until: date
    left: int | None

    @property
    def days(self) -> int:
        """How many calendar days that is."""
        return (self.until - self.since).days + 1


def gaps(handovers: Sequence[Handover], ended: Mapping[int, date | None], since: date, until: date) -> tuple[Gap, ...]:
    """The stretches from `since` to `until`, both counted, on which nobody answered; the earliest first.

    `ended`: the last day of each post that has one.  The last handover of a day counts; before the first nobody answers.
    """
    if until < since:
        return ()
    last = {one.on: one for one in handovers}
    ordered = [Handover(since, None), *sorted(last.values(), key=lambda one: one.on)]
    found: list[Gap] = []
    for place, one in enumerate(ordered):
        ends = ordered[place + 1].on - timedelta(days=1) if place + 1 < len(ordered) else until
        begin, end = max(one.on, since), min(ends, until)
        gone = ended.get(one.post) if one.post is not None else None
        if one.post is not None and gone is None:
            continue
        begin = begin if gone is None else max(begin, gone + timedelta(days=1))
        if begin <= end:
            found.append(Gap(begin, end, one.post))
    return tuple(_joined(found))


def _joined(found: Sequence[Gap]) -> list[Gap]:
    """Gaps that touch, as one; why the first of them began is kept."""
    joined: list[Gap] = []
    for one in found:
        if joined and joined[-1].until + timedelta(days=1) >= one.since:
            joined[-1] = Gap(joined[-1].since, max(joined[-1].until, one.until), joined[-1].left)
        else:
            joined.append(one)
    return joined
