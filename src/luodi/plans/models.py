"""The tables of plans: revisions, where each stands now, the days lost between them, and the offers of a new plan."""

from django.db import models

from luodi.projects.models import Project


class PlanRevision(models.Model):
    """A plan as the domain returned it (`plan_json`, format 1); never changed.

    `announced`: what people were told and is kept until the headquarters accepts another; its document is kept whole.
    `forecast`: the same plan rolled forward with what happened; its document is kept as what differs
    (`planning.changes`) from the revision before it, or, where `root` is its own `seq`, from the announced one, `told`.
    The document stands last: whoever wants the other columns need not read it.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)  # announced | forecast
    at = models.DateTimeField()
    entry = models.CharField(max_length=64, blank=True, default="")  # hash of the journal entry that caused it
    told = models.PositiveIntegerField()  # seq of the announced plan of that time; its own for an announced one
    root = models.PositiveIntegerField()  # seq of the forecast from which on only what differs was kept
    target = models.CharField(max_length=64)  # the milestone whose finish it is
    finish = models.DateField(null=True)  # of the target milestone; None: no lawful plan
    blocked = models.CharField(max_length=64, blank=True, default="")  # why there is none: code of the answer
    digest = models.CharField(max_length=64)  # of project document, catalogue, day and what has happened
    answer = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "seq"), name="plan_revision_place"),)
        indexes = (models.Index(fields=("project", "at"), name="plan_revision_at"),)

    def __str__(self) -> str:
        return f"{self.project_id}#{self.seq} {self.kind}"


class Standing(models.Model):
    """Where a project's plan stands now, one row each: what lists and dashboards read, and what acts on a plan lock."""

    project = models.OneToOneField(Project, primary_key=True, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    seq = models.PositiveIntegerField()  # the newest revision
    told = models.PositiveIntegerField()  # the announced one
    root = models.PositiveIntegerField()
    target = models.CharField(max_length=64)
    announced = models.DateField()  # of the target
    finish = models.DateField(null=True)
    late = models.IntegerField(default=0)  # calendar days, forecast against announced; negative: ahead
    blocked = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)
    events = models.TextField(default="{}")  # JSON: what has happened, as it was handed in with the last act

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(seq__gte=models.F("told")), name="standing_order"),)
        indexes = (
            models.Index(fields=("zone", "-late"), name="standing_zone_late"),
            models.Index(fields=("-late",), name="standing_late"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.late:+d}"


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
            models.Index(fields=("at", "unit", "cause", "days"), name="delay_at"),  # sums of days read nothing else
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.days:+d}"


class Offer(models.Model):
    """A least-change plan worked out in the background, for the headquarters to accept or reject."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=16)  # working | offered | accepted | rejected | outdated | failed
    seq = models.PositiveIntegerField()  # the forecast it starts from
    affected = models.TextField(blank=True, default="[]")  # JSON: unit, matters, days each
    days = models.IntegerField(default=0)  # the end against the announced one
    entry = models.CharField(max_length=64, blank=True, default="")
    decided_by = models.CharField(max_length=200, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    answer = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("project", "-at"), name="offer_project_at"),)
        constraints = (
            models.UniqueConstraint(
                fields=("project",), condition=models.Q(state__in=("working", "offered")), name="offer_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.state}"
