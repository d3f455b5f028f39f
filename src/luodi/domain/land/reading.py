"""Parcels from GeoJSON: every fault of the file at once, with its line and its parcel.  `writing` writes the same form."""

from collections.abc import Mapping
from types import MappingProxyType

from luodi.domain.facts.quantities import Quantity
from luodi.domain.facts.wrong import Wrong
from luodi.domain.land.areas import declared, differing
from luodi.domain.land.features import Feature, features
from luodi.domain.land.overlaps import overlapping
from luodi.domain.land.parcels import Check, Listing, Numbers, Parcel, Proof
from luodi.domain.land.standard import STAGES, indicators
from luodi.domain.land.states import rules
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.tree import Leaf
from luodi.domain.vocabulary import Text

OWN_CODES = (
    "parcel_area_without_unit", "parcel_area_impossible", "parcel_area_unit", "parcel_area_digits", "parcel_area_differs",
)  # fmt: skip
CHINESE_WORDS = {
    name.zh: key for table in (rules().states, rules().tenures, rules().uses) for key, name in table.items()
}


def read_parcels(text: str | bytes, name: str = "parcels.geojson") -> tuple[Parcel, ...]:
    """The parcels of a file.  Raises `BadInput` with every fault of it: nothing of a file with a fault is taken."""
    parcels, faults = try_parcels(text, name)
    faults.settle()
    return parcels


def try_parcels(text: str | bytes, name: str = "parcels.geojson") -> tuple[tuple[Parcel, ...], Faults]:
    """The parcels of a file that have no fault, and the faults of the others: for telling good from bad."""
    faults = Faults(name)
    found, lines = list[Parcel](), dict[str, int]()
    for feature in features(text, faults):
        before = len(faults.found)
        parcel = _parcel(feature)
        if parcel is None or len(faults.found) > before:
            continue
        if parcel.number in lines:
            faults.add(feature.line, "parcel_twice", parcel=parcel.number, first=lines[parcel.number])
            continue
        lines[parcel.number] = feature.line
        found.append(parcel)
    bad = set[int]()
    for one, two, shared in overlapping([parcel.boundary for parcel in found], least=rules().tolerance.overlap):
        bad |= {one, two}
        facts = {"parcel": found[two].number, "other": found[one].number, "shared": round(shared, 1)}
        faults.add(lines[found[two].number], "parcels_overlap", **facts)
    return tuple(parcel for place, parcel in enumerate(found) if place not in bad), faults


def _parcel(feature: Feature) -> Parcel | None:
    """The parcel of a feature; None where its shape or number is missing.  Every fault is noted."""
    row, known = feature.row, rules()
    number, zone = ask.code(row, "number"), ask.text(row, "zone")
    zh = ask.text(row, "name", number)
    area = _declared(feature)
    words = {
        key: _word(row, key, table, default)
        for key, table, default in (
            ("state", known.states, "raw"), ("tenure", known.tenures, "transferred"), ("use", known.uses, "industrial"),
        )
    }  # fmt: skip
    proofs = {key: _proof(one) for key, one in _tables(row, "proofs")}
    listed = ask.child_or_none(row, "listing")
    price = ask.number(row, "price_wan_per_mu", None, low=0, high=100_000)
    numbers = {key: _numbers(row, key) for key in ("utilities", "conditions", "promised")}
    more = (ask.texts(row, "industries"), tuple(_check(one) for one in ask.children(row, "checks")))
    if feature.shape is None or not number:
        return None
    return Parcel(
        number, zone, Text(zh, ask.text(row, "name_en", zh)), feature.shape, area, words["tenure"], words["use"],
        words["state"], price, more[0], numbers["utilities"], numbers["conditions"], numbers["promised"],
        MappingProxyType(proofs), _listing(listed) if listed else None, more[1], ask.code(row, "project", ""),
    )  # fmt: skip


def _declared(feature: Feature) -> tuple[str, float]:
    """The declared area; what is wrong with it is noted."""
    row = feature.row
    if not ask.has(row, "area"):
        return "", 0.0
    written = ask.node(row, "area")
    value = written.value if isinstance(written, Leaf) else None
    found = declared(value, ask.text(row, "area_unit", None))
    wrong = found if isinstance(found, Wrong) else None
    if isinstance(found, Quantity) and feature.shape is not None:
        wrong = differing(found, feature.shape.area, rules().tolerance)
    if wrong:
        code = wrong.code if wrong.code in OWN_CODES else "parcel_area_unreadable"
        facts = {"value": str(value)[:40]} | dict(wrong.facts) | {"parcel": feature.label}
        row.faults.add(ask.line(row, "area"), code, **facts)
    return (found.written, float(found.amount)) if isinstance(found, Quantity) else ("", 0.0)


def _word(row: ask.Row, key: str, table: Mapping[str, Text], default: str) -> str:
    """One of the words of a table, in English or Chinese."""
    written = ask.text(row, key, default)
    return CHINESE_WORDS[written] if CHINESE_WORDS.get(written) in table else ask.choice(row, key, table, default)


def _tables(row: ask.Row, key: str) -> tuple[tuple[str, ask.Row], ...]:
    found = ask.child_or_none(row, key)
    return tuple(ask.rows(found)) if found else ()


def _proof(row: ask.Row) -> Proof:
    return Proof(ask.day(row, "on"), ask.text(row, "evidence"))


def _listing(row: ask.Row) -> Listing:
    found = Listing(ask.day(row, "announced"), ask.day(row, "starts"), ask.day(row, "ends"))
    if not found.announced <= found.starts <= found.ends:
        row.faults.add(ask.line(row, "starts"), "listing_out_of_order", starts=found.starts, ends=found.ends)
    return found


def _check(row: ask.Row) -> Check:
    return Check(
        ask.choice(row, "stage", STAGES), ask.day(row, "on"), _numbers(row, "measured"), ask.text(row, "evidence")
    )


def _numbers(row: ask.Row, key: str) -> Numbers:
    """A table of numbers; conditions, promises and measurements are those of known indicators."""
    found = ask.child_or_none(row, key)
    if found is None:
        return MappingProxyType({})
    known = None if key == "utilities" else indicators()
    numbers = {}
    for name, _ in ask.entries(found):
        numbers[name] = float(ask.number(found, name, low=0, high=1e9))
        if known is not None and name not in known:
            ask.unknown(found.faults, ask.line(found, name), "unknown_key", name, known)
    return MappingProxyType(numbers)
