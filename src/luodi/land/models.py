"""The tables of land: parcels with their revisions, versions of what lies over them, and buildings with vacancy."""

from django.db import models

from luodi.projects.models import Project
from luodi.zones.models import Zone


class Parcel(models.Model):
    """A parcel as it is now: what lists and maps ask for; the whole of it stands in its last revision."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=64)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=16)
    tenure = models.CharField(max_length=16)
    use = models.CharField(max_length=16)
    area = models.FloatField()  # m², measured on the ellipsoid
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.TextField()
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    gone = models.BooleanField(default=False)  # taken out: kept, shown nowhere
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("zone", "number"), name="parcel_number"),
            models.CheckConstraint(condition=models.Q(area__gt=0), name="parcel_has_area"),
            models.CheckConstraint(condition=~models.Q(number=""), name="parcel_has_number"),
        )
        indexes = (
            models.Index(fields=("zone", "state"), name="parcel_state"),
            models.Index(fields=("west", "east"), name="parcel_where"),
        )

    def __str__(self) -> str:
        return f"{self.zone_id} {self.number}"


class Revision(models.Model):
    """What was known of a parcel from a moment on; never changed."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    what = models.CharField(max_length=32)  # kind of the journal entry
    document = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("parcel", "seq"), name="parcel_revision"),)

    def __str__(self) -> str:
        return f"{self.parcel_id}#{self.seq}"


class Overlay(models.Model):
    """One area of one version of a layer over a zone; a version counts from `on` until the next one does."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    place = models.PositiveIntegerField()  # in its file, from 0
    kind = models.CharField(max_length=32, blank=True, default="")  # "": the one row of a version without areas
    zh = models.CharField(max_length=200, blank=True, default="")
    en = models.CharField(max_length=300, blank=True, default="")
    on = models.DateField()
    until = models.DateField(null=True)
    paper = models.CharField(max_length=200)
    geometry = models.TextField(blank=True, default="")
    west = models.FloatField(default=0)
    south = models.FloatField(default=0)
    east = models.FloatField(default=0)
    north = models.FloatField(default=0)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("zone", "layer", "version", "place"), name="overlay_version"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("on")), name="overlay_ends_later"
            ),
        )
        indexes = (models.Index(fields=("zone", "layer", "on"), name="overlay_in_force"),)

    def __str__(self) -> str:
        return f"{self.zone_id} {self.layer}#{self.version}"


class Building(models.Model):
    """A standard plant or the floors of an incubator on a parcel, and how much of it is vacant."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=64)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=300, blank=True, default="")
    kind = models.CharField(max_length=16)  # plant | incubator
    floor_area = models.FloatField()  # m²
    vacant = models.FloatField()  # m²
    at = models.DateTimeField()
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("parcel", "number"), name="building_number"),
            models.CheckConstraint(condition=models.Q(floor_area__gt=0), name="building_has_floor"),
            models.CheckConstraint(
                condition=models.Q(vacant__gte=0) & models.Q(vacant__lte=models.F("floor_area")),
                name="building_vacancy_within",
            ),
        )

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.number}"


class Batch(models.Model):
    """Parcels announced and listed together, each as soon as it was ripe; what became of them stands with the parcels."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    announced = models.DateField()
    starts = models.DateField()
    ends = models.DateField()
    paper = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("zone", "name"), name="batch_name"),
            models.CheckConstraint(
                condition=models.Q(starts__gt=models.F("announced")) & models.Q(ends__gt=models.F("starts")),
                name="batch_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.zone_id} {self.name}"


class Member(models.Model):
    """A parcel of a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("batch", "parcel"), name="batch_parcel"),)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.parcel_id}"
