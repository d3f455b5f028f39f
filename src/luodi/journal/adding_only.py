"""Tables that are only ever added to: triggers with which the database itself refuses to change or remove a row.

For migrations.  A migration that rebuilds such a table on SQLite drops its triggers with it and must put them back.
TRUNCATE on PostgreSQL stays possible: only the owner of the tables can do it, and tests empty tables so.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

SQLITE = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END"
POSTGRES_FUNCTION = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRES = "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
VERBS = ("UPDATE", "DELETE")


def adding_only(tables: Sequence[str], *, function: str, says: str) -> RunPython:
    """The operation that puts the triggers in place and, backwards, takes them away.

    `function`: the name of the trigger's function on PostgreSQL; `says`: what whoever tries is told.
    """

    def keep(_apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        if schema.connection.vendor == "postgresql":
            schema.execute(POSTGRES_FUNCTION.format(function=function, says=says))
            for table in tables:
                schema.execute(POSTGRES.format(table=table, function=function))
            return
        for table in tables:
            for verb in VERBS:
                schema.execute(SQLITE.format(table=table, verb=verb, says=says))

    def release(_apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
        if schema.connection.vendor == "postgresql":
            schema.execute(f"DROP FUNCTION {function}() CASCADE")
            return
        for table in tables:
            for verb in VERBS:
                schema.execute(f"DROP TRIGGER {table}_no_{verb}")

    return RunPython(keep, release)
