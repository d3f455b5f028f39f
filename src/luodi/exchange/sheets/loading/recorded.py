"""Rows about projects: which project a row means, whether the post may, and the change of its file by the room's action."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal, Text
from luodi.exchange.sheets.cells import Value
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.ledgers import Ledger, ledger
from luodi.exchange.sheets.loading import documents
from luodi.exchange.sheets.loading.documents import Document
from luodi.exchange.sheets.loading.door import Line, Taken
from luodi.exchange.sheets.loading.finding import Known
from luodi.leads import adopting
from luodi.projects import actions, readers
from luodi.projects.readers import Listed


@dataclass(frozen=True, slots=True)
class Meant:
    """The project a row is about: as it is listed (None: not yet recorded), and its file as it stands."""

    slug: str
    zone: str
    listed: Listed | None
    document: Document


class OnRecord:
    """What the loaders of projects, milestones and matters share.  Subclasses say which values a row states."""

    kind = ""

    def __init__(self, by: Acting, today: date) -> None:
        self.by, self.today = by, today
        self.ledger: Ledger = ledger(self.kind)
        self.known = Known(by, self.kind, today)
        self._texts: dict[str, str] = {}

    def look_up(self, rows: Sequence[Row]) -> None:
        """One query: the files of the projects that the rows mean, and of those that have a number a row would give."""
        meant = {str(row.values["slug"]).lower() for row in rows if "slug" in row.values}
        for row in rows:
            with suppress(Refusal):  # said when the row has its turn
                found = self.known.find(row.values)
                meant |= {found.slug} if found else set()
        self._texts = readers.documents(meant)

    def foresee(self, row: Row, *, thoroughly: bool) -> Taken:
        """What a row would do.  Raises Refusal, and BadInput where the project file would have faults."""
        meant = self.meant(row.values)
        if meant.listed is None:
            self.known.learn(Listed(0, meant.slug, self._text(row.values), meant.zone, False, False, datetime.min))  # noqa: DTZ901
        if not meant.document and not thoroughly:
            return Taken("new", meant.slug)
        changes = self.changes(meant, row.values)
        if changes and thoroughly:
            readers.understood(documents.written(self._changed(meant, changes)))
        does = bool(changes) or self.live(row.values, meant) is not None
        return Taken("new" if not meant.document else "changed" if does else "same", meant.slug)

    def take(self, row: Row, at: datetime) -> Taken:
        """Record what a row says of its project."""
        meant = self.meant(row.values)
        changes = self.changes(meant, row.values)
        live = self.live(row.values, meant)
        if not changes and live is None:
            return Taken("same", meant.slug)
        text = documents.written(self._changed(meant, changes))
        actions.record_project(
            slug=meant.slug, document=text, sample=meant.listed.sample if meant.listed else False, by=self.by, at=at,
            zone=meant.zone or None, live=live,
        )  # fmt: skip
        adopting.follow_project(project=meant.slug, at=at)
        self._texts[meant.slug] = text
        if meant.listed is None:
            self.known.learn(Listed(0, meant.slug, self._text(row.values), meant.zone, bool(live), False, at))
        before: dict[str, Json] = {
            "new": not meant.document, "live": live,
            "changes": [[one.path, one.was, one.now] for one in changes],
        }  # fmt: skip
        return Taken("changed" if meant.document else "new", meant.slug, before)

    def take_back(self, line: Line, reason: str, at: datetime) -> None:
        """Write the values back that stand as the row left them.  Raises Refusal for what somebody changed since."""
        found = readers.project(line.subject)
        if found is None:
            raise Refusal("project_unknown", slug=line.subject)
        if line.before.get("new"):
            if found.live and line.before.get("live"):
                actions.record_project(
                    slug=found.slug, document=found.document, sample=found.sample, by=self.by, at=at, live=False
                )
            raise Refusal("sheet_project_stays", project=found.name)
        document = documents.parsed(found.document)
        changes = line.before.get("changes")
        for path, was, now in changes if isinstance(changes, list) else ():
            if not documents.same(path, documents.value_at(document, path), now):
                raise Refusal("sheet_changed_since", project=found.name)
            documents.put(document, path, was)
        turned = line.before.get("live")
        live = not turned if isinstance(turned, bool) and found.live == turned else None
        actions.record_project(
            slug=found.slug, document=documents.written(document), sample=found.sample, by=self.by, at=at, live=live
        )

    def meant(self, values: Mapping[str, Value]) -> Meant:
        """The project of a row, where the post may change it.  Raises Refusal."""
        listed = self.known.find(values)
        zone = listed.zone if listed else self.known.zone(values) or self.by.zone
        slug = listed.slug if listed else self.new_slug(values, zone)
        self.known.allow(zone, slug)
        if listed is None and slug in self._texts:
            raise Refusal("sheet_slug_taken", slug=slug)
        text = self._texts.get(slug, "") if listed else ""
        return Meant(slug, zone, listed if text else None, documents.parsed(text) if text else {})

    def changes(self, meant: Meant, values: Mapping[str, Value]) -> tuple[documents.Change, ...]:
        """What the row changes in the file of its project, the day of the file included."""
        found = documents.changes(meant.document, self.wanted(meant, values))
        kept_up = documents.keep_up(self._changed(meant, found), self.today) if found else None
        return (*found, kept_up) if kept_up else found

    def wanted(self, meant: Meant, values: Mapping[str, Value]) -> dict[str, Json]:
        """The values a row states, by their path in the file."""
        found = {}
        for id_, value in values.items():
            to = self.ledger.columns[id_].to
            if to.startswith(("form.", "milestones.")):
                found[to.replace(".", documents.SLASH, 1)] = documents.stated(value)
        return found

    def new_slug(self, values: Mapping[str, Value], zone: str) -> str:
        """The slug of a project that is not recorded.  Raises Refusal where rows may not begin one."""
        name = str(values.get("project") or values.get("slug") or "")
        raise Refusal("sheet_project_unknown", name=name[:100])

    def live(self, values: Mapping[str, Value], meant: Meant) -> bool | None:
        """Whether the project is to be handled here; None leaves that as it is."""
        return None

    def _text(self, values: Mapping[str, Value]) -> Text:
        name = str(values.get("name") or values.get("project") or "")
        return Text(name, name)

    def _changed(self, meant: Meant, changes: Sequence[documents.Change]) -> Document:
        document = documents.parsed(documents.written(meant.document)) if meant.document else {}
        for one in changes:
            documents.put(document, one.path, one.now)
        return document
