"""The stage in a process of its own, on a copy of the test database, and browsers that speak to what it serves."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection

ROOT = Path(__file__).parents[2]
TOKEN = "t" * 32
FORM = re.compile(r'<form action="/cases/([\w-]+)/(\w+)/" method="post"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'name="(seq|key)" value="(\w*)"')


@contextmanager
def copied(folder: Path) -> Iterator[str]:
    """The address of a copy of the test database, which other processes can open; gone afterwards."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        file = folder / "stage.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        yield f"sqlite:///{file}"
        return
    at, name = dict(connection.settings_dict), f"stage_{os.getpid()}"
    connection.close()
    door = {"user": at["USER"], "host": at["HOST"], "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**door) as beside:
        beside.execute(f'CREATE DATABASE "{name}" TEMPLATE "{at["NAME"]}"'.encode())
    try:
        yield f"postgresql://{quote(at['USER'])}@{quote(at['HOST'], safe='')}/{name}"
    finally:
        with psycopg.connect(**door) as beside:
            beside.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@dataclass
class Stage:
    """`tests.faults.stage` as seen from here."""

    program: "subprocess.Popen[str]"
    log: Path
    port: int = 0
    made: dict[str, Any] = field(default_factory=dict)

    def order(self, do: str, **more: object) -> Any:
        """Have something done, and what it answers."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, f"the stage broke: {self.log.read_text(encoding='utf-8')[-4000:]}"
        return json.loads(answer)

    def serve(self, workers: int = 2) -> int:
        """Start the server and wait until it answers; its process."""
        process: int = self.order("serve", port=self.port, workers=workers)
        for _ in range(500):
            if Browser(self.port, "").alive():
                return process
            time.sleep(0.01)
        raise AssertionError(self.log.read_text(encoding="utf-8")[-4000:])

    def browser(self, person: str) -> "Browser":
        """Somebody of the scene, signed in."""
        return Browser(self.port, f"luodi_session={self.made['sessions'][person]}; csrftoken={TOKEN}")


@contextmanager
def staged(folder: Path, projects: int) -> Iterator[Stage]:
    """A stage with projects on a copy of the test database."""
    with copied(folder) as url, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        log = folder / "stage.log"
        surroundings = {
            **os.environ, "LUODI_DATABASE_URL": url, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "luodi.config.settings", "LUODI_SECRET_KEY": "secret", "LUODI_SEALING_KEY": "seal",
            "LUODI_JOURNAL_KEY": "5" * 64, "LUODI_STAGE_LOG": str(log), "LUODI_ALLOWED_HOSTS": "127.0.0.1",
        }  # fmt: skip
        with log.open("a") as errors, subprocess.Popen(
            [sys.executable, "-m", "tests.faults.stage"], cwd=ROOT, env=surroundings, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=errors, text=True,
        ) as program:  # fmt: skip
            stage = Stage(program, log, port)
            try:
                stage.made = stage.order("make", projects=projects)
                yield stage
            finally:
                assert program.stdin is not None
                program.stdin.close()
                program.wait(30)


@dataclass(frozen=True)
class Page:
    """What a server answered."""

    status: int
    text: str
    location: str = ""


@dataclass
class Browser:
    """A person's browser: one session, the forms of pages, a connection that may break (OSError, HTTPException)."""

    port: int
    cookie: str

    def get(self, path: str) -> Page:
        """A page."""
        return self.ask("GET", path)

    def post(self, path: str, fields: Mapping[str, object]) -> Page:
        """A form sent."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}, doseq=True).encode()
        return self.ask("POST", path, body)

    def alive(self) -> bool:
        """Whether anybody answers at all."""
        try:
            return self.get("/health/live").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def ask(self, method: str, path: str, body: bytes | None = None) -> Page:
        """One question, on a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return Page(answer.status, answer.read().decode(), answer.headers.get("Location", ""))
        finally:
            line.close()


def forms(page: str) -> dict[str, dict[str, str]]:
    """The forms of a case's page: verb -> its seq and key."""
    return {verb: dict(HIDDEN.findall(body)) for _, verb, body in FORM.findall(page)}
