"""Projects lived through together, day by day, in memory; and then written at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.cases import bulk as cases
from luodi.cases.bulk import Ledger
from luodi.cases.held import Subject
from luodi.cases.tallying import Place
from luodi.debts.bulk import Book
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Text
from luodi.journal.actions import Draft as Entry
from luodi.journal.bulk import Strand
from luodi.journal.readers import chain_of
from luodi.projects.bulk import Folder
from luodi.rehearsal import scenes
from luodi.rehearsal.beginning import begin
from luodi.rehearsal.cast import Cast, agent
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.drawing import Draft
from luodi.rehearsal.halting import find
from luodi.rehearsal.story import Calendar, Story


@dataclass(frozen=True, slots=True)
class Invented:
    """A project to be lived.  `firm`: code of the enterprise; `numbers`: the first ones of its rows.

    `rolls`, `thorough`: see `Story`.  `find`: when relics are found on its site, where it is certain that they are.
    """

    slug: str
    chance: Chance
    document: Draft
    contact: date
    zone: str
    firm: str
    numbers: Mapping[str, int]
    rolls: int | None
    thorough: bool = False
    find: datetime | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """A zone that has been written.  `skipped`: it was there already."""

    zone: Text
    projects: int
    cases: int = 0
    events: int = 0
    entries: int = 0
    skipped: bool = False


def live(invented: Sequence[Invented], *, cast: Mapping[str, Cast], calendar: Calendar) -> list[Story]:
    """Let everything happen up to the present.  `cast`: by zone.  Some queries for each project, for its enterprise."""
    stories = []
    for one in invented:
        story = _story(one, cast[one.zone], calendar)
        stories.append(story)
        moment = one.chance.of("contact").moment(one.contact)
        calendar.at(moment, lambda now, story=story: begin(story, now))  # type: ignore[misc]
        if one.find is not None:
            calendar.at(one.find, lambda now, story=story: find(story, story.chance.of("find"), now))  # type: ignore[misc]
    calendar.run()
    for story in stories:
        story.tell(story.passed(), calendar.until, always=True)  # as the nightly rolling does
    return [one for one in stories if one.strand.records]


def write(zone: Text, stories: Sequence[Story]) -> Played:
    """Write what was lived, inside the caller's transaction."""
    sums: Counter[Place] = Counter()
    number, events, entries = 0, 0, 0
    for one in stories:
        one.folder.keep()
        one.strand.keep()
        for place, count in one.ledger.keep().items():
            sums[place] += count
        one.book.keep()
        if one.forecasts is not None:
            one.forecasts.keep()
        number += len(one.ledger.rows)
        events += sum(len(act.events) for act in one.ledger.acts)
        entries += len(one.strand.records)
    cases.add_sums(sums)
    return Played(zone, len(stories), number, events, entries)


def _story(one: Invented, cast: Cast, calendar: Calendar) -> Story:
    acting, number = agent(one.firm), one.numbers["project"]
    name = one.document.file.name
    strand = Strand(chain_of(one.slug), one.zone)

    def tie(kind: str, by: Acting, at: datetime, payload: Mapping[str, Json]) -> str:
        return strand.tie(Entry(kind, by, at, one.zone, one.slug, payload))

    subject = Subject(number, one.slug, name, one.zone, acting.organisation, one.document.file)
    return Story(
        chance=one.chance, cast=cast, agent=acting, calendar=calendar, document=one.document, subject=subject,
        strand=strand, folder=Folder(number, one.slug, one.zone, acting.organisation, name),
        ledger=Ledger(one.numbers, calendar.days), book=Book(one.numbers["debt"], number, one.zone, tie), rolls=one.rolls,
        thorough=one.thorough, look=scenes.look,
    )  # fmt: skip
