"""What the address of a page of the province asks for: a day, and which projects; the same words as the project list's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from luodi.accounts.gate import SignedIn
from luodi.domain.regions.resources import places
from luodi.domain.vocabulary import Refusal
from luodi.projects import outlines
from luodi.projects.outlines import Sift
from luodi.zones.readers import ZoneRow

NAMES = ("q", "stage", "city", "zone", "kind", "industry")
"""Filters of the project list and of the province's page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters.  `on`: today, or the day of the moment the address asks for (`as_of`), unless it names a day (`dated`)."""

    on: date
    dated: bool
    as_of: str = ""
    words: str = ""
    stage: str = ""
    city: str = ""
    zone: str = ""
    kind: str = ""
    industry: str = ""

    @property
    def any(self) -> bool:
        """Whether anything but a day is asked for."""
        return bool(self.words or self.stage or self.city or self.zone or self.kind or self.industry)

    def query(self, **other: str) -> str:
        """The filters as they stand in an address, with some of them replaced ("": left out)."""
        told = {
            "q": self.words, "stage": self.stage, "city": self.city, "zone": self.zone, "kind": self.kind,
            "industry": self.industry, "on": self.on.isoformat() if self.dated else "", "as_of": self.as_of, **other,
        }  # fmt: skip
        return urlencode({name: value for name, value in told.items() if value})


def asked(request: SignedIn) -> Asked:
    """The filters of a page.  Raises `Refusal` (`region_day_unreadable`) for what is no day."""
    sent = request.GET
    today = timezone.localdate(request.as_of or request.now)
    then = sent.get("as_of", "")[:40] if request.as_of else ""
    stage = sent.get("stage", "")
    return Asked(
        on=day(sent, today), dated=bool(sent.get("on")), as_of=then, words=sent.get("q", "").strip()[:100],
        stage=stage if stage in outlines.STAGES else "", city=sent.get("city", "").strip()[:20],
        zone=sent.get("zone", "").strip()[:64], kind=sent.get("kind", "").strip()[:32],
        industry=sent.get("industry", "").strip().upper()[:5],
    )  # fmt: skip


def day(sent: QueryDict, today: date) -> date:
    """The day of `?on=`, today without one.  Raises `Refusal` (`region_day_unreadable`)."""
    text = sent.get("on", "").strip()
    if not text:
        return today
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Refusal("region_day_unreadable", value=text[:40]) from None
    if not 1978 <= found.year <= 2100:
        raise Refusal("region_day_unreadable", value=text[:40])
    return found


def within(one: Asked, rows: Sequence[ZoneRow], reach: Collection[str] | None) -> frozenset[str] | None:
    """The zones that the filters leave of those in reach; None: all.  `rows`: the registry."""
    if not (one.city or one.zone or one.kind):
        return None if reach is None else frozenset(reach)
    by_id = {row.id: row for row in rows}
    found = {
        row.id
        for row in rows
        if (not one.city or city(row) == one.city)
        and (not one.zone or one.zone in (row.id, row.parent))
        and (not one.kind or one.kind in (row.kind, by_id[row.parent].kind if row.parent in by_id else row.kind))
    }
    return frozenset(found if reach is None else found & set(reach))


def sift(one: Asked, zones: Collection[str] | None, slugs: Collection[str] | None = None) -> Sift:
    """What the reader of projects is asked; `zones` as `within` found them."""
    return Sift(on=one.on, zones=zones, slugs=slugs, words=one.words, stage=one.stage, industry=one.industry)


def city(row: ZoneRow) -> str:
    """The city of a zone; one that lies in two counts for the first it is written with."""
    return next((name for name in places() if row.city.startswith(name)), row.city)
