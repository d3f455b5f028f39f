"""People and posts by rows: who is not known is recorded, who is not in the post is appointed; passwords never come so."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings

from luodi.accounts import actions, readers
from luodi.accounts.acting import Acting
from luodi.accounts.gate import require
from luodi.accounts.offices import offices
from luodi.accounts.readers import Unit
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.cells import Value, folded
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.loading.door import Line, Taken

FUNCTION = "people.write"
EVERY = 100_000


class People:
    """The ledger of people and posts."""

    def __init__(self, by: Acting, today: date) -> None:
        self.by, self.today = by, today
        self._kinds = {
            folded(w): one.id for one in offices().posts.values() for w in (one.id, one.name.zh, one.name.en)
        }
        self._units: dict[str, list[Unit]] = {}
        for unit in readers.organisations(zones=by.reach, on=today):
            for word in {folded(unit.code), folded(unit.name.zh), folded(unit.name.en)}:
                self._units.setdefault(word, []).append(unit)
        self._held: dict[int, frozenset[tuple[str, str]]] = {}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Nothing ahead: who holds a post is read once an organisation."""

    def foresee(self, row: Row, *, thoroughly: bool) -> Taken:
        """What a row would do.  One or two queries.  Raises Refusal."""
        unit, kind, username = self._meant(row.values)
        known = readers.person(username)
        if known is None:
            return Taken("new", username)
        self._same_name(known, row.values)
        return Taken("same" if (username, kind) in self._posts(unit) else "changed", username)

    def take(self, row: Row, at: datetime) -> Taken:
        """Record and appoint.  Raises Refusal, as the actions do."""
        values = row.values
        unit, kind, username = self._meant(values)
        person = readers.person(username)
        recorded = person is None
        if person is not None:
            self._same_name(person, values)
            if (username, kind) in self._posts(unit):
                return Taken("same", username)
        else:
            telephone = str(values.get("telephone", "")) if settings.SEALING_KEY else ""
            person = actions.record_person(
                username=username, name=str(values["name"]), email=str(values.get("email", "")), telephone=telephone,
                by=self.by, at=at,
            )  # fmt: skip
        starts = values["starts"]
        assert isinstance(starts, date)  # noqa: S101 - a column of dates that must be filled
        appointed = actions.appoint(
            person=person, organisation=unit.id, kind=kind, starts=starts, document=str(values["document"]), by=self.by,
            at=at, ends=_day(values, "ends"), contract_until=_day(values, "contract_until"),
        )  # fmt: skip
        self._held.pop(unit.id, None)
        return Taken("new" if recorded else "changed", username, {"post": appointed.post, "recorded": recorded})

    def take_back(self, line: Line, reason: str, at: datetime) -> None:
        """End the post the row gave.  Raises Refusal: a person, once recorded, stays on the record."""
        number = line.before.get("post")
        post = readers.post(number) if isinstance(number, int) else None
        if post is None:
            raise Refusal("no_such_post")
        actions.end_post(post=post.id, ends=max(self.today, post.starts), reason=reason, by=self.by, at=at)
        if line.before.get("recorded"):
            raise Refusal("sheet_person_stays", name=post.name)

    def _meant(self, values: Mapping[str, Value]) -> tuple[Unit, str, str]:
        require(self.by, FUNCTION)
        words = str(values["organisation"])
        units = self._units.get(folded(words), [])
        if len(units) != 1:
            raise Refusal("sheet_unit_twice" if units else "sheet_unit_unknown", unit=words[:80])
        kind = self._kinds.get(folded(str(values["kind"])))
        if kind is None:
            known = "、".join(one.name.zh for one in offices().posts.values())
            raise Refusal("sheet_post_unknown", kind=str(values["kind"])[:40], known=known)
        return units[0], kind, str(values["username"]).lower()

    def _same_name(self, person: int, values: Mapping[str, Value]) -> None:
        name = readers.people([person]).get(person, "")
        if folded(name) != folded(str(values["name"])):
            raise Refusal("sheet_person_other_name", username=str(values["username"])[:60], name=name)

    def _posts(self, unit: Unit) -> frozenset[tuple[str, str]]:
        """Who holds which kind of post at an organisation, also from a later day on; kept for the file.  One query."""
        if unit.id not in self._held:
            rows = readers.posts(organisation=unit.id, limit=EVERY)
            self._held[unit.id] = frozenset(
                (row.username, row.kind) for row in rows if row.ends is None or row.ends >= self.today
            )
        return self._held[unit.id]


def _day(values: Mapping[str, Value], key: str) -> date | None:
    found = values.get(key)
    return found if isinstance(found, date) else None
