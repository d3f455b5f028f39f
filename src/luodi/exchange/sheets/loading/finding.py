"""Which project a row means, among those in reach: by its number, else by its name within the zone."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from luodi.accounts.acting import Acting
from luodi.accounts.gate import OutOfReach, require
from luodi.domain.vocabulary import Refusal, Text
from luodi.exchange.sheets.cells import Value, folded
from luodi.projects import readers
from luodi.projects.readers import Listed
from luodi.zones import readers as zones

FUNCTION = "project.record"
EVERY = 1_000_000


class Known:
    """The projects and zones that a post's rows may speak of.  Four queries once a file."""

    def __init__(self, by: Acting, kind: str, today: date) -> None:
        self.by, self.kind = by, kind
        rows = zones.zones(today)
        self._zone_names = {folded(word): row.id for row in rows for word in (row.id, row.name.zh, row.name.en)}
        self.names = {row.id: row.name for row in rows}
        self._team = frozenset(readers.projects_of(by.post, today))
        self._by_slug: dict[str, Listed] = {}
        self._by_name: dict[str, list[Listed]] = {}
        for one in readers.named(zones=by.reach, limit=EVERY):
            self.learn(one)
        for one in readers.named(slugs=self._team, limit=EVERY) if self._team else ():
            self.learn(one)

    def learn(self, one: Listed) -> None:
        """Know a project, or know it anew."""
        self._by_slug[one.slug] = one
        same = self._by_name.setdefault(folded(one.name.zh), [])
        same[:] = [other for other in same if other.slug != one.slug] + [one]

    def zone(self, values: Mapping[str, Value]) -> str:
        """The zone a row names, "" where it names none.  Raises Refusal."""
        said = values.get("zone")
        if said is None:
            return ""
        zone = self._zone_names.get(folded(str(said)))
        if zone is None:
            raise Refusal("sheet_zone_unknown", zone=str(said)[:60])
        return zone

    def find(self, values: Mapping[str, Value]) -> Listed | None:
        """The project a row names, by its number, else by its name within the zone.  Raises Refusal for two of one name."""
        if (slug := values.get("slug")) is not None:
            return self._by_slug.get(str(slug).lower())
        named = self._by_name.get(folded(str(values.get("name") or values.get("project") or "")), [])
        if len(named) > 1:
            zone = self._zone_names.get(folded(str(values.get("zone")))) if "zone" in values else self.by.zone
            named = [one for one in named if one.zone == zone] or named
        elif named and "zone" in values and self.kind == "projects":
            zone = self._zone_names.get(folded(str(values["zone"])))
            named = [one for one in named if one.zone == zone]
        if len(named) > 1:
            raise Refusal("sheet_project_twice", name=named[0].name.zh[:100])
        return named[0] if named else self._by_slug.get(self._usual_slug(values))

    def _usual_slug(self, values: Mapping[str, Value]) -> str:
        """The slug that importing gave, or would give, to a project of this name: it may be called otherwise by now."""
        name = str(values.get("name") or values.get("project") or "")
        return slug_of(self.zone(values) or self.by.zone, name)

    def allow(self, zone: str, slug: str) -> None:
        """Raise Refusal where the post may not record a project of a zone."""
        try:
            require(self.by, FUNCTION, zone=zone, project_posts=[self.by.post] if slug in self._team else [])
        except OutOfReach:
            raise Refusal("sheet_zone_outside", zone=self.names.get(zone) or Text(zone, zone)) from None


def slug_of(zone: str, name: str) -> str:
    """The slug a project gets that is known only by its name: the same for the same name in the same zone."""
    return "x" + sha256(f"{zone}\n{folded(name)}".encode()).hexdigest()[:15]
