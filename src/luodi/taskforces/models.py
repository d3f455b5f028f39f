"""The tables of task forces: the force, its members, their last days, who is on duty, what was asked for, the daily log."""

from django.db import models
from django.db.models import F, Q

from luodi.accounts.models import Organisation, Post
from luodi.projects.models import Project


class Force(models.Model):
    """A task force for one project, from a day to a day: after that day nobody in it has a power."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, blank=True, default="", db_index=True)
    name = models.CharField(max_length=200)
    document = models.CharField(max_length=200)  # the paper that founds it
    starts = models.DateField()
    ends = models.DateField(db_index=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="force_ends_after_start"),
            models.UniqueConstraint(fields=("project", "starts"), name="force_once"),
        )

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A post lent to a task force in a role of data/entry/forces.yaml, never beyond the force's last day.

    A last day before the first: it was taken back before it began.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    starts = models.DateField()
    ends = models.DateField(db_index=True)
    at = models.DateTimeField(null=True)  # null: lent before this was kept

    class Meta:
        constraints = (models.UniqueConstraint(fields=("force", "post", "role", "starts"), name="force_member_once"),)

    def __str__(self) -> str:
        return f"{self.force_id} {self.post_id}"


class Moved(models.Model):
    """A last day moved: of the force, or of one member's part in it.  Never changed; the column `ends` has the newest."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")  # null: the force itself
    was = models.DateField()
    ends = models.DateField()
    why = models.TextField()
    document = models.CharField(max_length=200, blank=True, default="")
    who = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.force_id} {self.was} {self.ends}"


class Duty(models.Model):
    """Who is on duty on a day; several may be.  A day taken off stays, with who took it off and why."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)  # null: rostered before this was kept
    off_at = models.DateTimeField(null=True)
    off_by = models.CharField(max_length=200, blank=True, default="")
    off_why = models.TextField(blank=True, default="")
    to = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # who took the day over

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("force", "on", "post"), condition=Q(off_at=None), name="force_duty_once"),
        )

    def __str__(self) -> str:
        return f"{self.force_id} {self.on}"


class Service(models.Model):
    """Life support for the investor's advance team: what was asked for, by which day, and what came of it."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    text = models.TextField()
    people = models.PositiveSmallIntegerField(null=True)
    wanted = models.DateField(db_index=True)
    at = models.DateTimeField()
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")  # who asked, and is answered
    who = models.CharField(max_length=200)
    answer = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=200, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.force_id} {self.kind}"


class LogEntry(models.Model):
    """A day on site: what was done, what stands in the way, who solves it by when, and when it was solved."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    done = models.TextField()
    obstacle = models.TextField(blank=True, default="")
    solver = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True, db_index=True)
    who = models.CharField(max_length=200)
    at = models.DateTimeField()
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)  # null although closed: solved before this was kept
    result = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(obstacle="") | Q(solver__isnull=False, due__isnull=False),
                name="force_obstacle_has_a_solver",
            ),
        )
        indexes = (models.Index(fields=("force", "on"), name="force_log_day"),)

    def __str__(self) -> str:
        return f"{self.force_id} {self.on}"
