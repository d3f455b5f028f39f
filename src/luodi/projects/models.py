"""The tables of projects."""

from django.db import models

from luodi.accounts.models import Organisation, Post
from luodi.zones.models import Zone


class Project(models.Model):
    """A project as the file it was last handed in: the document is the whole of it, read anew for every plan."""

    slug = models.SlugField(max_length=64, unique=True)
    document = models.TextField()
    sample = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=64)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    zh = models.CharField(max_length=200, default="")
    en = models.CharField(max_length=300, default="")
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    live = models.BooleanField(default=False)  # its matters are being handled here; else only planned

    class Meta:
        ordering = ("created", "id")
        indexes = (models.Index(fields=("live", "zone"), name="project_live_zone"),)  # sums need not read documents
        constraints = (
            models.CheckConstraint(condition=~models.Q(slug=""), name="project_slug_not_empty"),
            models.CheckConstraint(condition=~models.Q(document=""), name="project_document_not_empty"),
            models.CheckConstraint(
                condition=models.Q(changed__gte=models.F("created")), name="project_changed_not_before_created"
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Outline(models.Model):
    """What lists and sums need of a project's document, one row each: written with it, never by itself."""

    project = models.OneToOneField(Project, primary_key=True, on_delete=models.CASCADE, related_name="+")
    industry = models.CharField(max_length=8, blank=True, default="")  # GB/T 4754, as the form has it
    invested = models.BigIntegerField(null=True)  # whole yuan
    land = models.BigIntegerField(null=True)  # whole m²
    contact = models.DateField(null=True)
    signed = models.DateField(null=True)
    land_supplied = models.DateField(null=True)
    construction_start = models.DateField(null=True)
    completion = models.DateField(null=True)
    production = models.DateField(null=True)
    statistics = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.project_id} {self.industry}"


class Revision(models.Model):
    """What the document of a project was from a moment on; never changed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    document = models.TextField()
    entry = models.CharField(max_length=64, blank=True, default="")  # hash of the journal entry

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "seq"), name="revision_place"),)
        indexes = (models.Index(fields=("project", "at"), name="revision_at"),)

    def __str__(self) -> str:
        return f"{self.project_id}#{self.seq}"


class Member(models.Model):
    """A post on a project's team: navigator, task-force leader, investment officer, enterprise agent."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)  # navigator | leader | investment | agent
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "post", "role", "starts"), name="member_once"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.role}"
