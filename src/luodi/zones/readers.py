"""Questions about zones, their parks, and who may decide what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic

from luodi.accounts.readers import current
from luodi.domain.vocabulary import Text
from luodi.zones.models import Power, Zone


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A zone or park as the registry gives it; `checked` is False for a name that is not to be shown as fact."""

    id: str
    name: Text
    kind: str  # industrial | agriculture | culture_tourism | bonded | sub_park
    city: str
    level: str
    parent: str | None
    starts: date | None
    ends: date | None
    confidence: str  # verified | article | unverified
    source: str

    @property
    def checked(self) -> bool:
        """Whether its name was seen in a source."""
        return self.confidence != "unverified"


@dataclass(frozen=True, slots=True)
class Decider:
    """Who may decide a matter, and the paper that says so; printed on the decision."""

    organisation: int
    code: str
    name: Text
    document: str
    power: int


@dataclass(frozen=True, slots=True)
class PowerRow:
    """A delegated power."""

    id: int
    matter: str
    organisation: int
    code: str
    name: Text
    zone: str
    category: str
    starts: date
    ends: date | None
    document: str
    sample: bool


KEPT_SECONDS = 10
"""So long another process may not know a new park."""

COLUMNS = ("id", "zh", "en", "kind", "city", "level", "parent_id", "starts", "ends", "confidence", "source")
POWER = (
    "id", "matter", "organisation_id", "organisation__code", "organisation__zh", "organisation__en",
    "organisation__zone", "category", "starts", "ends", "document", "sample",
)  # fmt: skip


def zones(on: date | None = None) -> tuple[ZoneRow, ...]:
    """The registry, a zone before its parks, those that exist on a day where one is given.  One query."""
    found = [
        ZoneRow(pk, Text(zh, en), *rest) for pk, zh, en, *rest in Zone.objects.order_by("id").values_list(*COLUMNS)
    ]
    if on is not None:
        found = [one for one in found if (one.starts or on) <= on <= (one.ends or on)]
    return tuple(sorted(found, key=lambda one: (one.parent or one.id, one.parent is not None, one.id)))


def zone(id_: str) -> ZoneRow | None:
    """One zone.  One query."""
    row = Zone.objects.filter(pk=id_).values_list(*COLUMNS).first()
    return ZoneRow(row[0], Text(row[1], row[2]), *row[3:]) if row else None


def subtree(zone: str) -> frozenset[str]:
    """A zone with all its parks; of an unknown id the id alone.  One query, kept for some seconds."""
    return frozenset((zone, *(one for one in parents() if zone in chain(one))))


def chain(zone: str) -> tuple[str, ...]:
    """A zone and what it lies in, nearest first.  One query, kept for some seconds."""
    known, found = parents(), [zone]
    while (above := known.get(found[-1])) is not None and above not in found:
        found.append(above)
    return tuple(found)


def parents() -> dict[str, str | None]:
    """Every zone with what it lies in.  One query, kept for some seconds, since every page asks."""
    return _parents(int(monotonic() / KEPT_SECONDS))


@lru_cache(maxsize=1)
def _parents(age: int) -> dict[str, str | None]:
    return dict(Zone.objects.values_list("id", "parent_id"))


def forget() -> None:
    """Ask the table again for what lies in what: after a recording, and between tests."""
    _parents.cache_clear()


def decider(matter: str, zone: str, on: date) -> Decider | None:
    """Who may decide a matter of a project in a zone on a day, by the table of powers alone.

    The park before its zone, the zone before city and province (organisations without a zone).  One query.
    """
    return deciders(zone, on, (matter,)).get(matter)


def deciders(zone: str, on: date, matters: Collection[str] | None = None) -> dict[str, Decider]:
    """As `decider`, for all matters (or some) at once; a matter nobody may decide is missing.  One query."""
    near = {one: place for place, one in enumerate((*chain(zone), ""))}
    held = Power.objects.filter(current(on), organisation__zone__in=near).order_by("starts", "id")
    held = held.exclude(organisation__kind="enterprise")  # thousands, of no zone, which hold no powers
    if matters is not None:
        held = held.filter(matter__in=matters)
    found: dict[str, tuple[int, Decider]] = {}
    for row in powers_of(held.values_list(*POWER)):
        place = near[row.zone]
        if row.matter not in found or place < found[row.matter][0]:
            found[row.matter] = (place, Decider(row.organisation, row.code, row.name, row.document, row.id))
    return {matter: one for matter, (_, one) in found.items()}


def may_decide(organisation: int, matter: str, on: date) -> PowerRow | None:
    """The power by which an organisation may decide a matter on a day; None where it may not.  One query."""
    held = Power.objects.filter(current(on), organisation_id=organisation, matter=matter).order_by("-starts")
    return next(iter(powers_of(held.values_list(*POWER)[:1])), None)


def power(number: int) -> PowerRow | None:
    """One delegated power.  One query."""
    return next(iter(powers_of(Power.objects.filter(pk=number).values_list(*POWER))), None)


def powers(
    *, organisation: int | None = None, zones: Collection[str] | None = None, on: date | None = None
) -> tuple[PowerRow, ...]:
    """Delegated powers by organisation and matter, those in force on a day where one is given.  One query."""
    held = Power.objects.order_by("organisation_id", "category", "matter", "starts")
    if organisation is not None:
        held = held.filter(organisation_id=organisation)
    if zones is not None:
        held = held.filter(organisation__zone__in=zones)
    if on is not None:
        held = held.filter(current(on))
    return powers_of(held.values_list(*POWER))


def powers_of(rows: Collection[tuple[object, ...]]) -> tuple[PowerRow, ...]:
    """Rows as values."""
    return tuple(
        PowerRow(pk, matter, organisation, code, Text(zh, en), *rest)  # type: ignore[arg-type]
        for pk, matter, organisation, code, zh, en, *rest in rows
    )
