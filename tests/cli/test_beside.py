"""The demo's worker ends with the demo; a sample province of a silly size is refused before anything is written."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from luodi.cli import demo as command
from luodi.cli import main

QUIET = "import sys; sys.stdin.read()"
STUBBORN = "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); sys.stdin.read()"


@pytest.mark.slow
@pytest.mark.parametrize("program", [QUIET, STUBBORN])
def test_the_worker_ends_with_the_demo(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def instead(_command: object, **more: Any) -> subprocess.Popen[bytes]:
        begun.append(real([sys.executable, "-c", program], **{**more, "stdout": subprocess.PIPE}))
        if program is STUBBORN:
            assert begun[0].stdout is not None
            begun[0].stdout.readline()  # by now it does not listen any more
        return begun[0]

    monkeypatch.setattr(subprocess, "Popen", instead)
    monkeypatch.setattr(command, "PATIENCE", 0.3)
    with command.working():
        assert begun[0].poll() is None
    assert begun[0].poll() is not None


@pytest.mark.parametrize("size", [("--zones", "0"), ("--projects", "200001"), ("--seed", "-1")])
def test_a_province_of_a_silly_size_is_refused(
    size: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUODI_DEMO_DIR", str(tmp_path))
    assert main(["sample", *size]) == 2
    assert not list(tmp_path.iterdir())
