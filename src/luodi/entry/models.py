"""The tables of entry: reviews, who was asked what, opinions, links for people from outside, steps of the five fronts, files."""

from django.db import models
from django.db.models import Q

from luodi.accounts.models import Organisation, Post
from luodi.projects.models import Project


class Review(models.Model):
    """A round of entry review of a project; the newest round is the one that counts."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64, blank=True, default="", db_index=True)
    round = models.PositiveSmallIntegerField()
    subject = models.TextField()  # what is put before everybody
    at = models.DateTimeField()
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=200)
    due = models.DateField()
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "round"), name="entry_review_round"),)

    def __str__(self) -> str:
        return f"{self.project_id} {self.round}"


class Asked(models.Model):
    """One check asked of a unit or of an expert from outside, with a day due."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=32)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    expert = models.CharField(max_length=120, blank=True, default="")
    office = models.CharField(max_length=200, blank=True, default="")  # where the expert comes from
    at = models.DateTimeField()
    due = models.DateField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, expert="") | (Q(organisation=None) & ~Q(expert="")),
                name="entry_asked_of_one",
            ),
            models.UniqueConstraint(
                fields=("review", "check_id", "organisation"), condition=Q(expert=""), name="entry_asked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.review_id} {self.check_id}"


class Opinion(models.Model):
    """What somebody asked said; never changed: a second thought is a further row, and the newest counts."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    view = models.CharField(max_length=16)
    conditions = models.TextField(blank=True, default="")
    blocking = models.TextField(blank=True, default="")
    papers = models.TextField(blank=True, default="")  # names or numbers of papers, one a line
    note = models.TextField(blank=True, default="")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("asked", "seq"), name="entry_opinion_place"),
            models.CheckConstraint(
                condition=(Q(view="agree") | (Q(view="conditions") & ~Q(conditions="")) | (Q(view="object") & ~Q(blocking=""))),
                name="entry_opinion_whole",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.asked_id} {self.view}"


class Link(models.Model):
    """A limited way in for one expert to one question; only the digest of its token is kept."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    expires = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.asked_id} {self.digest[:8]}"


class TaskStep(models.Model):
    """A shadow task of one of the five fronts, begun or done; never changed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    task = models.CharField(max_length=64)  # front.task of data/entry/fronts.yaml
    step = models.CharField(max_length=8)  # begun | done
    on = models.DateField()
    note = models.TextField(blank=True, default="")
    paper = models.CharField(max_length=200, blank=True, default="")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("project", "task", "step"), name="entry_step_once"),
            models.CheckConstraint(condition=Q(step__in=("begun", "done")), name="entry_step_known"),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.task} {self.step}"


class Handed(models.Model):
    """A file handed in with an opinion or with a shadow task done; its bytes lie in the store under `sha256`."""

    opinion = models.ForeignKey(Opinion, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(TaskStep, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)  # by content: pdf, png, docx …
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(opinion__isnull=False, step=None) | Q(opinion=None, step__isnull=False),
                name="entry_file_of_one",
            ),
            models.UniqueConstraint(fields=("opinion", "sha256"), name="entry_file_opinion"),
            models.UniqueConstraint(fields=("step", "sha256"), name="entry_file_step"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"
