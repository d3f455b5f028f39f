"""The tables of issued documents: their series of numbers, the documents, and what is still to be issued."""

from django.db import models

from luodi.accounts.models import Organisation
from luodi.projects.models import Project


class Series(models.Model):
    """A series of numbers without gaps: one of each organisation, kind and year; the row is locked while one is given."""

    name = models.CharField(max_length=140, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Document(models.Model):
    """An issued document.  Only what is said of it later changes: that it was revoked, or what took its place.

    Its bytes lie in the store under `sha256`.  `digest` is the SHA-256 of what was sealed: its name in the list of the
    revoked.  `subject` says what it was issued for; each `version` of a subject takes the place of the one before.
    """

    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=200, unique=True)
    plain = models.CharField(
        max_length=200, db_index=True
    )  # the number as it is looked up, whatever brackets are typed
    code = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=64)
    case = models.CharField(max_length=40, blank=True, default="", db_index=True)
    subject = models.CharField(max_length=96)
    version = models.PositiveSmallIntegerField(default=1)
    issued_at = models.DateTimeField()
    until = models.DateField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    who = models.CharField(max_length=200)
    entry = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("subject", "version"), name="document_version"),)
        indexes = (
            models.Index(fields=("project", "issued_at"), name="document_project"),
            models.Index(fields=("revoked_at",), condition=models.Q(revoked_at__isnull=False), name="document_revoked"),
        )

    def __str__(self) -> str:
        return self.number


class Waiting(models.Model):
    """A document still to be issued, by the worker; `refused` says why the last try came to nothing."""

    case = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    of = models.PositiveBigIntegerField()  # the event of the case, or the debt or halt, that it is about
    since = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    refused = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "kind", "of"), name="waiting_once"),)
        indexes = (models.Index(fields=("next_at", "id"), name="waiting_next"),)

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.of}"


class Draft(models.Model):
    """The form of a project or of one of its phases: what was typed where, by whom, in which post, and who stood for it.

    `words`: by place (`land_area`, `floor_area.total`), as typed; secret parts sealed.  `typists`: by place, who typed it.
    `sent`: the words as they were last handed in; `first`: the slug of the first phase.
    """

    slug = models.SlugField(max_length=64, unique=True)
    first = models.SlugField(max_length=64)
    phase = models.PositiveSmallIntegerField(default=1)
    zone = models.CharField(max_length=64)
    applicant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    begun_by = models.PositiveBigIntegerField()  # the post
    words = models.JSONField(default=dict)
    typists = models.JSONField(default=dict)
    mandate = models.JSONField(null=True)  # whom the enterprise lets fill in the form for it, since when, said by whom
    seq = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    changed = models.DateTimeField()
    sent = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("first", "phase"), name="draft_phase"),)
        indexes = (models.Index(fields=("applicant", "changed"), name="draft_applicant"),)

    def __str__(self) -> str:
        return self.slug


class Application(models.Model):
    """The application of a matter as it was filled from the form; a changed answer makes the next version."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    lines = models.JSONField()  # input, number, names, value, and where the value came from
    digest = models.CharField(max_length=64)  # of what was filled in
    changed = models.JSONField(default=list)  # the inputs that differ from the version before
    issued_at = models.DateTimeField()
    entry = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)  # replaced by the next version, or no longer applicable

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("project", "matter", "version"), name="application_version"),
            models.UniqueConstraint(
                fields=("project", "matter"), condition=models.Q(ended_at=None), name="application_one_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} {self.matter} {self.version}"


class Attachment(models.Model):
    """A file that goes with applications.  The same bytes are the same paper, whichever matters use it.

    Its bytes lie in the store under `sha256`.  `first`: the slug of the project's first phase.
    """

    first = models.SlugField(max_length=64)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)  # by content: pdf, png, docx …
    size = models.PositiveIntegerField()
    matters = models.JSONField(default=list)
    who = models.CharField(max_length=200)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("first", "sha256"), name="attachment_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"
