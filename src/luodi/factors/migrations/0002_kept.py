"""Steps and draws stay as they were written."""

from django.db import migrations

from luodi.journal.adding_only import adding_only


class Migration(migrations.Migration):
    dependencies = (("factors", "0001_tables"),)

    operations = (
        adding_only(
            ("factors_step", "factors_draw"), function="factors_kept", says="steps and draws are only ever added to"
        ),
    )
