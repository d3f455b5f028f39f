"""Pages asked in the process, as a server asks them, and the bare statements they needed."""

import gc
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection

from luodi.bench.load.people import Cookies
from luodi.desk.charting import answers

TOKEN = "t" * 32
"""The secret of the forms: what a browser would have been given with its first page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement a page sent to the database, as its driver got it."""

    sql: str
    values: Any


@cache
def application() -> WSGIHandler:
    """The pages, warmed as the server warms them."""
    found = get_wsgi_application()
    answers.warm()
    gc.collect()
    gc.freeze()  # as config/wsgi.py does
    return found


def ask(path: str, cookies: Cookies, form: Mapping[str, str] | None = None, **headers: str) -> Answer:
    """One request by somebody signed in; with `form` a form sent."""
    place, _, query = path.partition("?")
    body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}).encode() if form is not None else b""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET" if form is None else "POST", "PATH_INFO": place, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_COOKIE": cookies.header(TOKEN), "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True,
        "wsgi.run_once": False, **headers,
    }  # fmt: skip
    said: list[tuple[str, list[tuple[str, str]]]] = []
    response = application()(environ, lambda status, heads, _error=None: said.append((status, heads)))  # type: ignore[arg-type]
    try:
        answer = b"".join(response)
    finally:
        response.close()
    status, heads = said[0]
    return Answer(int(status.split()[0]), dict(heads), answer)


@contextmanager
def written() -> Iterator[list[Statement]]:
    """The statements sent while inside."""
    found: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Mapping[str, Any]) -> Any:
        found.append(Statement(sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        yield found


def bare(statements: list[Statement]) -> None:
    """Send the statements again by the driver's own cursor, and fetch all there is."""
    connection.ensure_connection()
    for one in statements:
        if connection.vendor == "sqlite":
            cursor: Any = sqlite3.Connection.cursor(connection.connection)
            cursor.execute(one.sql.replace("%s", "?").replace("%%", "%"), one.values or ())
        else:
            cursor = connection.connection.cursor()
            cursor.execute(one.sql, one.values)
        if cursor.description:
            cursor.fetchall()


def millisecond(act: Callable[[], object]) -> float:
    """How long a call takes."""
    return spent(act)[0]


def spent(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of a call: by the clock on the wall, and of this process's processor (all of it, on SQLite)."""
    begun, processor = perf_counter(), process_time()
    act()
    return 1000 * (perf_counter() - begun), 1000 * (process_time() - processor)
