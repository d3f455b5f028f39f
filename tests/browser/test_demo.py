"""`luodi demo` itself: it starts, says where, refuses a taken port in one sentence, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser.conftest import free_port, ready, start, stop

pytestmark = pytest.mark.slow


def test_it_starts_twice_and_stops_cleanly(tmp_path: Path) -> None:
    port = free_port()
    for _ in range(2):
        process = start(tmp_path, port)
        ready(process, port, tmp_path)
        assert stop(process) in (0, 130, -signal.SIGINT)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert said.count(f"http://127.0.0.1:{port}") == 2
    assert "Traceback" not in said


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [Path(sys.executable).with_name("luodi"), "demo", "--port", str(port)],
            env=os.environ | {"LUODI_DEMO_DIR": str(tmp_path), "PYTHONUTF8": "1"},
            check=False,
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "demo.sqlite3").exists()
