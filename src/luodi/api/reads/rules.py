"""The matters of the catalogue and the calendar of working days."""

from datetime import date
from typing import Annotated

from ninja import Path
from pydantic import Field

from luodi.accounts.gate import SignedIn
from luodi.api.doors import reads
from luodi.api.problems import Words
from luodi.api.shapes import Shape, Slug
from luodi.desk.charting import answers
from luodi.desk.workdays import views
from luodi.domain.catalogue.matters import Matter as Rule
from luodi.domain.vocabulary import Refusal, Source
from luodi.workcalendar import readers

TAG = "rules"


class Days(Shape):
    """A number of days with its source."""

    days: int
    unit: str
    kind: str = Field(description="max, min, duty or assumed")
    confidence: str = Field(description="law, published or assumption")
    source: str
    since: date | None


class Matter(Shape):
    """One approval or service matter."""

    id: str
    name: Words
    stage: int
    phase: str
    unit: str
    unit_name: Words
    mode: str
    legal_basis: str
    because: Words = Field(description="When it applies")
    requires: list[str]
    limits: list[Days]
    promises: list[Days]
    output: Words
    hard_gate: bool
    commitment: bool = Field(description="Whether it can be granted on a written commitment")
    deferrable: list[Words] = Field(description="Papers that may come later")
    source: str


class Holiday(Shape):
    """A holiday, or a weekend day on which people work."""

    day: date
    works: bool
    name: Words | None


class Edit(Shape):
    """A notice or correction that an officer added."""

    id: int
    year: int | None
    title: str
    number: str
    link: str
    reason: str
    who: str


class Year(Shape):
    """The working days of a year."""

    year: int
    published: date = Field(description="The last day for which a notice is known; later days are plain weekends")
    days: list[Holiday] = Field(description="Every day that differs from plain weekends, and every holiday")
    edits: list[Edit]
    notices: list[str]


@reads(TAG, "/matters", "account.own", list[Matter], dated=False)
def matters(request: SignedIn) -> list[dict[str, object]]:
    """Every matter of the catalogue in force.  No query."""
    return [told(one) for one in answers.catalogue().matters.values()]


@reads(TAG, "/matters/{slug:matter}", "account.own", Matter, dated=False)
def matter(request: SignedIn, matter: Slug) -> dict[str, object]:
    """One matter.  No query."""
    found = answers.catalogue().matters.get(matter)
    if found is None:
        raise Refusal("api_not_found")
    return told(found)


def told(one: Rule) -> dict[str, object]:
    """A matter as the interface has it."""
    names = (
        "id", "name", "stage", "phase", "unit", "mode", "legal_basis", "because", "requires", "output", "hard_gate",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names} | {
        "unit_name": answers.catalogue().units[one.unit],
        "limits": [_days(number) for number in one.limits],
        "promises": [_days(number) for number in one.promises],
        "commitment": one.commitment is not None,
        "deferrable": one.deferral.papers if one.deferral else (),
        "source": str(one.source),
    }


def _days(number: object) -> dict[str, object]:
    source: Source = number.source  # type: ignore[attr-defined]
    names = ("days", "unit", "kind", "confidence", "since")
    return {name: getattr(number, name) for name in names} | {"source": str(source)}


@reads(TAG, "/calendar/{int:year}", "account.own", Year, dated=False)
def calendar(request: SignedIn, year: Annotated[int, Path(ge=2000, le=2100)]) -> dict[str, object]:
    """The working days of a year as they are in force, with the notices they rest on.  Four queries at most."""
    known = readers.in_force()
    if not known.first.year <= year <= known.published.year + 1:
        raise Refusal("api_not_found")
    days = []
    for at in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(at)
        works, usual = known.is_workday(day), day.weekday() < 5
        if works != usual or day in known.holidays:
            days.append({"day": day, "works": works, "name": known.holidays.get(day)})
    edits = [one for one in readers.edits() if views.concerns(one, year)]
    notices = [str(one) for one in known.notices.get(year, ())]
    return {"year": year, "published": known.published, "days": days, "edits": edits, "notices": notices}
