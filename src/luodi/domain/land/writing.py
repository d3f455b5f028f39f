"""Parcels as GeoJSON, in the form `reading` reads: handed to others, and kept as the document of each revision."""

import json
from collections.abc import Iterable, Mapping

from luodi.domain.facts.boundary import Boundary
from luodi.domain.land.parcels import Parcel

SYSTEM = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
"""CGCS2000, longitude before latitude."""


def collection(parcels: Iterable[Parcel]) -> str:
    """A file of parcels, one a line."""
    lines = ",\n".join(document(one) for one in parcels)
    return f'{{"type":"FeatureCollection","crs":{_text(SYSTEM)},"features":[\n{lines}\n]}}\n'


def document(parcel: Parcel) -> str:
    """A parcel as a feature on one line."""
    return _text({"type": "Feature", "geometry": geometry(parcel.boundary), "properties": properties(parcel)})


def geometry(boundary: Boundary) -> dict[str, object]:
    """A boundary as GeoJSON geometry."""
    polygons = [[[[x, y] for x, y in ring] for ring in rings] for rings in boundary.polygons]
    single = len(polygons) == 1
    return {"type": "Polygon" if single else "MultiPolygon", "coordinates": polygons[0] if single else polygons}


def properties(parcel: Parcel) -> dict[str, object]:
    """What is known of a parcel, what is empty left out."""
    listing = parcel.listing
    found: dict[str, object] = {
        "number": parcel.number,
        "zone": parcel.zone,
        "name": parcel.name.zh,
        "name_en": parcel.name.en,
        "area": parcel.declared[0],
        "tenure": parcel.tenure,
        "use": parcel.use,
        "state": parcel.state,
        "price_wan_per_mu": parcel.price,
        "industries": list(parcel.industries),
        "utilities": dict(parcel.utilities),
        "conditions": dict(parcel.conditions),
        "promised": dict(parcel.promised),
        "proofs": {key: {"on": one.on.isoformat(), "evidence": one.evidence} for key, one in parcel.proofs.items()},
        "listing": {} if listing is None else {
            "announced": listing.announced.isoformat(), "starts": listing.starts.isoformat(), "ends": listing.ends.isoformat(),
        },
        "checks": [
            {"stage": one.stage, "on": one.on.isoformat(), "measured": dict(one.measured), "evidence": one.evidence}
            for one in parcel.checks
        ],
        "project": parcel.project,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def _text(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
