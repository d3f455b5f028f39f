"""A server of our own for a while, and wrk to ask it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

WORKERS = 2
PATIENCE = 90.0
"""Seconds for the workers to begin."""


@contextmanager
def served(application: str = "luodi.bench.load.peer_wsgi:application") -> Iterator[int]:
    """granian as `luodi serve` starts it (WSGI, two processes, one thread each), on a free port; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "1",
        "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, env=dict(os.environ))  # noqa: S603 - our own words
    try:
        wait(port, server)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until the server answers.  Raises RuntimeError where it does not begin."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            if get(port, "/health/live", {})[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not begin")


def get(port: int, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and body of one page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def wrk() -> str | None:
    """The load generator, where it is installed."""
    return shutil.which("wrk")


def rate(port: int, path: str, cookie: str, seconds: int, connections: int = 8, script: Path | None = None) -> float:
    """Answers a second by wrk.  Raises AssertionError where one was not 2xx or the connection broke."""
    command = [
        "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-H", f"Cookie: {cookie}",
        *(["-s", str(script)] if script else []), f"http://127.0.0.1:{port}{path}",
    ]  # fmt: skip
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return read_rate(said)


def read_rate(said: str) -> float:
    """Answers a second as wrk tells them; anything amiss stops the bench."""
    if "Non-2xx" in said or "Socket errors" in said:
        raise AssertionError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        raise AssertionError(said)
    return float(found[1])
