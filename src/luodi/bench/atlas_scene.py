"""The scene of the atlas bench, in a process of its own: 50,000 invented parcels on a grid, and somebody who may see them."""

import importlib
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

import django

ACROSS = 250
STEP, SIZE = 0.002, 0.0018  # degrees: lots of 160 by 200 m with streets between them
WEST, SOUTH = 112.2, 36.1
ZONE = "tunliu"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def prepare(count: str) -> str:
    """The zones, so many parcels in one of them, and the cookie of its data officer."""
    from luodi.accounts.acting import SYSTEM
    from luodi.accounts.models import Organisation, Person, Post
    from luodi.zones import registry

    now = datetime.now(UTC)
    registry.load(by=SYSTEM, at=now)
    _parcels(int(count), now)
    office = Organisation.objects.create(
        code="bench", kind="committee", zh="管委会", en="Committee", zone=ZONE, starts=date(2020, 1, 1)
    )
    person = Person(username="bench", name="王测")
    person.set_unusable_password()
    person.save()
    post = Post.objects.create(person=person, organisation=office, kind="data_officer", starts=date(2020, 1, 1))
    return _session(person.pk, post.pk)


def _parcels(count: int, now: datetime) -> None:
    from luodi.domain.land import states
    from luodi.domain.land.keeping import shape
    from luodi.domain.land.parcels import Parcel
    from luodi.domain.land.writing import document
    from luodi.domain.vocabulary import Text
    from luodi.land import models

    luck, known = Random(1), tuple(states.rules().states)
    rows = []
    for place in range(count):
        row, column = divmod(place, ACROSS)
        west, south = WEST + column * STEP, SOUTH + row * STEP
        boundary = shape({"type": "Polygon", "coordinates": [_ring(west, south, luck)]})
        number = f"B-{place:05d}"
        one = Parcel(number, ZONE, Text(f"地块{number}", number), boundary, state=luck.choice(known))
        rows.append(
            models.Parcel(
                zone_id=ZONE, number=number, zh=one.name.zh, en=number, state=one.state, tenure=one.tenure, use=one.use,
                area=boundary.area, west=west, south=south, east=west + SIZE, north=south + SIZE,
                document=document(one), seq=1, at=now,
            )
        )  # fmt: skip
    models.Parcel.objects.bulk_create(rows, batch_size=2000)
    models.Revision.objects.bulk_create(
        [models.Revision(parcel=one, seq=1, at=now, by="bench", what="parcel.recorded", document=one.document) for one in rows],
        batch_size=2000,
    )  # fmt: skip


def _ring(west: float, south: float, luck: Random) -> list[list[float]]:
    """A lot of eight corners, as surveyed ones are."""
    east, north, cut = west + SIZE, south + SIZE, SIZE * luck.uniform(0.05, 0.25)
    corners = [
        (west + cut, south), (east - cut, south), (east, south + cut), (east, north - cut), (east - cut, north),
        (west + cut, north), (west, north - cut), (west, south + cut), (west + cut, south),
    ]  # fmt: skip
    return [[round(x, 7), round(y, 7)] for x, y in corners]


def _session(person: int, post: int) -> str:
    """The cookie of somebody who has just signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from luodi.accounts.models import Person

    store = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person), BACKEND
    store[HASH_SESSION_KEY] = Person.objects.get(pk=person).get_session_auth_hash()
    store["post"] = post
    store.create()
    return json.dumps({"name": settings.SESSION_COOKIE_NAME, "value": store.session_key})


STEPS: dict[str, Callable[..., str]] = {"prepare": prepare}

if __name__ == "__main__":
    django.setup()
    print(STEPS[sys.argv[1]](*sys.argv[2:]))
