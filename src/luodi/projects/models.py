"""The one table of projects."""

from django.db import models


class Project(models.Model):
    """A project as the file it was handed in: the document is the whole of it, read anew for every plan."""

    slug = models.SlugField(max_length=64, unique=True)
    document = models.TextField()
    sample = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=64)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        ordering = ("created", "id")
        constraints = (
            models.CheckConstraint(condition=~models.Q(slug=""), name="project_slug_not_empty"),
            models.CheckConstraint(condition=~models.Q(document=""), name="project_document_not_empty"),
            models.CheckConstraint(
                condition=models.Q(changed__gte=models.F("created")), name="project_changed_not_before_created"
            ),
        )

    def __str__(self) -> str:
        return self.slug
