"""How plans are kept and got back: announced ones whole, forecasts as what differs, and what had happened beside them.

A forecast is kept as what differs from the revision before it.  After `LONGEST` of them one is kept against the announced
plan again, so that reading any plan of any moment takes one query for a bounded number of rows.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import Q

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.facts.project import Progress, ProjectFile
from luodi.domain.planning.changes import Document, differences, restored
from luodi.domain.planning.plan_json import dumps, plan_document
from luodi.domain.planning.plan_reading import plan_of
from luodi.domain.planning.result import Plan
from luodi.plans.models import PlanRevision, Standing

LONGEST = 16
ANNOUNCED, FORECAST = "announced", "forecast"


@dataclass(frozen=True, slots=True)
class Happened:
    """The whole of what has happened to a project, as the act that tells the plan knows it.

    `frozen`: matter (or `works`) -> the first day on which it may go on; `reached`: milestones -> their day;
    `prepared`: matter -> when its preparation was begun and done, ahead of its formal step (the five fronts).
    """

    progress: Mapping[str, Progress] = field(default_factory=dict)
    frozen: Mapping[str, date] = field(default_factory=dict)
    reached: Mapping[str, date] = field(default_factory=dict)
    prepared: Mapping[str, tuple[date, date]] = field(default_factory=dict)

    def on(self, file: ProjectFile) -> ProjectFile:
        """The project with what has happened."""
        return replace(
            file,
            progress={**file.progress, **self.progress},
            milestones={**file.milestones, **self.reached},
            frozen=self.frozen,
            prepared=self.prepared,
        )

    def text(self) -> str:
        """As JSON, the same for the same happenings."""
        days: dict[str, object] = {
            "progress": {
                key: [_iso(p.started), _iso(p.finished), _iso(p.expected)] for key, p in self.progress.items()
            },
            "frozen": {key: _iso(day) for key, day in self.frozen.items()},
            "reached": {key: _iso(day) for key, day in self.reached.items()},
        }
        if self.prepared:
            days["prepared"] = {key: [_iso(begun), _iso(done)] for key, (begun, done) in self.prepared.items()}
        return json.dumps(days, sort_keys=True, separators=(",", ":"))


def happened(text: str) -> Happened:
    """What `Happened.text` says."""
    given: dict[str, dict[str, Any]] = json.loads(text)

    def days(key: str) -> dict[str, date]:
        return {name: date.fromisoformat(day) for name, day in given.get(key, {}).items()}

    progress = {
        key: Progress(*(date.fromisoformat(day) if day else None for day in row))  # type: ignore[arg-type]
        for key, row in given.get("progress", {}).items()
    }
    prepared = {
        key: (date.fromisoformat(begun), date.fromisoformat(done))
        for key, (begun, done) in given.get("prepared", {}).items()
    }
    return Happened(progress, days("frozen"), days("reached"), prepared)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def digest_of(document: str, catalogue: Catalogue, today: date, events: str, calendar: str = "") -> str:
    """What a forecast follows from: the same digest is the same forecast.  `calendar`: mark of the working days in force."""
    told = "\n".join((document, catalogue.digest, today.isoformat(), events, *([calendar] if calendar else ())))
    return sha256(told.encode()).hexdigest()


@lru_cache(maxsize=256)
def whole(text: str) -> Document:
    """An announced plan's document; must not be changed by who gets it."""
    document: Document = json.loads(text)
    return document


@lru_cache(maxsize=256)
def announced_plan(text: str) -> Plan:
    """An announced plan."""
    return plan_of(whole(text))


@dataclass(frozen=True, slots=True)
class Kept:
    """The announced plan as text, and the document of the newest forecast (the announced one's, where there is none)."""

    announced: str
    forecast: Document


def kept(project: int, told: int, root: int, seq: int) -> Kept:
    """What stands at revision `seq`.  One query, at most `LONGEST` + 1 rows."""
    rows = PlanRevision.objects.filter(Q(seq=told) | Q(seq__gte=root, seq__lte=seq), project=project)
    return unrolled(rows.order_by("seq").values_list("seq", "answer"), told)


def unrolled(rows: Iterable[tuple[int, str]], told: int) -> Kept:
    """The announced plan and the forecast of its rows, oldest first."""
    texts = dict(rows)
    announced = texts.pop(told)
    forecast = whole(announced)
    for seq in sorted(texts):
        forecast = restored(forecast, json.loads(texts[seq]))
    return Kept(announced, forecast)


def document_of(plan: Plan) -> Document:
    """A plan's document, as it comes back from its text."""
    return plan_document(plan)


def write_announced(standing: Standing, plan: Plan, *, at: datetime, entry: str) -> None:
    """Keep a plan whole, as what people are told from now on; `standing` is set, and not yet saved."""
    standing.seq = standing.told = standing.root = standing.seq + 1
    standing.at, standing.blocked = at, ""
    standing.target = plan.span.to_id
    standing.announced = standing.finish = plan.span.finish
    standing.late = 0
    PlanRevision.objects.create(
        project_id=standing.project_id, seq=standing.seq, kind=ANNOUNCED, at=at, entry=entry, told=standing.told,
        root=standing.root, target=standing.target, finish=standing.finish, digest=standing.digest,
        answer=dumps(plan_document(plan), indent=None),
    )  # fmt: skip


def write_forecast(standing: Standing, known: Kept, now: Document, *, at: datetime, entry: str) -> None:
    """Keep a forecast as what differs; `standing` says its finish, and is not yet saved."""
    standing.seq += 1
    first = standing.root == standing.told or standing.seq - standing.root >= LONGEST
    if first:
        standing.root = standing.seq
    change = differences(now, whole(known.announced) if first else known.forecast)
    PlanRevision.objects.create(
        project_id=standing.project_id, seq=standing.seq, kind=FORECAST, at=at, entry=entry, told=standing.told,
        root=standing.root, target=standing.target, finish=standing.finish, blocked=standing.blocked,
        digest=standing.digest, answer=dumps(change, indent=None),
    )  # fmt: skip
