"""Runs the tests that touch the database once more, on a throw-away PostgreSQL cluster without a network port.

Run by `./dev test`.  Exit code: 0 passed, 1 failed, 4 skipped (the reason is the last line it prints).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

SKIPPED = 4
NO_TESTS = 5


def tools() -> Path | None:
    """The folder of PostgreSQL's server programs; Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "pg_ctl").exists() and (f / "postgres").exists()), None)


def as_server(*cmd: str) -> None:
    """Run a server program; as the user postgres when we are root, since PostgreSQL refuses root."""
    who = "postgres" if os.geteuid() == 0 else None
    groups: list[int] | None = [] if who else None
    subprocess.run(
        cmd,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        user=who,
        group=who,
        extra_groups=groups,
    )


def run_tests(home: str, args: list[str]) -> int:
    """Pytest with the cluster in `home` as its database."""
    url = f"postgresql://luodi@{quote(home, safe='')}/postgres"
    cmd = [sys.executable, "-m", "pytest", "-m", "django_db and not browser", *args]
    return subprocess.run(cmd, check=False, env=dict(os.environ, LUODI_DATABASE_URL=url)).returncode


def main(args: list[str]) -> int:
    folder = tools()
    if folder is None:
        print("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
        return SKIPPED
    home = tempfile.mkdtemp(prefix="luodi-pg-")
    data, server = f"{home}/data", str(folder / "pg_ctl")
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        as_server(
            str(folder / "initdb"), "-D", data, "-U", "luodi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = f"-c listen_addresses= -c fsync=off -k {home}"
        as_server(server, "-D", data, "-w", "-l", f"{home}/log", "-o", options, "start")
        try:
            code = run_tests(home, args)
        finally:
            as_server(server, "-D", data, "-m", "immediate", "stop")
    except LookupError:
        print("there is no user postgres to run the server as")
        return SKIPPED
    finally:
        shutil.rmtree(home, ignore_errors=True)
    if code == NO_TESTS:
        print("no test touches the database")
        return SKIPPED
    return 1 if code else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
