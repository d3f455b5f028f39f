"""Parcels and overlays as the tables keep them: documents that were checked when they were written, read fast."""

import json
from datetime import date
from types import MappingProxyType
from typing import Any

from luodi.domain.facts.boundary import Boundary
from luodi.domain.facts.quantities import Quantity
from luodi.domain.land.areas import declared
from luodi.domain.land.parcels import Check, Listing, Numbers, Parcel, Proof
from luodi.domain.land.plane import area
from luodi.domain.vocabulary import Text


def shape(geometry: dict[str, Any]) -> Boundary:
    """The boundary of a geometry that was checked before."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    kept = tuple(tuple(tuple((float(p[0]), float(p[1])) for p in ring) for ring in rings) for rings in polygons)
    return Boundary(kept, area(kept), metric=False)


def kept_shape(text: str) -> Boundary:
    """The same, from its text."""
    return shape(json.loads(text))


def kept(document: str) -> Parcel:
    """The parcel of a document that `writing` made."""
    feature = json.loads(document)
    told = feature["properties"]
    listing = told.get("listing")
    return Parcel(
        number=told["number"],
        zone=told["zone"],
        name=Text(told["name"], told.get("name_en", told["name"])),
        boundary=shape(feature["geometry"]),
        declared=_declared(told.get("area", "")),
        tenure=told["tenure"],
        use=told["use"],
        state=told["state"],
        price=told.get("price_wan_per_mu"),
        industries=tuple(told.get("industries", ())),
        utilities=_numbers(told.get("utilities")),
        conditions=_numbers(told.get("conditions")),
        promised=_numbers(told.get("promised")),
        proofs=MappingProxyType({key: _proof(one) for key, one in told.get("proofs", {}).items()}),
        listing=Listing(*(date.fromisoformat(listing[key]) for key in ("announced", "starts", "ends")))
        if listing
        else None,
        checks=tuple(_check(one) for one in told.get("checks", ())),
        project=told.get("project", ""),
    )


def _declared(written: str) -> tuple[str, float]:
    found = declared(written) if written else None
    return (written, float(found.amount)) if isinstance(found, Quantity) else (written, 0.0)


def _proof(one: dict[str, str]) -> Proof:
    return Proof(date.fromisoformat(one["on"]), one["evidence"])


def _check(one: dict[str, Any]) -> Check:
    return Check(one["stage"], date.fromisoformat(one["on"]), _numbers(one["measured"]), one["evidence"])


def _numbers(table: dict[str, float] | None) -> Numbers:
    return MappingProxyType(dict(table or {}))
