"""Where the utility nodes stand, by the connection they give: what the choice of sites measures to."""

from collections import defaultdict

from luodi.factors import readers

GIVES = {"substation": "power", "water_works": "water", "gas_main": "gas", "heat_source": "heat"}


def node_places() -> dict[str, list[tuple[float, float]]]:
    """Kind of connection -> longitudes and latitudes of the nodes whose place is known.  Two queries."""
    found = defaultdict[str, list[tuple[float, float]]](list)
    for one in readers.nodes(zones=None):
        if one.place is not None and one.kind in GIVES:
            found[GIVES[one.kind]].append(one.place)
    return dict(found)
