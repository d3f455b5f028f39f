"""Steps, lines and assertions stay as they were written."""

from django.db import migrations

from luodi.journal.adding_only import adding_only


class Migration(migrations.Migration):
    dependencies = (("ledgers", "0001_tables"),)

    operations = (
        adding_only(
            ("ledgers_transfer", "ledgers_line", "ledgers_assertion"),
            function="ledgers_kept",
            says="the ledger is only ever added to",
        ),
    )
