"""The tables of indicators: events no project file holds, campaigns, figures as they were entered, firms near the scale."""

from django.db import models

from luodi.projects.models import Project
from luodi.zones.models import Zone


class Event(models.Model):
    """The day of an event that is no milestone of a project file (trial production, full output).  The newest row holds."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=32)
    on = models.DateField()
    source = models.CharField(max_length=200)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    entry = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=("project", "event"), name="indicator_event"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.event} {self.on}"


class Batch(models.Model):
    """A round of 三个一批: of a zone, or of the province."""

    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True, default="")
    on = models.DateField()
    sample = models.BooleanField(default=False)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("zone", "zh"), name="batch_named_once"),
            models.UniqueConstraint(
                fields=("zh",), condition=models.Q(zone__isnull=True), name="batch_of_province_named_once"
            ),
        )

    def __str__(self) -> str:
        return self.zh


class Entered(models.Model):
    """A project in a class of a round; in one class it is once, in whatever round.  Withdrawn, it may come again."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=16)  # signed | started | produced
    expected = models.DecimalField(max_digits=14, decimal_places=4, null=True)  # annual output, 亿元
    evidence = models.CharField(max_length=200)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    entry = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("project", "group"), condition=models.Q(withdrawn_at__isnull=True), name="entered_class_once"
            ),
            models.CheckConstraint(
                condition=models.Q(group__in=("signed", "started", "produced")), name="entered_class_known"
            ),
        )
        indexes = (models.Index(fields=("batch", "group"), name="entered_batch"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.group}"


class Figure(models.Model):
    """A figure of a zone, or of one project in it, for a month (`2026-08`), or a target for a year (`2026`).

    Never changed: the newest row of the same kind holds; one without an amount takes the figure back.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=48)
    period = models.CharField(max_length=7)
    target = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    source = models.CharField(max_length=200)
    sample = models.BooleanField(default=False)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    entry = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=("zone", "period", "indicator"), name="figure_zone_period"),
            models.Index(fields=("period", "indicator"), name="figure_period"),
        )

    def __str__(self) -> str:
        return f"{self.zone_id} {self.indicator} {self.period}"


class Firm(models.Model):
    """An industrial firm that may come above the scale."""

    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    strategic = models.BooleanField(default=False)  # of a strategic emerging industry
    sample = models.BooleanField(default=False)
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class FirmNote(models.Model):
    """What is known of a firm from a day on: revenue of a year (万元), a paper in hand, enrolled, left.  Rows are added."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)  # revenue | enrolled | left | paper
    paper = models.CharField(max_length=24, blank=True, default="")
    on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    source = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=("revenue", "enrolled", "left", "paper")), name="firm_note_known"
            ),
        )
        indexes = (models.Index(fields=("firm", "kind"), name="firm_note_kind"),)

    def __str__(self) -> str:
        return f"{self.firm_id} {self.kind} {self.on}"
