"""Applications filled from the one form: which change with an answer, issued anew, and each as a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from luodi.domain.catalogue.reading import load
from luodi.domain.documents.applications import Line, differing, digest, lines, read, written
from luodi.domain.facts.project import ProjectFile
from luodi.domain.planning.building import applicable
from luodi.papers.drafts import Held
from luodi.papers.models import Application


@dataclass(frozen=True, slots=True)
class Applied:
    """An application in force.  `changed`: the inputs that differ from the version before."""

    id: int
    matter: str
    version: int
    lines: tuple[Line, ...]
    changed: tuple[str, ...]
    issued_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Affected:
    """What handing in does to applications: those issued first, those issued anew (with the inputs that differ), those
    that end because their matter no longer applies."""

    first: tuple[str, ...]
    anew: Mapping[str, tuple[str, ...]]
    ended: tuple[str, ...]

    @property
    def issued(self) -> tuple[str, ...]:
        """Everything that is issued."""
        return (*self.first, *self.anew)


def in_force(project: str) -> dict[str, Applied]:
    """The applications of a project in force, by matter, in the order of the catalogue.  One query."""
    rows = Application.objects.filter(project__slug=project, ended_at=None)
    found = {row.matter: _applied(row) for row in rows}
    return {matter: found[matter] for matter in load().matters if matter in found}


def application(project: str, matter: str, version: int | None = None) -> Applied | None:
    """One application of a project: that in force, or a version of it.  One query."""
    rows = Application.objects.filter(project__slug=project, matter=matter).order_by("-version")
    row = (rows.filter(ended_at=None) if version is None else rows.filter(version=version)).first()
    return _applied(row) if row else None


def affected(project: str, file: ProjectFile, draft: Held) -> Affected:
    """What handing in this file would do to the applications of a project.  One query."""
    wanted = _wanted(file, draft)
    now = in_force(project)
    anew = {
        matter: differing(now[matter].lines, found)
        for matter, found in wanted.items()
        if matter in now and digest(found) != digest(now[matter].lines)
    }
    first = tuple(matter for matter in wanted if matter not in now)
    return Affected(first, anew, tuple(matter for matter in now if matter not in wanted))


def issue(*, project: int, slug: str, file: ProjectFile, draft: Held, entry: str, at: datetime) -> Affected:
    """Issue what `affected` says, in the caller's transaction; nothing is changed in place."""
    found = affected(slug, file, draft)
    now, wanted = in_force(slug), _wanted(file, draft)
    ending = [now[matter].id for matter in (*found.anew, *found.ended)]
    Application.objects.filter(pk__in=ending).update(ended_at=at)
    newest: dict[str, int] = {}
    for matter, version in Application.objects.filter(project=project).values_list("matter", "version"):
        newest[matter] = max(version, newest.get(matter, 0))
    Application.objects.bulk_create(
        Application(
            project_id=project, matter=matter, version=newest.get(matter, 0) + 1, lines=written(wanted[matter]),
            digest=digest(wanted[matter]), changed=list(found.anew.get(matter, ())), issued_at=at, entry=entry,
        )
        for matter in found.issued
    )  # fmt: skip
    return found


def answers_for(draft: Held) -> dict[str, str]:
    """By field: who typed it, and who of the enterprise stood for it where somebody else did."""
    said: dict[str, dict[str, None]] = {}
    for place in draft.words:
        typist = draft.typists.get(place)
        if typist is not None:
            who = (
                f"{typist.who} 代填，{typist.confirmed or '待'}确认"
                if typist.origin == "for"
                else WHO.get(typist.origin, f"{typist.who} 填")
            )
            said.setdefault(place.partition(".")[0], {})[who] = None
    return {field: "；".join(found) for field, found in said.items()}


WHO = {"registry": "登记信息带入", "file": "项目档案带入", "phase": "前期表单带入"}
"""What stands for a typist where nobody typed."""


def _wanted(file: ProjectFile, draft: Held) -> dict[str, tuple[Line, ...]]:
    catalogue, by = load(), answers_for(draft)
    return {matter.id: lines(matter, catalogue, file, by) for matter in applicable(file, catalogue) if matter.inputs}


def _applied(row: Application) -> Applied:
    return Applied(
        row.pk, row.matter, row.version, read(row.lines), tuple(row.changed), row.issued_at, row.ended_at
    )  # fmt: skip
