"""What lists and sums need of every project's document, filled from the documents that stand."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from luodi.domain.vocabulary import BadInput
from luodi.projects.outlining import columns
from luodi.projects.readers import understood

BATCH = 500


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One outline for every project; a document that later rules refuse keeps an empty one until it is recorded anew."""
    project, outline = apps.get_model("projects", "Project"), apps.get_model("projects", "Outline")
    for pk, document in project.objects.order_by("id").values_list("id", "document").iterator(BATCH):
        try:
            values = dict(columns(understood(document)))
        except BadInput:
            values = {}
        outline.objects.create(project_id=pk, **values)


class Migration(migrations.Migration):
    """Adds `Outline`."""

    dependencies = [
        ("projects", "0002_zone_and_team"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="projects.project",
                    ),
                ),
                ("industry", models.CharField(blank=True, default="", max_length=8)),
                ("invested", models.BigIntegerField(null=True)),
                ("land", models.BigIntegerField(null=True)),
                ("contact", models.DateField(null=True)),
                ("signed", models.DateField(null=True)),
                ("land_supplied", models.DateField(null=True)),
                ("construction_start", models.DateField(null=True)),
                ("completion", models.DateField(null=True)),
                ("production", models.DateField(null=True)),
                ("statistics", models.DateField(null=True)),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
