"""The tables of the ledger: accounts with their running sums, promises, and the steps and lines that are never changed."""

from django.db import models
from django.db.models import F, Q

from luodi.accounts.models import Post
from luodi.projects.models import Project
from luodi.zones.models import Zone

SUMS = ("inward", "outward", "reserved", "committed", "expected")
"""The running sums, in smallest units of the kind; `domain.ledger.book.Sums` says what each is."""


def sound(name: str) -> models.CheckConstraint:
    """No single sum is ever below zero."""
    return models.CheckConstraint(condition=Q(**{f"{one}__gte": 0 for one in SUMS}), name=name)


class Account(models.Model):
    """What a holder has of a kind of quota in a period ("" for standing ones).  The row is locked while a step is written.

    `level` outside: where quota comes from and is lost from sight; such an account may be below zero, others never.
    """

    quota = models.CharField(max_length=48)
    period = models.CharField(max_length=16, blank=True, default="")
    level = models.CharField(max_length=16)  # outside | province | city | zone | project
    holder = models.CharField(max_length=64, blank=True, default="")  # code of zone, project or city; "" for the others
    zh = models.CharField(max_length=200)  # the holder's name
    en = models.CharField(max_length=300)
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    bounded = models.BooleanField(default=True)
    sample = models.BooleanField(default=False)  # opened with invented figures
    document = models.CharField(max_length=200, blank=True, default="")
    inward = models.BigIntegerField(default=0)
    outward = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    expected = models.BigIntegerField(default=0)
    count = models.PositiveBigIntegerField(default=0)  # lines
    latest = models.DateTimeField(null=True)  # of the last line: no later line is earlier

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("quota", "period", "level", "holder"), name="ledger_account_once"),
            models.CheckConstraint(
                condition=Q(bounded=False) | Q(inward__gte=F("outward") + F("reserved") + F("committed")),
                name="ledger_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(bounded=True) | Q(level="outside"), name="ledger_outside_alone_unbounded"
            ),
            sound("ledger_account_sound"),
        )
        indexes = (models.Index(fields=("level", "holder"), name="ledger_account_holder"),)

    def __str__(self) -> str:
        return "/".join(filter(None, (self.quota, self.period, self.level, self.holder)))


class Promise(models.Model):
    """A promise and where it stands now: reserved, committed, or how it ended.  Its steps are the proof."""

    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    need = models.BigIntegerField(null=True)  # before the replacement ratio
    state = models.CharField(max_length=8)  # a Phase
    place = models.PositiveIntegerField(default=1)  # of its last step
    since = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    owner = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_promise_positive"),)
        indexes = (
            models.Index(
                fields=("source", "expires"), name="ledger_promise_open", condition=Q(state__in=("reserve", "commit"))
            ),
            models.Index(fields=("expires",), name="ledger_promise_expires", condition=Q(state="reserve")),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Transfer(models.Model):
    """One step between two accounts, never changed.  `entry`: the journal entry of the act, the same for linked steps."""

    phase = models.CharField(max_length=8)
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    at = models.DateTimeField()
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveIntegerField(default=0)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    expires = models.DateTimeField(null=True)
    entry = models.CharField(max_length=64, db_index=True)
    document = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_step_positive"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="ledger_two_sides"),
            models.UniqueConstraint(fields=("promise", "place"), name="ledger_step_once"),
            models.CheckConstraint(
                condition=Q(phase="move", promise=None, reverses=None)
                | Q(phase="reverse", promise=None, reverses__isnull=False)
                | Q(phase__in=("reserve", "commit", "post", "void", "expire"), promise__isnull=False, reverses=None),
                name="ledger_step_whole",
            ),
        )
        indexes = (models.Index(fields=("document",), name="ledger_step_paper", condition=~Q(document="")),)

    def __str__(self) -> str:
        return f"{self.pk} {self.phase}"


class Line(models.Model):
    """One side of a step on its account, with the sums after it: the balance of any moment is one look-up."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="+")
    inward = models.BigIntegerField()
    outward = models.BigIntegerField()
    reserved = models.BigIntegerField()
    committed = models.BigIntegerField()
    expected = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "seq"), name="ledger_line_place"),
            sound("ledger_line_sound"),
        )
        indexes = (models.Index(fields=("account", "at", "seq"), name="ledger_line_at"),)

    def __str__(self) -> str:
        return f"{self.account_id}#{self.seq}"


class Assertion(models.Model):
    """What a paper says an account stood at, at the end of a day; `luodi ledger check` fails where the ledger disagrees."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    figure = models.CharField(max_length=16)  # inward | balance | available
    amount = models.BigIntegerField()
    document = models.CharField(max_length=200)
    entry = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(document=""), name="ledger_assertion_has_a_paper"),
            models.UniqueConstraint(fields=("account", "on", "figure", "document"), name="ledger_assertion_once"),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.on} {self.figure}"
