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


class Resource(models.Model):
    """A line of a zone's resource profile from a day on; a later row replaces it, `gone` ends it; never changed."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=32)  # data/regions/resources.yaml
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    about = models.CharField(max_length=500, blank=True, default="")  # what is said of the value, or the text itself
    on = models.DateField()
    gone = models.BooleanField(default=False)
    basis = models.CharField(max_length=16)  # article | zone | sample
    source = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    entry = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("zone", "item", "on"), name="resource_zone_item"),)

    def __str__(self) -> str:
        return f"{self.zone_id} {self.item}"


class Chain(models.Model):
    """A chain of industry: what it is called, and the paper that names it."""

    id = models.SlugField(max_length=64, primary_key=True)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")  # None: of the province
    basis = models.CharField(max_length=16)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.id


class ChainMember(models.Model):
    """Who belongs to a chain from a day to a day: its chief (链长), its masters (链主), the firms up and down it."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)  # chief | master | member
    side = models.CharField(max_length=16, blank=True, default="")  # upstream | midstream | downstream
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160, blank=True, default="")
    uscc = models.CharField(max_length=18, blank=True, default="")
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    project = models.CharField(max_length=64, blank=True, default="")  # slug
    around = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")  # the master
    signed = models.DateField(null=True)
    invested = models.BigIntegerField(null=True)  # whole yuan
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    basis = models.CharField(max_length=16)
    source = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "role", "zh", "starts"), name="chain_member_once"),)
        indexes = (models.Index(fields=("chain", "role"), name="chain_member_role"),)

    def __str__(self) -> str:
        return f"{self.chain_id} {self.zh}"


class ChainClaim(models.Model):
    """What a paper says of the firms around a chain master, without naming them all: checked against the members known."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="+")
    master = models.ForeignKey(ChainMember, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    firms = models.PositiveIntegerField(null=True)
    invested = models.BigIntegerField(null=True)  # whole yuan
    basis = models.CharField(max_length=16)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.chain_id} {self.on}"
