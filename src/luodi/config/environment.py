"""What the surroundings say: every setting that may differ between two machines, with a default that is safe."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from luodi.domain.vocabulary import Refusal


def dev_folder() -> Path:
    """Where the demo keeps its database: LUODI_DEMO_DIR, or `.dev` under the current folder."""
    return Path(os.environ.get("LUODI_DEMO_DIR") or Path.cwd() / ".dev")


def secret_key() -> str:
    """LUODI_SECRET_KEY, or a new key for this run (people then sign in again after a restart)."""
    return os.environ.get("LUODI_SECRET_KEY") or secrets.token_urlsafe(48)


def allowed_hosts() -> list[str]:
    """LUODI_ALLOWED_HOSTS, comma separated; only this machine by default."""
    names = os.environ.get("LUODI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
    return [name.strip() for name in names.split(",") if name.strip()]


def debug() -> bool:
    """LUODI_DEBUG=1 shows tracebacks in the browser: for developers only."""
    return os.environ.get("LUODI_DEBUG") == "1"


def https() -> bool:
    """LUODI_HTTPS=1: the server stands behind https, so cookies travel only there."""
    return os.environ.get("LUODI_HTTPS") == "1"


def database() -> dict[str, object]:
    """LUODI_DATABASE_URL: `sqlite:///path` or `postgresql://user:password@host:port/name`; a SQLite file by default."""
    url = os.environ.get("LUODI_DATABASE_URL") or f"sqlite:///{dev_folder() / 'demo.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(url.removeprefix("sqlite:///"))
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        # urlsplit would write the host in small letters, and it may be the folder of a socket.
        host, _, port = parts.netloc.rpartition("@")[2].partition(":")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(host),
            "PORT": port,
            "CONN_MAX_AGE": 60,
        }
    raise Refusal("database_url_unknown", scheme=parts.scheme or "?")
