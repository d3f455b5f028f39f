"""The tables of finding: what can be looked up, the beginnings it is found by, the views people keep, and bulk acts."""

from django.db import models

from luodi.accounts.models import Organisation, Post


class Thing(models.Model):
    """Something that can be looked up, as its room last said it; `words`: everything by which it may be found, in lines.

    `zone` and `project` decide with its kind who finds it ("" for neither).
    """

    kind = models.CharField(max_length=16)  # data/finding/kinds.yaml
    key = models.CharField(max_length=140)
    zone = models.CharField(max_length=64, blank=True, default="")
    project = models.CharField(max_length=64, blank=True, default="")
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300, blank=True, default="")
    about_zh = models.CharField(max_length=300, blank=True, default="")  # the line beside the name
    about_en = models.CharField(max_length=300, blank=True, default="")
    link = models.CharField(max_length=200)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="thing_once"),)
        indexes = (models.Index(fields=("project", "kind"), name="thing_project"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Mark(models.Model):
    """A beginning under which a thing is found.  Bytes, so that both databases compare them in the same order.

    `sort`: number of the kind; `place`: 0 where a name or code begins so, 1 within it.
    """

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="+")
    sort = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    text = models.BinaryField(max_length=96)
    zone = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("sort", "place", "text", "zone", "thing"), name="mark_found"),)

    def __str__(self) -> str:
        return bytes(self.text).decode(errors="replace")


class View(models.Model):
    """The filter of a list under a name: of a post, or shared with its unit.  `usual`: what the list opens with."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=64)  # name of the list's address
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True, default="")
    shared = models.BooleanField(default=False)
    usual = models.BooleanField(default=False)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("post", "page"), condition=models.Q(usual=True, removed_at=None), name="view_one_usual"
            ),
        )
        indexes = (models.Index(fields=("organisation", "page"), name="view_page"),)

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One act on many rows, chosen and previewed by a post; done by the worker, one row after the other."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=32)
    given = models.JSONField(default=dict)  # what the act was given beside the rows
    back = models.CharField(max_length=1000, blank=True, default="")  # the filters of the list it was chosen in
    key = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"


class Step(models.Model):
    """A row of a bulk act: what was done, or why not; `before`: what undoing it needs; `after`: how it stood then."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=80)  # a case's number, a project's slug
    seq = models.PositiveIntegerField(default=0)  # as the chooser saw it
    state = models.CharField(max_length=12, default="waiting")  # waiting | done | refused | undone | kept
    before = models.JSONField(default=dict)
    after = models.PositiveIntegerField(default=0)
    refusal = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("job", "row"), name="step_once"),)

    def __str__(self) -> str:
        return f"{self.job_id} {self.row} {self.state}"
