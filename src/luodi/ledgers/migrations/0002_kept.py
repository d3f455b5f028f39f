"""Steps, lines and assertions stay as they were written: the database itself refuses to change or remove one.

As with the journal: a migration that rebuilds one of these tables on SQLite must put its triggers back.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("ledgers_transfer", "ledgers_line", "ledgers_assertion")
SAYS = "the ledger is only ever added to"

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END
"""
POSTGRES_FUNCTION = """
CREATE FUNCTION ledgers_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRES = "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledgers_kept()"


def keep(_apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    if schema.connection.vendor == "postgresql":
        schema.execute(POSTGRES_FUNCTION.format(says=SAYS))
        for table in TABLES:
            schema.execute(POSTGRES.format(table=table))
    else:
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema.execute(SQLITE.format(table=table, verb=verb, says=SAYS))


def release(_apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    if schema.connection.vendor == "postgresql":
        schema.execute("DROP FUNCTION ledgers_kept() CASCADE")
    else:
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema.execute(f"DROP TRIGGER {table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = (("ledgers", "0001_tables"),)

    operations = (migrations.RunPython(keep, release),)
