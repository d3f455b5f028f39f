"""The tables of notices: what people were told, where to reach them, what was delivered, and the calendar feeds."""

from django.db import models

from luodi.accounts.models import Person, Post


class Notice(models.Model):
    """One thing one person was told; shown in the app whatever the channels do."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=48)  # data/notices/kinds.yaml: words, offsets
    facts = models.TextField()  # JSON: what the sentence of the kind is filled with
    link = models.CharField(max_length=200, blank=True, default="")
    project = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=160, null=True, unique=True)  # noqa: DJ001 - absent, or said only once

    class Meta:
        indexes = (models.Index(fields=("person", "read_at", "at"), name="notice_person_read"),)

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id}"


class Channel(models.Model):
    """A way to reach a person outside the app, with their quiet hours.  Addresses of robots are secrets: sealed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)  # email | wecom | dingtalk
    address = models.TextField()
    active = models.BooleanField(default=True)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    away_until = models.DateField(null=True)  # nothing is sent until then; nothing is lost

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class Delivery(models.Model):
    """One notice (or a digest of several) on its way through one channel."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    digest = models.BigIntegerField(null=True)  # deliveries sent together share the id of their first
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("channel", "notice"), name="delivery_once"),)
        indexes = (models.Index(fields=("delivered_at", "given_up_at", "next_try"), name="delivery_open"),)

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.channel_id}"


class Feed(models.Model):
    """A calendar address that can be taken back: of a person, a unit or a project."""

    token = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret in the address
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=16)  # person | unit | project
    subject = models.CharField(max_length=64, blank=True, default="")
    created = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.about} {self.subject}"
