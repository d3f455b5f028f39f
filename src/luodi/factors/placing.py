"""Saying where a utility node stands, so that maps show it and the choice of sites measures to it."""

from datetime import datetime

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.factors.placing import LonLat
from luodi.domain.vocabulary import Refusal
from luodi.factors.models import Node
from luodi.journal.actions import append


def place_node(*, node: int, place: LonLat, document: str, by: Acting, at: datetime, key: str | None = None) -> None:
    """Put a node where it stands, or correct that (longitude and latitude, CGCS2000); `document`: the paper it is read from.

    Raises `Refusal`: `node_gone`, `text_missing`.
    """
    paper = written.line(document, "document")
    with transaction.atomic():
        row = Node.objects.select_for_update().filter(pk=node).first()
        if row is None:
            raise Refusal("node_gone")
        append(
            chain=f"zone:{row.zone_id}", kind="factor.node_placed", by=by, at=at, zone=row.zone_id, key=key,
            payload={"code": row.code, "lon": f"{place[0]:f}", "lat": f"{place[1]:f}", "document": paper},
        )  # fmt: skip
        row.lon, row.lat = place
        row.save(update_fields=("lon", "lat"))
