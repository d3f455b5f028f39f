"""What can be done with a project."""

from datetime import datetime

from django.db import transaction

from luodi.projects.models import Project
from luodi.projects.readers import understood


def record_project(*, slug: str, document: str, sample: bool, by: str, at: datetime) -> bool:
    """Record a project file, or a new text of one already recorded; True when it is new.

    The file is read first: one with problems raises `BadInput` with all of them, and nothing is written.
    """
    understood(document)
    with transaction.atomic():
        _, created = Project.objects.update_or_create(
            slug=slug,
            defaults={"document": document, "sample": sample, "recorded_by": by, "changed": at},
            create_defaults={
                "document": document, "sample": sample, "recorded_by": by, "created": at, "changed": at,
            },
        )  # fmt: skip
    return created
