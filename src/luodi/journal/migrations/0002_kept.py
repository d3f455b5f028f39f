"""Entries and checkpoints stay as they were written."""

from django.db import migrations

from luodi.journal.adding_only import adding_only


class Migration(migrations.Migration):
    dependencies = (("journal", "0001_tables"),)

    operations = (
        adding_only(
            ("journal_entry", "journal_checkpoint"), function="journal_kept", says="the record is only ever added to"
        ),
    )
