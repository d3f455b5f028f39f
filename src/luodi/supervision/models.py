"""The tables of supervision: what was settled, seen and asked for, and how handling was rated."""

from django.db import models

from luodi.accounts.models import Organisation, Post
from luodi.projects.models import Project


class Order(models.Model):
    """督办: what a meeting decided, who owes it, by when, with what evidence; closed by the chair."""

    zone = models.CharField(max_length=64, db_index=True)
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.CharField(max_length=200)
    decision = models.TextField()
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due = models.DateField()
    evidence = models.TextField(blank=True, default="")
    evidence_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.decision[:40]


class Visit(models.Model):
    """A leader on site: the problem found, who solves it, and when that was done."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, db_index=True)
    leader = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    problem = models.TextField(blank=True, default="")
    solver = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    result = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}"


class Campaign(models.Model):
    """攻坚: a stretch of days with a goal, and a countdown."""

    zone = models.CharField(max_length=64, db_index=True)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True, default="")
    goal = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    projects = models.ManyToManyField(Project, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="campaign_ends_after_start"),
        )

    def __str__(self) -> str:
        return self.zh


class Request(models.Model):
    """诉求: what an enterprise asks for, and the time to the first answer."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=24)
    text = models.TextField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=200, blank=True, default="")
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text[:40]


class Rating(models.Model):
    """好差评: how the enterprise rates the handling of one case, once."""

    case = models.BigIntegerField(unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    stars = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(stars__gte=1) & models.Q(stars__lte=5), name="rating_one_to_five"
            ),
        )
        indexes = (models.Index(fields=("zone", "unit"), name="rating_unit"),)

    def __str__(self) -> str:
        return f"{self.case} {self.stars}"
