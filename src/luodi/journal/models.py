"""The tables of the record: chains, their entries, and the checkpoints signed over their heads."""

from django.db import models

HASH = 64
"""Characters of a SHA-256 in hexadecimal."""


class Chain(models.Model):
    """One chain, by name (`project:<slug>`, `zone:<id>`, `accounts`, `reads:<zone>`), with its last link.

    The row is locked while an entry is appended, so that no two entries ever follow the same one.
    """

    name = models.CharField(max_length=96, primary_key=True)
    zone = models.CharField(max_length=64, blank=True, default="", db_index=True)
    count = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=HASH, default="0" * HASH)
    latest = models.DateTimeField(null=True)  # of the last entry: no later entry is earlier

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One entry, never changed and never removed.  `payload` is the canonical JSON that was hashed."""

    chain = models.ForeignKey(
        Chain, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the constraint has one
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=48)
    zone = models.CharField(max_length=64, blank=True, default="")
    project = models.CharField(max_length=64, blank=True, default="")
    person = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    who = models.CharField(max_length=200)  # name, post and organisation, as they were
    at = models.DateTimeField()
    payload = models.TextField()
    previous = models.CharField(max_length=HASH)
    hash = models.CharField(max_length=HASH)
    key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - idempotency key: absent, or unique

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="entry_place_in_chain"),)
        indexes = (
            models.Index(fields=("project", "at"), name="entry_project_at"),
            models.Index(fields=("zone", "at"), name="entry_zone_at"),
            models.Index(fields=("person", "at"), name="entry_person_at"),
        )

    def __str__(self) -> str:
        return f"{self.chain_id}#{self.seq} {self.kind}"


class Checkpoint(models.Model):
    """The heads and counts of a zone's chains at a moment, signed with Ed25519; it may be kept elsewhere as a file."""

    zone = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    heads = models.TextField()  # canonical JSON: chain -> [count, head]
    key = models.CharField(max_length=64)  # the public key, hexadecimal
    signature = models.CharField(max_length=128)

    class Meta:
        indexes = (models.Index(fields=("zone", "at"), name="checkpoint_zone_at"),)

    def __str__(self) -> str:
        return f"{self.zone or '*'} {self.at:%Y-%m-%d %H:%M}"
