"""The tables of what officers added to the calendar: one row for each notice or correction, one for each of its days."""

from django.db import models


class CalendarEdit(models.Model):
    """A notice, or a correction of single days, with what it rests on.  Rows are added and never changed but `settled_at`."""

    year = models.PositiveSmallIntegerField(null=True)  # the year whose notice it is; None: single days
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=200, blank=True, default="")
    link = models.CharField(max_length=500, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    who = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)
    settled_at = models.DateTimeField(null=True)  # when the last open deadline had been worked out anew

    class Meta:
        indexes = (models.Index(fields=("settled_at",), name="calendar_unsettled"),)

    def __str__(self) -> str:
        return self.title


class CalendarDay(models.Model):
    """A day of an edit: offices work, or have it off under a name."""

    edit = models.ForeignKey(CalendarEdit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    works = models.BooleanField()
    zh = models.CharField(max_length=64, blank=True, default="")
    en = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edit", "day"), name="calendar_day_once"),
            models.CheckConstraint(condition=models.Q(works=True) | ~models.Q(zh=""), name="calendar_off_is_named"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.works}"
