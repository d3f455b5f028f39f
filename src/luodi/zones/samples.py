"""The sample powers: which of our matters the parks and bureaus of the demo decide (`data/samples_org/powers.yaml`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.domain.catalogue.reading import load as load_catalogue
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.zones import actions, readers

FILE = "samples_org/powers.yaml"


@dataclass(frozen=True, slots=True)
class Given:
    """A power of the sample."""

    matter: str
    organisation: str
    category: str
    starts: date
    document: str


@transaction.atomic
def load(*, by: Acting, at: datetime) -> int:
    """Delegate what is not delegated yet; how many powers were new.  The organisations must be recorded before."""
    units = {one.code: one.id for one in accounts.organisations()}
    known = {(one.matter, one.code) for one in readers.powers()}
    missing = [one for one in given() if one.organisation in units and (one.matter, one.organisation) not in known]
    actions.delegate(
        powers=[actions.Given(one.matter, units[one.organisation], one.starts, one.document, None, one.category)
                for one in missing],
        sample=True, by=by, at=at,
    )  # fmt: skip
    return len(missing)


def given() -> tuple[Given, ...]:
    """All powers of the file.  Raises `BadInput` with every fault of it.  One query, for the organisations."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    ask.node(root, "source")
    parks, zones = ask.child(root, "parks"), ask.children(root, "zones")
    found = [*of_parks(parks), *(one for row in zones for one in of_zone(row))]
    for row in (root, parks, *zones):
        ask.close(row)
    faults.settle()
    return tuple(found)


def of_parks(row: ask.Row) -> Iterator[Given]:
    """What every park's service centre may decide."""
    document, starts = ask.text(row, "document"), ask.day(row, "starts")
    categories = ask.child(row, "categories")
    matters = [
        (category, matter) for category, _ in ask.entries(categories) for matter in ask.texts(categories, category)
    ]
    for organisation in ask.texts(row, "organisations"):
        for category, matter in matters:
            known_matter(categories, category, matter)
            yield Given(matter, organisation, category, starts, document)


def known_matter(row: ask.Row, key: str, matter: str) -> None:
    """Note a matter the catalogue does not have."""
    matters = load_catalogue().matters
    if matter not in matters:
        ask.unknown(row.faults, ask.item_line(row, key, matter), "unknown_key", matter, matters)


def of_zone(row: ask.Row) -> Iterator[Given]:
    """What the bureaus of a zone may decide: the matters of the unit each acts as, or all of them by one bureau."""
    zone, document, starts = ask.text(row, "zone"), ask.text(row, "document"), ask.day(row, "starts")
    single = ask.text(row, "all", None)
    units = {one.unit: one.code for one in accounts.organisations(zones=(zone,)) if one.unit}
    for matter in load_catalogue().matters.values():
        code = single or units.get(matter.unit)
        if matter.unit != "owner" and code:
            yield Given(matter.id, code, "", starts, document)
