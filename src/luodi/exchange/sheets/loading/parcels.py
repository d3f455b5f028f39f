"""Parcels by rows: each a file of one parcel to the room of land; what a row leaves empty stays as it is recorded."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from luodi.accounts.acting import Acting
from luodi.accounts.gate import OutOfReach, require
from luodi.domain.facts.wrong import Wrong
from luodi.domain.land import corners, plane
from luodi.domain.land.overlaps import overlap
from luodi.domain.land.parcels import Parcel
from luodi.domain.land.reading import try_parcels
from luodi.domain.land.states import rules
from luodi.domain.land.writing import document, properties
from luodi.domain.vocabulary import BadInput, Problem, Refusal, Text
from luodi.exchange.sheets.cells import Amount, Value, folded
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.loading.door import Line, Taken
from luodi.exchange.sheets.telling import ANSWERS
from luodi.land import moving, readers, restoring, taking
from luodi.zones import readers as zones

FUNCTION = "land.write"
PLAIN = ("name", "tenure", "use", "state")
SQUARE = 0.02
"""Degrees of a square of the grid by which rows of one file are compared: some two kilometres."""
Key = tuple[str, str]


class Parcels:
    """The ledger of parcels."""

    def __init__(self, by: Acting, today: date) -> None:
        self.by, self.today = by, today
        rows = zones.zones()
        self._zones = {folded(word): one.id for one in rows for word in (one.id, one.name.zh, one.name.en)}
        self._names = {one.id: one.name for one in rows}
        self._recorded: dict[Key, readers.Recorded] = {}
        self._meant: dict[int, Parcel | Refusal | BadInput] = {}
        self._against: dict[Key, list[Problem]] = {}
        self._near: dict[tuple[int, int], list[Parcel]] = {}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Five queries: the parcels that the rows mean as recorded, and what lies where theirs do."""
        named = ((self._zones.get(folded(str(row.values["zone"]))), str(row.values["number"])) for row in rows)
        self._recorded = readers.by_number([(zone, number) for zone, number in named if zone])
        self._meant = {row.number: self._tried(row.values) for row in rows}
        whole = [one for one in self._meant.values() if isinstance(one, Parcel)]
        self._against = taking.against(whole, reach=self.by.reach) if whole else {}

    def foresee(self, row: Row, *, thoroughly: bool) -> Taken:
        """What a row would do.  No query.  Raises Refusal, BadInput."""
        meant = self._meant[row.number]
        if not isinstance(meant, Parcel):
            raise meant
        key = (meant.zone, meant.number)
        if problems := self._against.get(key):
            raise BadInput(problems)
        self._clear_of_earlier(meant)
        known = self._recorded.get(key)
        if known is None:
            return Taken("new", _subject(key))
        return Taken("same" if document(known.parcel) == document(meant) else "changed", _subject(key))

    def take(self, row: Row, at: datetime) -> Taken:
        """Record the parcel of a row.  Raises Refusal, BadInput, as the room does."""
        meant = self._meant[row.number]
        if not isinstance(meant, Parcel):
            raise meant
        key = (meant.zone, meant.number)
        known = self._recorded.get(key)
        done = taking.take(text=document(meant), name=str(row.number), by=self.by, at=at)
        if done.same:
            return Taken("same", _subject(key))
        now = readers.by_number([key])[key]
        before = {"parcel": now.id, "seq": now.seq, "was": known.seq if known else 0}
        return Taken("changed" if known else "new", _subject(key), before)

    def take_back(self, line: Line, reason: str, at: datetime) -> None:
        """Take the parcel out, or make it what it was.  Raises Refusal where it was changed or supplied since."""
        parcel, seq, was = (line.before.get(name) for name in ("parcel", "seq", "was"))
        if not (isinstance(parcel, int) and isinstance(seq, int) and isinstance(was, int)):
            return
        if was:
            restoring.restore(parcel=parcel, seq=seq, to=was, by=self.by, at=at)
        else:
            moving.take_out(parcel=parcel, seq=seq, reason=reason, by=self.by, at=at)

    def _tried(self, values: Mapping[str, Value]) -> Parcel | Refusal | BadInput:
        try:
            return self._read(values)
        except ANSWERS as refused:
            return refused

    def _read(self, values: Mapping[str, Value]) -> Parcel:
        """The parcel of a row, laid over what is recorded of it.  Raises Refusal, BadInput."""
        zone = self._zones.get(folded(str(values["zone"])))
        if zone is None:
            raise Refusal("sheet_zone_unknown", zone=str(values["zone"])[:60])
        try:
            require(self.by, FUNCTION, zone=zone)
        except OutOfReach:
            raise Refusal("sheet_zone_outside", zone=self._names.get(zone) or Text(zone, zone)) from None
        number = str(values["number"])
        known = self._recorded.get((zone, number))
        told = properties(known.parcel) if known else {}
        told |= {"number": number, "zone": zone} | _told(values)
        geometry = json.loads(document(known.parcel))["geometry"] if known else None
        if "corners" in values:
            geometry = _geometry(values)
        if geometry is None:
            raise Refusal("parcel_corners_missing", parcel=number)
        text = json.dumps({"type": "Feature", "geometry": geometry, "properties": told}, ensure_ascii=False)
        found, faults = try_parcels(text, number)
        if faults.found:
            raise BadInput(faults.found)
        return found[0]

    def _clear_of_earlier(self, meant: Parcel) -> None:
        """Raise Refusal where a row overlaps one before it in the file; else keep it for those that follow."""
        box = plane.box(meant.boundary)
        squares = [
            (x, y)
            for x in range(int(box.west / SQUARE), int(box.east / SQUARE) + 1)
            for y in range(int(box.south / SQUARE), int(box.north / SQUARE) + 1)
        ]
        for other in {id(one): one for square in squares for one in self._near.get(square, ())}.values():
            shared = overlap(meant.boundary, other.boundary) if other.number != meant.number else 0.0
            if shared > rules().tolerance.overlap:
                raise Refusal("parcels_overlap", parcel=meant.number, other=other.number, shared=round(shared, 1))
        for square in squares:
            self._near.setdefault(square, []).append(meant)


def _told(values: Mapping[str, Value]) -> dict[str, object]:
    """What a row says of a parcel beside its shape."""
    told: dict[str, object] = {name: str(values[name]) for name in PLAIN if name in values}
    if "name" in told:
        told["name_en"] = told["name"]
    if isinstance(area := values.get("area"), Amount):
        told["area"] = area.written
    if isinstance(price := values.get("price"), Decimal):
        told["price_wan_per_mu"] = float(price)
    if "industries" in values:
        told["industries"] = [one for one in re.split(r"[\s、,，;；]+", str(values["industries"])) if one]
    return told


def _geometry(values: Mapping[str, Value]) -> dict[str, object]:
    found = corners.polygons(str(values["corners"]), str(values.get("system", "")))
    if isinstance(found, Wrong):
        raise Refusal(found.code, parcel=str(values["number"]), **found.facts)
    single = len(found) == 1
    return {"type": "Polygon" if single else "MultiPolygon", "coordinates": found[0] if single else found}


def _subject(key: Key) -> str:
    return f"{key[0]}:{key[1]}"
