"""What maps ask for again and again, kept in the process for as long as the land stays as it is.

Everything here is asked with the version of the land (`mosaic.version`): an act on land makes another version.
"""

import gzip
from datetime import datetime
from functools import cache, lru_cache
from threading import Lock

from luodi.land import mosaic, readers, slices
from luodi.land.siting import level

Inside = frozenset[str] | None
"""The zones somebody may see; None: all."""
GATHERING = Lock()


@lru_cache(maxsize=64)
def extent(zones: Inside, version: str) -> slices.Extent:
    """How much land there is and where.  Two queries the first time."""
    return slices.extent(zones)


@lru_cache(maxsize=64)
def on_projects(zones: Inside, version: str) -> dict[str, tuple[float, float]]:
    """Where the projects lie.  A query the first time."""
    return slices.on_projects(zones)


@lru_cache(maxsize=64)
def present(zones: Inside, version: str) -> tuple[str, ...]:
    """The zones in which parcels are recorded.  A query the first time."""
    return readers.zones_with_parcels(zones)


@lru_cache(maxsize=1024)
def tile(zones: Inside, moment: datetime | None, version: str, z: int, x: int, y: int) -> bytes:
    """A tile, zipped; `moment`: as the land stood then.  No query where it is kept; the land is read for the first of them."""
    with GATHERING:  # two tiles asked for at once must not both read the land
        whole = land(zones, moment, version)
    return gzip.compress(mosaic.tile(whole, z, x, y), 6, mtime=0)


@lru_cache(maxsize=4)
def land(zones: Inside, moment: datetime | None, version: str) -> mosaic.Mosaic:
    """The land of zones as arrays.  Three queries the first time."""
    return mosaic.mosaic(zones, cache(level), moment)
