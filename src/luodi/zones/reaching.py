"""How far an organisation looks: its zone with the parks, every zone for the province, none for an enterprise."""

from datetime import date

from luodi.accounts.acting import Acting
from luodi.accounts.offices import offices
from luodi.accounts.readers import post as post_row
from luodi.accounts.standing import standing
from luodi.zones.readers import subtree


def reach(organisation_kind: str, zone: str) -> frozenset[str] | None:
    """The zones an organisation of a kind and zone looks after; None: all of them."""
    if organisation_kind in offices().province_wide:
        return None
    if organisation_kind == "enterprise" or not zone:
        return frozenset()
    return subtree(zone)


def acting_as(post: int, on: date) -> Acting | None:
    """Somebody acting as a post they hold on a day: for the command line, the samples and the tests.  Two queries."""
    row = post_row(post)
    found = standing(row.person, on) if row else None
    held = next((one for one in found.posts if one.post == post), None) if found else None
    return found.acting(held, reach) if found and held else None
