"""The tables of ledgers handed in: each file, the rows of which something has to be said, and what offices chose."""

from django.db import models

from luodi.accounts.models import Organisation, Post

STATES = ("checked", "waiting", "taking", "taken", "undoing", "undone")


class Import(models.Model):
    """A ledger file as it was handed in, and how far it has come."""

    kind = models.CharField(max_length=40)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, blank=True, default="")
    who = models.CharField(max_length=200)
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True, default="")
    chosen = models.TextField(default="{}")  # JSON: number of the column -> column of the ledger
    state = models.CharField(max_length=16, default="checked")
    length = models.PositiveIntegerField(default=0)  # rows of the sheet, for the share that is done
    gone_through = models.PositiveIntegerField(default=0)  # number of the last row that was dealt with
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    heads = models.TextField(default="[]")  # JSON: number of the column, head, column of the ledger, unit, near
    problems = models.TextField(default="[]")  # JSON: what is wrong with the head
    notes = models.TextField(default="[]")
    ended = models.DateTimeField(null=True)
    entry = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(state__in=STATES), name="import_state_known"),)
        indexes = (
            models.Index(fields=("zone", "at"), name="import_zone"),
            models.Index(fields=("post", "at"), name="import_post"),
            models.Index(fields=("digest",), name="import_digest"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Upload(models.Model):
    """The bytes of a file, apart from what lists read; kept in the database, since any machine's worker may need them."""

    owner = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="+", primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.pk}"


class Line(models.Model):
    """A row of a ledger that did something, or could not: what it was about, and what was so before."""

    owner = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()  # as Excel counts
    outcome = models.CharField(max_length=8)  # new | changed | refused | undone | kept
    subject = models.CharField(max_length=100, blank=True, default="")
    before = models.TextField(blank=True, default="{}")  # JSON, the loader's own
    told = models.TextField(blank=True, default="[]")  # JSON: column of the sheet, code, facts

    class Meta:
        constraints = (models.UniqueConstraint(fields=("owner", "number"), name="line_once"),)

    def __str__(self) -> str:
        return f"{self.owner.pk}#{self.number}"


class Choice(models.Model):
    """Which column an office means by a head; "" where it is left out."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    head = models.CharField(max_length=120)
    column = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "kind", "head"), name="choice_once"),)

    def __str__(self) -> str:
        return self.head
