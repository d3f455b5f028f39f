"""The tables of zones: the registry and the delegated powers."""

from django.db import models

from luodi.accounts.models import Organisation


class Zone(models.Model):
    """A development zone or one of its parks, as the registry gives it, with how sure the registry is."""

    id = models.SlugField(max_length=64, primary_key=True)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    kind = models.CharField(max_length=32)  # industrial | agriculture | culture_tourism | bonded | sub_park
    city = models.CharField(max_length=64, blank=True, default="")
    level = models.CharField(max_length=32, blank=True, default="")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    confidence = models.CharField(max_length=16)  # verified | unverified
    source = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.id


class Power(models.Model):
    """A matter that an organisation may decide from a day to a day, and the paper that says so."""

    matter = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=64, blank=True, default="")
    starts = models.DateField()
    ends = models.DateField(null=True)
    document = models.CharField(max_length=200)  # title and number of the delegating paper
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "organisation", "starts"), name="power_once"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="power_ends_after_start",
            ),
        )
        indexes = (models.Index(fields=("organisation", "matter"), name="power_who_what"),)

    def __str__(self) -> str:
        return f"{self.matter} → {self.organisation_id}"
