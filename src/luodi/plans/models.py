"""The tables of plans: revisions, the days lost between them, and the offers of a new plan."""

from django.db import models

from luodi.projects.models import Project


class PlanRevision(models.Model):
    """A plan as the domain returned it (`plan_json`, format 1).

    `announced`: what people were told and is kept until the headquarters accepts another.
    `forecast`: the same plan rolled forward with what happened; the newest is what the pages show.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)  # announced | forecast
    at = models.DateTimeField()
    entry = models.CharField(max_length=64, blank=True, default="")  # hash of the journal entry that caused it
    answer = models.TextField()
    finish = models.DateField(null=True)  # of the target milestone; None: no lawful plan
    digest = models.CharField(max_length=64)  # of project document, catalogue and progress

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "seq"), name="plan_revision_place"),)
        indexes = (models.Index(fields=("project", "kind", "-seq"), name="plan_revision_newest"),)

    def __str__(self) -> str:
        return f"{self.project_id}#{self.seq} {self.kind}"


class Delay(models.Model):
    """An event that moved the end of a project: by how many calendar days, by whom, and why (negative: won)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    matter = models.CharField(max_length=64, blank=True, default="")
    unit = models.CharField(max_length=64, blank=True, default="")
    organisation = models.CharField(max_length=64, blank=True, default="")
    cause = models.CharField(max_length=32)  # data/cases/causes.yaml
    days = models.IntegerField()
    was = models.DateField()
    now = models.DateField()
    entry = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("project", "at"), name="delay_project_at"),
            models.Index(fields=("zone", "at"), name="delay_zone_at"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.days:+d}"


class Offer(models.Model):
    """A least-change plan worked out in the background, for the headquarters to accept or reject."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=16)  # working | offered | accepted | rejected | outdated | failed
    answer = models.TextField(blank=True, default="")
    affected = models.TextField(blank=True, default="[]")  # JSON: unit, matters, days each
    digest = models.CharField(max_length=64)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("project", "-at"), name="offer_project_at"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.state}"
