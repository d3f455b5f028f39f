"""Zones, organisations and delegated powers; and who is asking."""

from datetime import date, datetime

from django.utils import timezone
from pydantic import Field

from luodi.accounts import readers as people
from luodi.accounts.access import Scope, access
from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Shape, Short, Slug
from luodi.domain.vocabulary import Refusal
from luodi.zones import readers

TAG = "who"


class Right(Shape):
    """A function the post has, and how far it reaches."""

    function: str
    name: Words
    scope: str = Field(description="own, project, organisation, zone or province")


class Me(Shape):
    """The post a token acts as."""

    person: int
    username: str
    name: str
    post: int
    kind: str
    organisation: int
    organisation_code: str
    organisation_name: Words
    zone: str
    reach: list[str] | None = Field(description="Zones in reach; null: the whole province")
    rights: list[Right]
    now: datetime


class Zone(Shape):
    """A zone or park of the registry."""

    id: str
    name: Words
    kind: str
    city: str
    level: str
    parent: str | None
    starts: date | None
    ends: date | None
    checked: bool = Field(description="Whether the name was seen in a source")
    source: str


class Organisation(Shape):
    """An organisation."""

    id: int
    code: str
    kind: str
    name: Words
    zone: str
    unit: str = Field(description="Unit of the catalogue it acts as; empty for none")
    starts: date
    ends: date | None


class Power(Shape):
    """A delegated power: who may decide a matter, by which paper."""

    id: int
    matter: str
    organisation: int
    code: str
    name: Words
    zone: str
    category: str
    starts: date
    ends: date | None
    document: str
    sample: bool


@reads(TAG, "/me", "account.own", Me, dated=False)
def me(request: SignedIn) -> dict[str, object]:
    """Who the token acts as, and what the post may do.  No query."""
    acting, table = request.acting, access()
    rights = [
        {"function": id_, "name": function.name, "scope": table.scope(id_, acting.kind).value}
        for id_, function in table.functions.items()
        if table.scope(id_, acting.kind) is not Scope.NONE
    ]
    names = ("person", "username", "name", "post", "kind", "organisation", "organisation_code", "organisation_name")
    reach = None if acting.reach is None else sorted(acting.reach)
    return {name: getattr(acting, name) for name in names} | {
        "zone": acting.zone, "reach": reach, "rights": rights, "now": request.now,
    }  # fmt: skip


@reads(TAG, "/zones", "powers.read", list[Zone])
def zones(request: SignedIn) -> object:
    """The registry of zones and parks.  One query."""
    return readers.zones(timezone.localdate(request.as_of or request.now))


@reads(TAG, "/organisations", "powers.read", list[Organisation])
def organisations(request: SignedIn, kind: Short = None, unit: Short = None) -> object:
    """The organisations within reach, of a kind and a unit of the catalogue where one is given.  One query."""
    on = timezone.localdate(request.as_of or request.now)
    return people.organisations(kind=kind, zones=request.acting.reach, unit=unit, on=on)


@reads(TAG, "/powers", "powers.read", list[Power])
def powers(request: SignedIn, organisation: Short = None) -> object:
    """The delegated powers within reach, of one organisation (code) where one is given.  Two queries."""
    unit = people.organisation(organisation) if organisation else None
    if organisation and unit is None:
        return ()
    on = timezone.localdate(request.as_of or request.now)
    return readers.powers(zones=request.acting.reach, organisation=unit.id if unit else None, on=on)


@reads(TAG, "/zones/{slug:zone}", "powers.read", Zone, dated=False)
def zone(request: SignedIn, zone: Slug) -> object:
    """One zone.  One query."""
    found = readers.zone(zone)
    if found is None:
        raise Refusal("api_not_found")
    return found
