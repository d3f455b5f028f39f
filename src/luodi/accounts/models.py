"""The tables of people: organisations, persons, posts, and what keeps a guesser out."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
"""三员: the kinds whose powers exclude each other."""


class Organisation(models.Model):
    """A unit of the province, of a zone, of a city, or an enterprise; committee and company are separate units."""

    code = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=32)  # data/posts.yaml names the kinds
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, blank=True, default="", db_index=True)  # "" for the province
    unit = models.CharField(max_length=64, blank=True, default="")  # the catalogue's unit it acts as
    uscc = models.CharField(max_length=18, blank=True, default="", db_index=True)
    starts = models.DateField()
    ends = models.DateField(null=True)  # task forces end
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="organisation_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Person(AbstractBaseUser):
    """Somebody who can sign in.  The telephone number is kept encrypted and shown masked."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")  # sealed by accounts/sealing.py
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)  # the password was given by somebody else
    sample = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    def __str__(self) -> str:
        return self.username


class Post(models.Model):
    """A person in an organisation with a kind of work, from a day to a day; terms are counted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    starts = models.DateField()
    ends = models.DateField(null=True)
    term = models.PositiveSmallIntegerField(default=1)
    contract_until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "organisation", "kind", "starts"), name="post_once"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="post_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(term__gte=1) & models.Q(term__lte=3), name="post_at_most_three_terms"
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(ends__isnull=True, kind__in=ADMINISTRATORS),
                name="administrator_of_one_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Lock(models.Model):
    """Wrong passwords of a person since the last right one, and until when they may not try again."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+", primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.failures}"
