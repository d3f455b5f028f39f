"""The tables of what is owed: one row for each debt, one for each step taken about it."""

from django.db import models

from luodi.projects.models import Project


class Debt(models.Model):
    """A commitment to be checked, papers that come later, or a letter that stands for a certificate."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, blank=True, default="")
    matter = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)  # commitment | deferral | letter
    text = models.TextField()  # what was promised, in the words that were signed
    standard = models.TextField(blank=True, default="")  # what it is measured by
    papers = models.TextField(blank=True, default="[]")  # JSON: names of the papers that are missing
    accepted_by = models.TextField(blank=True, default="[]")  # JSON: matters that accept the letter
    checker = models.CharField(max_length=64, blank=True, default="")  # code of the organisation that checks
    since = models.DateTimeField()
    due = models.DateField()
    grace_until = models.DateField(null=True)
    state = models.CharField(max_length=16)  # open | grace | met | broken | returned | expired
    rung = models.PositiveSmallIntegerField(default=0)  # of the ladder, 0: none

    class Meta:
        indexes = (
            models.Index(fields=("project", "matter"), name="debt_project_matter"),
            models.Index(fields=("zone", "state", "due"), name="debt_zone_due"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.matter}"


class DebtStep(models.Model):
    """One step about a debt, taken by a person: handed in, checked, reminded, ordered, withdrawn, repaired …"""

    debt = models.ForeignKey(Debt, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step = models.CharField(max_length=24)
    who = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    state = models.CharField(max_length=16)  # of the debt after the step
    entry = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("debt", "at"), name="debt_step_at"),)

    def __str__(self) -> str:
        return f"{self.debt_id} {self.step}"
