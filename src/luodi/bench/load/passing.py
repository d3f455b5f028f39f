"""A database for a while, of the same kind as the configured one, thrown away afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.db import connection


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database; on PostgreSQL the configured person must be allowed to make one."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="luodi-bench-") as folder:
            yield f"sqlite:///{quote(str(Path(folder) / 'province.sqlite3'))}"
        return
    name = f"luodi_bench_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(os.environ["LUODI_DATABASE_URL"])._replace(path=f"/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
