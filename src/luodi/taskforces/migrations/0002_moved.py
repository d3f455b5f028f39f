"""Last days moved, days of duty taken off, and when things were recorded; last days moved are only ever added to."""

import django.db.models.deletion
from django.db import migrations, models

from luodi.journal.adding_only import adding_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_shared_cache"),
        ("taskforces", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Moved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.DateField()),
                ("ends", models.DateField()),
                ("why", models.TextField()),
                ("document", models.CharField(blank=True, default="", max_length=200)),
                ("who", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="duty",
            name="force_duty_once",
        ),
        migrations.RemoveConstraint(
            model_name="member",
            name="force_member_ends_after_start",
        ),
        migrations.AddField(
            model_name="duty",
            name="at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="duty",
            name="off_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="duty",
            name="off_by",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="duty",
            name="off_why",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="duty",
            name="to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddField(
            model_name="logentry",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="member",
            name="at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="service",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("off_at", None)), fields=("force", "on", "post"), name="force_duty_once"
            ),
        ),
        migrations.AddField(
            model_name="moved",
            name="force",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="taskforces.force"
            ),
        ),
        migrations.AddField(
            model_name="moved",
            name="member",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="taskforces.member"
            ),
        ),
        adding_only(
            ("taskforces_moved",),
            function="force_moved_kept",
            says="last days moved are only ever added to",
        ),
    ]
