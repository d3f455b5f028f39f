"""The table of projects."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Projects as documents."""

    initial = True
    dependencies = ()
    operations = [
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=64, unique=True)),
                ("document", models.TextField()),
                ("sample", models.BooleanField(default=False)),
                ("recorded_by", models.CharField(max_length=64)),
                ("created", models.DateTimeField()),
                ("changed", models.DateTimeField()),
            ],
            options={
                "ordering": ("created", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="project_slug_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True), name="project_document_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("changed__gte", models.F("created"))),
                        name="project_changed_not_before_created",
                    ),
                ],
            },
        ),
    ]
