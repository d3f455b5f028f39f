"""The demo as a person starts it: its own process, its own folder, a free port; Ctrl-C ends it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.guests import PHONE, Enter


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """`luodi demo`, its words going to a file in its folder."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LUODI_", "DJANGO_"))}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [Path(sys.executable).with_name("luodi"), "demo", "--port", str(port)],
            env=env | {"LUODI_DEMO_DIR": str(folder), "PYTHONUTF8": "1"},
            stdout=log,
            stderr=log,
        )


def ready(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    """Wait until it answers; fails with its own words if it stops first."""
    end = time.monotonic() + 150
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the demo stopped: {(folder / 'log').read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/handbook/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the demo did not answer in time")


def stop(process: subprocess.Popen[bytes]) -> int:
    """Ctrl-C, and the exit code."""
    process.send_signal(signal.SIGINT)
    return process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], browser: Browser, demo: str) -> dict[str, Any]:
    """Every page is opened as 田昊 of the province, signed in once by the button of the demo."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{demo}/account/login/")
    page.get_by_role("button", name="田昊").click()
    page.wait_for_url(lambda address: "/account/" not in address)
    state = context.storage_state()
    context.close()
    return {**browser_context_args, "storage_state": state}


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps its database."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[str]:
    """The address of a running demo."""
    folder, port = demo_folder, free_port()
    process = start(folder, port)
    try:
        ready(process, port, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.poll() is None:
            stop(process)


@pytest.fixture
def enter(browser: Browser, demo: str) -> Iterator[Enter]:
    """Lets people in; no page may complain on its console."""
    opened, complaints = [], list[str]()

    def open_(name: str, address: str, *, phone: bool = False) -> Page:
        context = browser.new_context(viewport=PHONE if phone else None, has_touch=phone)  # type: ignore[arg-type]
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if name:
            page.goto(f"{demo}/account/login/")
            page.get_by_role("button", name=name).first.click()
            page.wait_for_url(lambda address: "/account/" not in address)
        page.goto(demo + address)
        return page

    yield open_
    for context in opened:
        context.close()
    assert not complaints
