"""Files handed in with opinions and shadow tasks.  Their bytes lie in a store above this room; here stands whose they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Q

from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.entry.models import Handed, Opinion, TaskStep

MOST, MOST_OF_QUESTION = 10, 40
"""Files of one opinion or task, and of all opinions on one question."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was checked and kept before: SHA-256 of its bytes, its name for people, its kind by content, its bytes."""

    sha256: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it was handed in."""

    id: int
    sha256: str
    name: str
    kind: str
    size: int
    at: datetime


def told(files: Sequence[File]) -> list[Json]:
    """The files as an entry of the record names them."""
    return [asdict(one) for one in files]


def distinct(files: Iterable[File]) -> tuple[File, ...]:
    """Each content once.  Raises `Refusal` (`entry_files_too_many`)."""
    found = tuple({one.sha256: one for one in files}.values())
    if len(found) > MOST:
        raise Refusal("entry_files_too_many", field="files", most=MOST)
    return found


def keep_with_opinion(opinion: Opinion, files: Sequence[File], at: datetime) -> None:
    """Add the files of an opinion, in the caller's transaction.  Raises `Refusal` (`entry_files_too_many`)."""
    if files and Handed.objects.filter(opinion__asked=opinion.asked_id).count() + len(files) > MOST_OF_QUESTION:
        raise Refusal("entry_files_too_many", field="files", most=MOST_OF_QUESTION)
    Handed.objects.bulk_create(Handed(opinion=opinion, at=at, **asdict(one)) for one in files)


def keep_with_step(step: TaskStep, files: Sequence[File], at: datetime) -> None:
    """Add the files of a shadow task done, in the caller's transaction."""
    Handed.objects.bulk_create(Handed(step=step, at=at, **asdict(one)) for one in files)


def of_opinions(opinions: Collection[int]) -> dict[int, tuple[FileRow, ...]]:
    """The files of some opinions, by opinion.  One query."""
    return _by("opinion_id", Q(opinion__in=opinions))


def of_steps(steps: Collection[int]) -> dict[int, tuple[FileRow, ...]]:
    """The files of some shadow tasks, by step.  One query."""
    return _by("step_id", Q(step__in=steps))


def _by(column: str, which: Q) -> dict[int, tuple[FileRow, ...]]:
    found: dict[int, tuple[FileRow, ...]] = {}
    for row in Handed.objects.filter(which).order_by("pk"):
        of = getattr(row, column)
        found[of] = (*found.get(of, ()), _row(row))
    return found


def file(number: int, *, as_of: datetime | None = None) -> tuple[FileRow, str] | None:
    """A file with the slug of its project, as it was known at a moment; None where there is none.  One query."""
    rows = Handed.objects.select_related("opinion__asked__review__project", "step__project").filter(pk=number)
    row = rows.filter(at__lte=as_of).first() if as_of else rows.first()
    if row is None:
        return None
    project = row.opinion.asked.review.project if row.opinion else row.step.project if row.step else None
    return (_row(row), project.slug) if project else None


def _row(row: Handed) -> FileRow:
    return FileRow(row.pk, row.sha256, row.name, row.kind, row.size, row.at)
