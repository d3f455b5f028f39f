"""Questions about listing: which parcels are ripe, what the others still lack, and the batches with what became of them."""

from dataclasses import dataclass
from datetime import date, datetime

from luodi.domain.land import overlays, states
from luodi.domain.land.parcels import SQUARE_METRES
from luodi.domain.vocabulary import Text
from luodi.land import models, readers
from luodi.land.readers import Recorded, Zones
from luodi.zones.readers import chain

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Ripeness:
    """A parcel to be sold that is not listed yet, and everything that stands against listing it; nothing: it is ripe."""

    row: Recorded
    against: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A parcel of a batch as it stands now.  `seq`: its revision."""

    parcel: int
    number: str
    name: Text
    mu: float
    state: str
    project: str
    project_name: Text


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with its parcels."""

    id: int
    zone: str
    name: str
    announced: date
    starts: date
    ends: date
    paper: str
    at: datetime
    by: str
    members: tuple[Member, ...]

    def state(self, on: date) -> str:
        """Where it stands on a day: `notice`, `listed`, or `ended`."""
        return "notice" if on < self.starts else "listed" if on < self.ends else "ended"


def ripening(zones: Zones, on: date) -> tuple[Ripeness, ...]:
    """The parcels to be sold that are raw or net, ripe ones first.  Two queries, and one a zone for what that lies in."""
    rows = readers.whole(zones, limit=MOST)
    wanted = [one for one in rows if one.parcel.state in ("raw", "net") and one.parcel.tenure == "transferred"]
    over = {zone for one in wanted for zone in chain(one.parcel.zone)}
    areas = readers.overlays_over(over, on) if over else ()
    by_zone = {
        zone: tuple(area for area in areas if area.zone in chain(zone)) for zone in {w.parcel.zone for w in wanted}
    }
    found = [Ripeness(one, _against(one, by_zone[one.parcel.zone], on)) for one in wanted]
    return tuple(sorted(found, key=lambda one: (len(one.against), one.row.id)))


def batches(zones: Zones, *, limit: int = 50) -> tuple[Batch, ...]:
    """Batches with their parcels, the newest first.  Two queries."""
    found = models.Batch.objects.order_by("-announced", "-id")
    if zones is not None:
        found = found.filter(zone__in=zones)
    rows = list(found[:limit])
    columns = (
        "batch_id", "parcel_id", "parcel__number", "parcel__zh", "parcel__en", "parcel__area", "parcel__state",
        "parcel__project__slug", "parcel__project__zh", "parcel__project__en",
    )  # fmt: skip
    inside: dict[int, list[Member]] = {row.pk: [] for row in rows}
    for batch, parcel, number, zh, en, area, state, slug, project_zh, project_en in (
        models.Member.objects.filter(batch__in=rows).order_by("id").values_list(*columns)
    ):
        inside[batch].append(
            Member(parcel, number, Text(zh, en), area / SQUARE_METRES, state, slug or "",
                   Text(project_zh or "", project_en or ""))
        )  # fmt: skip
    return tuple(
        Batch(row.pk, row.zone_id, row.name, row.announced, row.starts, row.ends, row.paper, row.at, row.by,
              tuple(inside[row.pk]))
        for row in rows
    )  # fmt: skip


def _against(one: Recorded, areas: tuple[overlays.Overlay, ...], on: date) -> tuple[Text, ...]:
    checklist = states.rules().checklist
    lacking = [name for key, name in checklist.items() if key not in one.parcel.proofs]
    found: list[Text] = []
    if lacking:
        zh, en = "、".join(name.zh for name in lacking), ", ".join(name.en for name in lacking)
        found.append(Text(f"净地清单还缺：{zh}。", f"Not proven of the net-land checklist: {en}."))
    if one.parcel.state == "raw" and not lacking:
        found.append(Text("凭证已齐，还没有转为净地。", "All is proven, but it has not been made net land yet."))
    return (*found, *overlays.hindrances(one.parcel, overlays.effects(one.parcel.boundary, areas, on)))
