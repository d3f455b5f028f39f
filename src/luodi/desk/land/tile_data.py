"""The tiles of the atlas."""

import gzip

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.land import atlas_data, kept_land
from luodi.land import mosaic

TILE = "application/vnd.mapbox-vector-tile"
KEPT = "private, max-age=3600"
"""An address carries the version of the land it was made for."""


@require_GET
@needs("land.read")
def tile(request: SignedIn, z: int, x: int, y: int) -> HttpResponse:
    """A tile of the parcels of a zone (`zone`), today or at the end of a `day`.  Two queries where it is kept."""
    if z > mosaic.DEEPEST or max(x, y) >= 2**z:
        raise Http404
    shown = atlas_data.inside(request, request.GET.get("zone", "")[:64])
    moment = atlas_data.end(atlas_data.asked_day(request)) or request.as_of
    packed = kept_land.tile(shown, moment, mosaic.version(), z, x, y)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(packed if zipped else gzip.decompress(packed), content_type=TILE)
    answer["Cache-Control"], answer["Vary"] = KEPT, "Accept-Encoding, Cookie"
    if zipped:
        answer["Content-Encoding"] = "gzip"
    return answer
