"""Entries and checkpoints stay as they were written: the database itself refuses to change or remove one.

A migration that rebuilds one of these tables on SQLite drops its triggers with it and must put them back.
TRUNCATE on PostgreSQL stays possible: only the owner of the tables can do it, and tests empty tables so.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("journal_entry", "journal_checkpoint")
SAYS = "the record is only ever added to"

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END
"""
POSTGRES_FUNCTION = """
CREATE FUNCTION journal_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRES = "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION journal_kept()"


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
        schema.execute("DROP FUNCTION journal_kept() CASCADE")
    else:
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                schema.execute(f"DROP TRIGGER {table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = (("journal", "0001_tables"),)

    operations = (migrations.RunPython(keep, release),)
