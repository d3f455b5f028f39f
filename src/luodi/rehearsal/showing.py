"""The few live projects of the demo, in the zone whose people can be signed in as: one in full swing, others beside it."""

from datetime import datetime, timedelta

from django.db import transaction

from luodi.cases import bulk as cases
from luodi.debts import bulk as debts
from luodi.domain.clock.office import day_of
from luodi.journal.bulk import give_on_from
from luodi.projects import bulk as projects
from luodi.rehearsal.cast import cast_of
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.drawing import Draft, drawn, full_swing
from luodi.rehearsal.habits import habits
from luodi.rehearsal.living import Invented, live, write
from luodi.rehearsal.peopling import ENTERPRISE
from luodi.rehearsal.province import ROOM
from luodi.rehearsal.story import Calendar
from luodi.rehearsal.supervising import supervise
from luodi.workcalendar.readers import in_force
from luodi.zones.readers import ZoneRow, zone

MAIN, MAIN_AGE, SLUG = "zgsfq", 90, "jinko-live"
STREAM = ("demo", 2)
"""The chance of the project in full swing: one in which much happens."""
OTHERS = (
    ("zgsfq", 12), ("zgsfq", 33), ("zg_xuefu", 50), ("zgsfq", 60), ("zgsfq", 75), ("zg_tanghuai", 90), ("zgsfq", 105),
    ("zg_kechuang", 140), ("zgsfq", 190), ("zg_jinhe", 420),
)  # fmt: skip
"""Zone, and so many days ago the first contact."""

OLDEST, FOUND = 420, timedelta(days=13)
"""On the site of the oldest relics were found so many days ago."""
LATELY = timedelta(hours=2)
"""In the last hours before the present leaders and the enterprise have their say."""


@transaction.atomic
def show(*, at: datetime) -> int:
    """Live through the demo's projects up to shortly before a moment, and write them; how many."""
    first = {**cases.last_numbers(), "debt": debts.last_debt(), "project": projects.last_project()}
    calendar = Calendar(in_force(), at.replace(microsecond=0) - LATELY)
    places = ((MAIN, MAIN_AGE), *OTHERS)
    rows = {name: _zone(name) for name, _ in places}
    invented = []
    for place, (name, age) in enumerate(places):
        contact = calendar.days.next_workday(day_of(at) - timedelta(days=age))
        numbers = {key: first[key] + 1 + ROOM[key] * place for key in ROOM} | {"project": first["project"] + 1 + place}
        chance = Chance(*(("others", place) if place else STREAM), own=habits().shown)
        document: Draft = drawn(0, place, rows[name].name, contact) if place else full_swing(rows[name].name, contact)
        found = chance.moment(calendar.days.last_workday(day_of(at) - FOUND)) if age == OLDEST else None
        slug = f"live-{place:02d}" if place else SLUG
        invented.append(Invented(slug, chance, document, contact, name, ENTERPRISE, numbers, None, not place, found))
    stories = live(invented, cast={name: cast_of(name, day_of(at)) for name in rows}, calendar=calendar)
    done = write(rows[MAIN].name, stories)
    for key, table in {**cases.TABLES, "debt": debts.TABLE}.items():
        give_on_from(table, first[key] + 1 + ROOM[key] * len(places))
    give_on_from(projects.TABLE, first["project"] + 1 + len(places))
    supervise(stories, at=calendar.until + timedelta(minutes=5))
    return done.projects


def _zone(name: str) -> ZoneRow:
    found = zone(name)
    if found is None:
        raise LookupError(name)
    return found
