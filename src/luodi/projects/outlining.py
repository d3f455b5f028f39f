"""What lists and sums need of a project's document, written beside it in the same transaction."""

from collections.abc import Mapping
from datetime import date

from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.quantities import Quantity
from luodi.projects.models import Outline
from luodi.projects.readers import understood

YUAN = 10_000
"""Yuan in 万元, the unit in which the form has amounts."""
DAYS = ("contact", "signed", "land_supplied", "construction_start", "completion", "production", "statistics")
"""The milestones whose days are kept, in their order; each is a column of its own name."""


def outlined(project: int, document: str) -> Outline:
    """The outline of a document, not saved.  Raises `BadInput` where the document cannot be understood."""
    return Outline(project_id=project, **columns(understood(document)))


def columns(file: ProjectFile) -> Mapping[str, str | int | date | None]:
    """The columns of an outline: industry code (GB/T 4754), investment in whole yuan, land in whole m², and the days."""
    industry = file.form.get("industry_code")
    return {
        "industry": industry[:8] if isinstance(industry, str) else "",
        "invested": _whole(file.form.get("total_investment"), YUAN),
        "land": _whole(file.form.get("land_area"), 1),
        **{name: file.milestones.get(name) for name in DAYS},
    }


def keep(project: int, document: str) -> None:
    """Write the outline anew: one statement, in the transaction that wrote the document."""
    values = columns(understood(document))
    Outline.objects.update_or_create(project_id=project, defaults=dict(values))


def _whole(given: object, times: int) -> int | None:
    return int((given.amount * times).to_integral_value()) if isinstance(given, Quantity) else None
