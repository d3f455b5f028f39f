"""The tables of dealings, only ever added to: rounds and terms, approvals, how talks ended, promises and findings."""

from django.db import models
from django.db.models import Q

from luodi.accounts.models import Organisation, Post
from luodi.ledgers.models import Promise
from luodi.projects.models import Project


class Round(models.Model):
    """One round of talks: who sat there, what stayed open, until when the zone's offer holds."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, db_index=True)
    number = models.PositiveIntegerField()
    on = models.DateField()
    ours = models.CharField(max_length=400)
    theirs = models.CharField(max_length=400)
    points = models.TextField(blank=True, default="")  # one open point a line
    holds_until = models.DateField(null=True)
    sample = models.BooleanField(default=False)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "number"), name="dealing_round_once"),)

    def __str__(self) -> str:
        return f"{self.project_id}#{self.number}"


class Term(models.Model):
    """A term as a round left it: an amount in smallest units of its kind, a day, or words.

    `promise`: the reservation that stands behind the offer, the same for all terms of a kind.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=200, blank=True, default="")
    size = models.BigIntegerField(null=True)
    on = models.DateField(null=True)
    words = models.CharField(max_length=200, blank=True, default="")
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("round", "kind", "subject"), name="dealing_term_once"),
            models.CheckConstraint(condition=Q(size=None) | Q(on=None), name="dealing_term_one_value"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}".strip()


class Approval(models.Model):
    """Somebody with the authority lets a project be offered so much of a kind, or these words."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    size = models.BigIntegerField(null=True)
    words = models.CharField(max_length=200, blank=True, default="")
    document = models.CharField(max_length=200)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.size}"


class Ending(models.Model):
    """How talks ended: signed on the terms of their last round, or withdrawn (a later round may begin them anew)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="+")
    signed = models.BooleanField()
    on = models.DateField()
    document = models.CharField(max_length=200)  # the contract, or why talks were withdrawn
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("project",), condition=Q(signed=True), name="dealing_signed_once"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {'signed' if self.signed else 'withdrawn'}"


class Clause(models.Model):
    """A promise of one side: what, who owes it, by when.  `official`: whose word it was, where that person has left."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=200, blank=True, default="")
    size = models.BigIntegerField(null=True)
    on = models.DateField(null=True)
    words = models.CharField(max_length=200, blank=True, default="")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    document = models.CharField(max_length=200)
    ending = models.ForeignKey(Ending, null=True, on_delete=models.PROTECT, related_name="+")
    official = models.CharField(max_length=60, blank=True, default="")
    office = models.CharField(max_length=120, blank=True, default="")  # the office that person held
    sample = models.BooleanField(default=False)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(size=None) | Q(on=None), name="dealing_clause_one_value"),)
        indexes = (models.Index(fields=("due",), name="dealing_clause_due"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.subject}".strip()


class Outcome(models.Model):
    """What was found about a promise, never changed: the last row is where it stands."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8)
    size = models.BigIntegerField(null=True)
    on = models.DateField(null=True)
    evidence = models.CharField(max_length=400, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.clause_id} {self.state}"
