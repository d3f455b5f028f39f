"""Opinions and steps of the fronts are only ever added to."""

from django.db import migrations

from luodi.journal.adding_only import adding_only


class Migration(migrations.Migration):
    dependencies = (("entry", "0001_tables"),)

    operations = (
        adding_only(
            ("entry_opinion", "entry_taskstep"),
            function="entry_kept",
            says="opinions and steps are only ever added to",
        ),
    )
