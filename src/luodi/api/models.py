"""The tables of the JSON interface: tokens by which programs act as a post, and addresses that are told what happens."""

from django.db import models

from luodi.accounts.models import Post


class ApiToken(models.Model):
    """A secret by which a program acts as one post.  Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=64)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # noted once an hour at most

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(expires__gt=models.F("created")), name="token_ends"),)

    def __str__(self) -> str:
        return f"{self.label} of {self.post_id}"


class Webhook(models.Model):
    """An address that is told what was recorded, in order, from `cursor` on.  Address and key are secrets: sealed."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=64)
    address = models.TextField()
    secret = models.TextField()
    zone = models.CharField(max_length=32, blank=True, default="")  # "": every zone the post may read
    kinds = models.TextField(blank=True, default="")  # first words of kinds, by blanks; "": all
    cursor = models.BigIntegerField(default=0)  # number of the last entry that was taken by the other side
    created = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=300, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True, default="")
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("stopped_at", "next_try"), name="webhook_due"),)

    def __str__(self) -> str:
        return f"{self.label} of {self.post_id}"
