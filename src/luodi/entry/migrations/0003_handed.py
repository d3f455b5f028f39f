"""Files handed in with opinions and shadow tasks; only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

from luodi.journal.adding_only import adding_only


class Migration(migrations.Migration):
    dependencies = [
        ("entry", "0002_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=16)),
                ("size", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "opinion",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entry.opinion"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entry.taskstep"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opinion__isnull", False), ("step", None)),
                            models.Q(("opinion", None), ("step__isnull", False)),
                            _connector="OR",
                        ),
                        name="entry_file_of_one",
                    ),
                    models.UniqueConstraint(fields=("opinion", "sha256"), name="entry_file_opinion"),
                    models.UniqueConstraint(fields=("step", "sha256"), name="entry_file_step"),
                ],
            },
        ),
        adding_only(("entry_handed",), function="entry_handed_kept", says="files handed in are only ever added to"),
    ]
