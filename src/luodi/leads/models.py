"""The tables of leads: the company and where it stands, its people, its history, whose credit it is, meetings and their lists."""

from django.db import models
from django.db.models import Q

from luodi.accounts.models import Organisation, Post
from luodi.projects.models import Project
from luodi.zones.models import Zone


class Lead(models.Model):
    """A company from the first contact on; once landed, the same row with its project.

    Stage, status, owner and next step are what the newest of its `Turn` rows say, kept here for lists.
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", db_index=False)
    project = models.OneToOneField(Project, null=True, on_delete=models.PROTECT, related_name="+")
    company = models.CharField(max_length=200)
    bare = models.CharField(max_length=200, db_index=True)  # domain.leads.names.bare
    uscc = models.CharField(max_length=18, blank=True, default="", db_index=True)
    title = models.CharField(max_length=200)  # what they would build
    sector = models.CharField(max_length=32, blank=True, default="")
    region = models.CharField(max_length=8, blank=True, default="")
    channel = models.CharField(max_length=32, blank=True, default="")
    programme = models.CharField(max_length=32, blank=True, default="")
    amount = models.BigIntegerField(null=True)  # expected, whole yuan
    contacted = models.DateField()
    stage = models.CharField(max_length=24)
    staged = models.DateField()
    status = models.CharField(max_length=16, default="ongoing")
    reason = models.CharField(max_length=32, blank=True, default="")
    owner = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=200, blank=True, default="")
    due = models.DateField(null=True)
    stepper = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")
    sample = models.BooleanField(default=False)
    seq = models.PositiveIntegerField(default=0)  # of the newest turn
    same = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # counted for it
    created = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="lead_amount_not_negative"),
            models.CheckConstraint(condition=~Q(company=""), name="lead_has_a_company"),
        )
        indexes = (
            models.Index(fields=("zone", "stage", "status"), name="lead_zone_stage"),
            models.Index(fields=("stage", "status"), name="lead_stage"),
            models.Index(fields=("due",), name="lead_due", condition=~Q(due=None)),
        )

    def __str__(self) -> str:
        return self.company


class Person(models.Model):
    """Somebody of the company.  Telephone and address are sealed (accounts/sealing.py) and shown masked."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True, default="")
    telephone = models.TextField(blank=True, default="")  # sealed
    address = models.TextField(blank=True, default="")  # sealed: e-mail or other
    at = models.DateTimeField()
    gone = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """One dated row of a lead's life, never changed.

    A stage reached, a status, an owner, a next step, a score; facts corrected (`text`: what they were, as JSON), a project
    it became (`word`: which), another lead it is the same case as (`word`: its number, "" for none any more).
    """

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)  # stage | status | owner | step | score | facts | landed | joined
    on = models.DateField()
    word = models.CharField(max_length=32, blank=True, default="")  # id of the stage or status; the marks of a score
    reason = models.CharField(max_length=32, blank=True, default="")
    text = models.TextField(blank=True, default="")
    rival = models.CharField(max_length=200, blank=True, default="")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    due = models.DateField(null=True)
    who = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("lead", "seq"), name="lead_turn_place"),)

    def __str__(self) -> str:
        return f"{self.lead_id}#{self.seq} {self.kind}"


class Credit(models.Model):
    """Proof of first contact: a claim, a dispute of one, or a share of a division.  Never changed; the newest division holds."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="+", db_index=False)
    division = models.PositiveIntegerField(default=0)  # rows of one division have its number; 0: a claim or a dispute
    kind = models.CharField(max_length=8)  # claim | dispute | share
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)  # who was first, as it was written
    on = models.DateField()
    evidence = models.TextField(blank=True, default="")
    share = models.PositiveIntegerField(null=True)  # hundredths of a percent
    who = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="share", division__gt=0, share__gt=0, share__lte=10_000)
                | Q(kind__in=("claim", "dispute"), division=0, share=None),
                name="lead_credit_whole",
            ),
        )
        indexes = (models.Index(fields=("lead", "id"), name="lead_credit_order"),)

    def __str__(self) -> str:
        return f"{self.lead_id} {self.kind} {self.name}"


class Meeting(models.Model):
    """A visit out or in, a call, a matching event or a signing ceremony; without `said` it lies ahead."""

    kind = models.CharField(max_length=16)  # out | in | call | matching | signing
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=200)
    on = models.DateField()
    exact = models.BooleanField(default=True)  # False: the source gives the month alone, `on` is its first day
    place = models.CharField(max_length=200, blank=True, default="")
    ours = models.TextField(blank=True, default="")
    theirs = models.TextField(blank=True, default="")
    said = models.TextField(blank=True, default="")
    reported = models.DateTimeField(null=True)  # when it was said, where that was later than `at`
    announced = models.JSONField(default=list)  # [part, measure, figure] of each announced figure
    source = models.CharField(max_length=200, blank=True, default="")
    sample = models.BooleanField(default=False)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("zone", "on"), name="lead_meeting_zone"),
            models.Index(fields=("on",), name="lead_meeting_on"),
        )

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """A line of a meeting's list: the lead that was seen, or the project, zone and amount that were signed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Lead, null=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=100, blank=True, default="")
    project = models.CharField(max_length=200, blank=True, default="")
    place = models.CharField(max_length=200, blank=True, default="")  # the zone as the list names it
    firm = models.CharField(max_length=200, blank=True, default="")
    amount = models.BigIntegerField(null=True)  # whole yuan

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.project or self.firm or self.place}"
