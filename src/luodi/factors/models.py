"""The tables of factors: requests with the steps of their life, utility nodes, and money by tranche and draw."""

from django.db import models
from django.db.models import F, Q

from luodi.accounts.models import Organisation, Post
from luodi.domain.factors.funding import KINDS
from luodi.domain.factors.life import CLOSED, State
from luodi.ledgers.models import Account, Promise
from luodi.projects.models import Project
from luodi.zones.models import Zone

STATES = tuple(one.value for one in State)
OVER = tuple(one.value for one in State if one in CLOSED)  # in one order: it stands in the constraints


class Request(models.Model):
    """What a project asks of whom, and where that stands; its steps are the proof.

    `basis`: how the quantity was found (derived from the form, hand, article, sample).  `needed_fixed`: the day was set
    by hand and does not follow the plan.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=48)
    guarantor = models.CharField(max_length=48)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=2)
    basis = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True, default="")
    sample = models.BooleanField(default=False)
    needed = models.DateField(null=True)
    needed_fixed = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=12, default=State.REQUESTED.value)
    seq = models.PositiveIntegerField(default=1)
    promised = models.DateField(null=True)
    met = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gt=0), name="factor_request_positive"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="factor_request_state"),
            models.CheckConstraint(condition=Q(met__gte=0), name="factor_request_met"),
            models.CheckConstraint(
                condition=Q(state__in=OVER, closed_at__isnull=False) | (~Q(state__in=OVER) & Q(closed_at=None)),
                name="factor_request_closed",
            ),
        )
        indexes = (
            models.Index(fields=("zone", "state"), name="factor_request_zone"),
            models.Index(fields=("promised",), name="factor_request_due", condition=~Q(state__in=OVER)),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class Step(models.Model):
    """One step of a request, never changed: the state it led to, the day promised, how much was met, and the paper."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    needed = models.DateField(null=True)
    promised = models.DateField(null=True)
    met = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    words = models.TextField(blank=True, default="")
    document = models.CharField(max_length=200, blank=True, default="")
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("request", "seq"), name="factor_step_place"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="factor_step_state"),
        )

    def __str__(self) -> str:
        return f"{self.request_id}#{self.seq}"


class Node(models.Model):
    """A substation, gas main, water works, sewage plant or heat source: its capacity is an account of the ledger."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=48, unique=True)
    kind = models.CharField(max_length=24)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True, default="")
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    ready = models.DateField(null=True)  # in service from; None: in service
    lon = models.FloatField(null=True)  # CGCS2000, degrees; None: nobody said where it stands
    lat = models.FloatField(null=True)
    sample = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(lon=None, lat=None)
                | Q(lon__isnull=False, lat__isnull=False, lon__gt=110, lon__lt=115, lat__gt=34, lat__lt=41),
                name="factor_node_place",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Funding(models.Model):
    """A loan, bond, subsidy or fund of a project; amounts in 万元."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    lender = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    document = models.CharField(max_length=200)
    sample = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="factor_funding_positive"),
            models.CheckConstraint(condition=Q(kind__in=tuple(one.value for one in KINDS)), name="factor_funding_kind"),
        )

    def __str__(self) -> str:
        return self.name


class Tranche(models.Model):
    """A part of the money: its amount in 万元, from when it may be drawn, and on what condition.  `drawn` <= `amount`."""

    funding = models.ForeignKey(Funding, on_delete=models.PROTECT, related_name="+", db_index=False)
    no = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    planned = models.DateField(null=True)
    condition = models.CharField(max_length=200, blank=True, default="")
    drawn = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("funding", "no"), name="factor_tranche_no"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="factor_tranche_positive"),
            models.CheckConstraint(
                condition=Q(drawn__gte=0) & Q(drawn__lte=F("amount")), name="factor_tranche_never_overdrawn"
            ),
        )

    def __str__(self) -> str:
        return f"{self.funding_id}/{self.no}"


class Draw(models.Model):
    """Money drawn from a tranche, never changed: amount in 万元, the day, the paper, and the works done by then in percent."""

    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    on = models.DateField()
    done = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    document = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="factor_draw_positive"),
            models.CheckConstraint(condition=Q(done=None) | Q(done__gte=0, done__lte=100), name="factor_draw_done"),
        )

    def __str__(self) -> str:
        return f"{self.tranche_id} {self.on}"
