"""The tables of casework: cases as they stand, every event of theirs, who has a part in them, and halts."""

from datetime import date

from django.db import models

from luodi.accounts.models import Organisation, Post
from luodi.projects.models import Project

FAR = date(9999, 12, 31)
"""`runs_out` while no clock runs: sorts last, and keeps the cursor of lists a plain comparison."""


class Standing(models.Model):
    """How a case stands: the columns that a case and each of its events share, so that any day can be asked for.

    State numbers are those of the national exchange (BLZT, `data/cases/states.yaml`).
    Days of the clock are in the unit of the matter's limit.
    """

    state = models.PositiveSmallIntegerField()
    open = models.BooleanField()
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    paused_since = models.DateTimeField(null=True)
    pause = models.CharField(max_length=32, blank=True, default="")  # kind of the open pause
    budget = models.PositiveIntegerField(null=True)  # statutory, extensions included
    promise = models.PositiveIntegerField(null=True)
    due = models.DateField(null=True)  # statutory; None while paused or before acceptance
    promise_due = models.DateField(null=True)
    runs_out = models.DateField(default=FAR)  # the earlier of the two due days while the clock runs
    expected = models.DateField(null=True)  # when the decision is now expected: what the forecast uses
    used = models.PositiveIntegerField(default=0)  # consumed up to the event
    turn = models.CharField(max_length=16)  # whose move it is: window | unit | applicant | other | nobody
    handler = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Case(Standing):
    """One matter of one project being handled by one organisation; the newest event's standing, kept for lists."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64)
    number = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    seq = models.PositiveIntegerField()  # of its last event: a stale page is refused
    corrections = models.PositiveSmallIntegerField(default=0)  # notices sent; more than one is counted
    mode = models.CharField(max_length=24, blank=True, default="")  # as the plan handles it: commitment, promised …
    unit = models.CharField(max_length=16, default="working_days")  # DayUnit of the statutory limit
    promise_unit = models.CharField(max_length=16, default="working_days")
    round = models.PositiveSmallIntegerField(default=1)  # a matter returned or refused may be applied for again

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("project", "matter", "round"), name="case_once"),
            models.CheckConstraint(condition=models.Q(state__gte=1) & models.Q(state__lte=15), name="case_state_known"),
        )
        indexes = (
            models.Index(fields=("organisation", "open", "runs_out", "id"), name="case_inbox"),
            models.Index(fields=("zone", "open", "runs_out", "id"), name="case_zone_inbox"),
            models.Index(fields=("handler", "open", "runs_out", "id"), name="case_handler_inbox"),
            models.Index(fields=("open", "runs_out", "id"), name="case_province_inbox"),
            models.Index(fields=("zone", "changed_at"), name="case_zone_changed"),
        )

    def __str__(self) -> str:
        return self.number


class CaseEvent(Standing):
    """One event of a case, never changed: what was done, by whom, on which ground, and how the case stood after it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=32)  # data/journal/kinds.yaml
    who = models.CharField(max_length=200)
    reason = models.TextField(blank=True, default="")
    basis = models.CharField(max_length=200, blank=True, default="")  # legal basis of a pause, refusal, extension
    details = models.TextField(blank=True, default="{}")  # JSON: papers to correct, conditions met, opinion …
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "seq"), name="case_event_place"),)
        indexes = (models.Index(fields=("case", "at"), name="case_event_at"),)

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.kind}"


class Asking(models.Model):
    """Another unit is asked within a case: consultation, expert review, hearing, joint review, joint acceptance."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    question = models.TextField()
    asked_at = models.DateTimeField()
    due = models.DateField()
    answered_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=16, blank=True, default="")  # agree | conditions | object
    answer = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("organisation", "answered_at", "due"), name="asking_open"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Part(models.Model):
    """The part a post has in a case: owner, helper, linked department, supervising leader."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)  # owner | helper | linked | supervisor
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("post", "until"), name="part_post"),
            models.Index(fields=("case", "until"), name="part_case"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.role}"


class Halt(models.Model):
    """Work stopped on a site (relics found …): each of the five steps has its moment; dependent steps freeze."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64)
    kind = models.CharField(max_length=24)  # heritage
    found = models.TextField()
    found_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    reported_to = models.CharField(max_length=64, blank=True, default="")
    measures = models.TextField(blank=True, default="")
    measures_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    until = models.DateField(null=True)  # when work is expected to go on, once somebody has said
    freezes = models.TextField(default="[]")  # JSON: matters and milestones that wait

    class Meta:
        indexes = (models.Index(fields=("zone", "resumed_at"), name="halt_open"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"


class Tally(models.Model):
    """Sums that dashboards read instead of counting: kept by the same transaction that makes the event."""

    zone = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    day = models.DateField()
    measure = models.CharField(max_length=24)  # see cases/tallying.py
    count = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("zone", "unit", "day", "measure"), name="tally_once"),)
        indexes = (
            models.Index(fields=("measure", "day", "zone", "count"), name="tally_day"),  # sums read nothing else
            # What is overdue lies in days long gone, most of which have come to nothing: only the rest is looked at.
            models.Index(
                fields=("measure", "day", "zone", "unit", "count"), condition=models.Q(count__gt=0), name="tally_left"
            ),
        )

    def __str__(self) -> str:
        return f"{self.zone} {self.unit} {self.day} {self.measure}"
