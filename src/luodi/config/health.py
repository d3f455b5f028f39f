"""Whether the server lives, and whether it is ready for visitors: asked by systemd, nginx and load balancers."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from luodi.accounts.gate import public

_migrated: set[str] = set()
"""Databases found fully migrated: a running server is stopped for a migration, so once is enough."""


@public
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers.  No query."""
    return HttpResponse("alive\n", content_type="text/plain")


@public
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers and every migration is applied, else 503 with what is missing.  One query."""
    missing = _missing()
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def _missing() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        name = str(connection.settings_dict["NAME"])
        if name not in _migrated:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return ["migrations: run `luodi migrate`"]
            _migrated.add(name)
    except DatabaseError:
        connection.close()
        return ["database"]
    return []
