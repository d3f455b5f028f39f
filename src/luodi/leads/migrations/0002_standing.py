"""When a visit was reported, and leads that are one case with another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("leads", "0001_tables"),)

    operations = (
        migrations.AddField(
            model_name="lead",
            name="same",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="leads.lead"
            ),
        ),
        migrations.AddField(model_name="meeting", name="reported", field=models.DateTimeField(null=True)),
    )
