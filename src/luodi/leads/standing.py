"""Leads as they stood at a moment: today's rows with every dated row since then taken back.

The past is put together for all leads in reach and sifted afterwards, so that a list, its sums and one lead's page agree.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from luodi.domain.leads.lists import lists
from luodi.leads.models import Lead, Turn
from luodi.leads.rows import NONE, Counted, Row, Sift, StageSum, rows

LISTED = ("sector", "region", "channel", "programme", "reason")
COLUMNS = ("lead_id", "kind", "seq", "on", "word", "reason", "text", "post_id", "post__person__name", "due", "at")


@dataclass(frozen=True, slots=True)
class Turned:
    """A dated row, as much of it as says where a lead stands."""

    kind: str
    seq: int
    on: date
    word: str
    reason: str
    text: str
    post: int | None
    post_name: str
    due: date | None
    at: datetime


def stood(found: "QuerySet[Lead]", as_of: datetime) -> tuple[Row, ...]:
    """The leads of a query that were recorded by then, newest first, as they stood.  Two queries."""
    known = tuple(rows(found.filter(created__lte=as_of).order_by("-id")))
    turned: dict[int, list[Turned]] = defaultdict(list)
    of_them = Turn.objects.filter(lead__in=found.filter(created__lte=as_of).values("pk"))
    for lead, kind, seq, on, word, reason, text, post, name, due, at in of_them.order_by("at", "seq").values_list(
        *COLUMNS
    ):
        turned[lead].append(Turned(kind, seq, on, word, reason, text, post, name or "", due, at))
    return tuple(_then(one, turned[one.id], as_of) for one in known)


def sifted(sift: Sift, as_of: datetime) -> tuple[Row, ...]:
    """The leads of a sift as they stood, newest first.  Two queries."""
    found = Lead.objects.all() if sift.zones is None else Lead.objects.filter(zone__in=sift.zones)
    return tuple(one for one in stood(found, as_of) if _fits(one, sift))


def summed(stage: str, there: Sequence[Row]) -> StageSum:
    """The sum of the leads of a stage."""
    amounts = [one.amount for one in there if one.amount is not None]
    return StageSum(stage, len(there), sum(amounts), len(amounts))


def counted(word: str, there: Iterable[Row]) -> list[Counted]:
    """How many leads, how much investment and how many projects under every word of a list."""
    found: dict[str, list[Row]] = defaultdict(list)
    for one in there:
        found[getattr(one, word)].append(one)
    return [
        Counted(each, len(some), sum(one.amount or 0 for one in some), sum(bool(one.project) for one in some))
        for each, some in found.items()
    ]


def _then(row: Row, turned: Sequence[Turned], as_of: datetime) -> Row:
    """A lead as it stood: by kind the last row up to then; what was corrected or landed since is taken back."""
    since = [one for one in turned if one.at > as_of]
    last = {one.kind: one for one in turned if one.at <= as_of}
    facts: dict[str, Any] = {}
    for one in reversed([one for one in since if one.kind == "facts"]):
        facts |= json.loads(one.text)
    if "contacted" in facts:
        facts["contacted"] = date.fromisoformat(facts["contacted"])
    if any(one.kind == "landed" for one in since):
        facts |= {"project": "", "live": False}
    stage, status, owner, step, same = (last.get(kind) for kind in ("stage", "status", "owner", "step", "joined"))
    return replace(
        row,
        stage=stage.word if stage else "contact", staged=stage.on if stage else row.contacted,
        status=status.word if status else "ongoing", reason=status.reason if status else "",
        owner=owner.post if owner else None, owner_name=owner.post_name if owner else "",
        step=step.text if step else "", due=step.due if step else None,
        stepper=step.post if step else None, stepper_name=step.post_name if step else "",
        same=int(same.word) if same and same.word else None, seq=max((one.seq for one in last.values()), default=0),
        **facts,
    )  # fmt: skip


def _fits(one: Row, sift: Sift) -> bool:
    """Whether a lead is one of a sift: what `readers.sifted` asks of the database, asked of a row."""
    known = lists()
    text = "\n".join((one.company, one.title, one.uscc, one.project)).casefold()
    area = known.regions[one.region].area if one.region in known.regions else ""
    return (
        (sift.joined or one.same is None)
        and all(word.casefold() in text for word in sift.words.split())
        and (not one.over if sift.status == "open" else sift.status in ("", "any", one.status))
        and sift.stage in ("", one.stage)
        and all(getattr(sift, name) in ("", getattr(one, name) or NONE) for name in LISTED)
        and (not sift.area or (sift.area == NONE and not one.region) or sift.area == area)
        and (sift.owner is None or (one.owner or 0) == sift.owner)
        and (sift.late is None or (one.due is not None and one.due < sift.late))
        and (sift.landed is None or bool(one.project) == sift.landed)
    )
