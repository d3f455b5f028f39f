"""What was put on the table, approved, promised and found stays as it was written."""

from django.db import migrations

from luodi.journal.adding_only import adding_only


class Migration(migrations.Migration):
    dependencies = (("dealings", "0001_tables"),)

    operations = (
        adding_only(
            tuple(f"dealings_{one}" for one in ("round", "term", "approval", "ending", "clause", "outcome")),
            function="dealings_kept",
            says="dealings are only ever added to",
        ),
    )
