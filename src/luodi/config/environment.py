"""What the surroundings say: every setting that may differ between two machines, with a default that is safe."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from luodi.domain.vocabulary import Refusal
from luodi.papers.keys import SealKeys


def dev_folder() -> Path:
    """Where the demo keeps its database: LUODI_DEMO_DIR, or `.dev` under the current folder."""
    return Path(os.environ.get("LUODI_DEMO_DIR") or Path.cwd() / ".dev")


def secret_key() -> str:
    """LUODI_SECRET_KEY, or a new key for this run (people then sign in again after a restart)."""
    return os.environ.get("LUODI_SECRET_KEY") or secrets.token_urlsafe(48)


def journal_key_file() -> Path:
    """Where `luodi journal key` keeps the key that signs checkpoints of the record, next to the demo's database."""
    return dev_folder() / "journal.key"


def journal_key() -> str:
    """LUODI_JOURNAL_KEY (64 hexadecimal digits), else what stands in the key file.  Raises `Refusal` where neither is."""
    key = os.environ.get("LUODI_JOURNAL_KEY")
    if key:
        return key
    try:
        return journal_key_file().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise Refusal("journal_key_missing", path=str(journal_key_file())) from None


def sealing_key_file() -> Path:
    """Where the demo keeps the key that seals telephone numbers, next to its database."""
    return dev_folder() / "sealing.key"


def sealing_key() -> str:
    """LUODI_SEALING_KEY (any long secret), else what stands in the demo's key file; "" where neither is: nothing is sealed."""
    key = os.environ.get("LUODI_SEALING_KEY")
    if key:
        return key
    try:
        return sealing_key_file().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def make_sealing_key() -> None:
    """Make the demo's key file where there is neither key nor file; what was sealed before stays readable."""
    if not sealing_key():
        sealing_key_file().touch(mode=0o600)
        sealing_key_file().write_text(secrets.token_urlsafe(32), encoding="ascii")


def store_folder() -> Path:
    """LUODI_STORE: where issued documents are kept, outside of anything a web server hands out; `store` in the demo's folder."""
    return Path(os.environ.get("LUODI_STORE") or dev_folder() / "store")


def templates_folder() -> Path | None:
    """LUODI_TEMPLATES: a folder of document templates that take the place of ours, `<zone>/<kind>.typ` or `<kind>.typ`."""
    folder = os.environ.get("LUODI_TEMPLATES")
    return Path(folder) if folder else None


def seal_keys() -> SealKeys:
    """The key of the seal: LUODI_SEAL_P12 (with LUODI_SEAL_PASSWORD), or a token; else the demo's own, made on first use.

    A token: LUODI_SEAL_MODULE (PKCS#11 library), LUODI_SEAL_TOKEN, LUODI_SEAL_CERTIFICATE, LUODI_SEAL_PIN.
    LUODI_SEAL_STAMPER: the time-stamp service (RFC 3161).  LUODI_SEAL_ROOTS: PEM certificates that verification trusts.
    LUODI_SEAL_SM2 (`<private>:<public>`, hexadecimal): an SM2 signature beside each file; needs the extra `sm2`.
    """
    said = {name: os.environ.get(f"LUODI_SEAL_{name.upper()}", "") for name in SEAL_WORDS}
    p12, roots = (Path(text) if text else None for text in (said.pop("p12"), said.pop("roots")))
    return SealKeys(dev_folder() / "seal", p12=p12, roots=roots, **said)


SEAL_WORDS = ("p12", "password", "module", "token", "certificate", "pin", "stamper", "roots", "sm2")


def api_rate() -> int:
    """LUODI_API_RATE: requests a minute that one interface token may make; 600."""
    return int(os.environ.get("LUODI_API_RATE", "600"))


def webhook_hosts() -> tuple[str, ...]:
    """LUODI_WEBHOOK_HOSTS: hosts that webhooks may call, `host` or `host:port`, by commas; none by default."""
    return tuple(one.strip() for one in os.environ.get("LUODI_WEBHOOK_HOSTS", "").split(",") if one.strip())


def exchange_url() -> str:
    """LUODI_EXCHANGE_URL: the staging database of the national exchange; "" where there is none."""
    return os.environ.get("LUODI_EXCHANGE_URL", "")


def demo() -> bool:
    """LUODI_DEMO=1, set by `luodi demo` alone: the sign-in page lists the invented people."""
    return os.environ.get("LUODI_DEMO") == "1"


def proxies() -> int:
    """LUODI_PROXIES: how many reverse proxies stand in front, so that attempts are counted per person's machine; 0."""
    return int(os.environ.get("LUODI_PROXIES", "0"))


def single_sign_on() -> dict[str, object]:
    """LUODI_OIDC_SERVER, LUODI_OIDC_CLIENT_ID, LUODI_OIDC_SECRET: the office's sign-in server; none by default."""
    server = os.environ.get("LUODI_OIDC_SERVER", "")
    app = {
        "provider_id": "sso",
        "name": single_sign_on_name(),
        "client_id": os.environ.get("LUODI_OIDC_CLIENT_ID", ""),
        "secret": os.environ.get("LUODI_OIDC_SECRET", ""),
        "settings": {"server_url": server, "token_auth_method": "client_secret_basic"},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app] if server else []}}


def single_sign_on_name() -> str:
    """What the sign-in page calls the office's sign-in server (LUODI_OIDC_NAME); "" where there is none."""
    return os.environ.get("LUODI_OIDC_NAME", "SSO") if os.environ.get("LUODI_OIDC_SERVER") else ""


def allowed_hosts() -> list[str]:
    """LUODI_ALLOWED_HOSTS, comma separated; only this machine by default."""
    names = os.environ.get("LUODI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
    return [name.strip() for name in names.split(",") if name.strip()]


def origin() -> str:
    """LUODI_ORIGIN (`https://luodi.example.gov.cn`): what links in mails and robot messages begin with; "" leaves them out."""
    return os.environ.get("LUODI_ORIGIN", "").rstrip("/")


def robot_hosts() -> tuple[str, ...]:
    """LUODI_ROBOT_HOSTS, comma separated: other hosts than those of WeCom and DingTalk that robots may stand on; none."""
    return tuple(name.strip() for name in os.environ.get("LUODI_ROBOT_HOSTS", "").split(",") if name.strip())


def mail() -> dict[str, object]:
    """LUODI_MAIL_URL: `smtp://user:password@host:port`, with `smtps://` for TLS; without it mails are written to the log."""
    parts = urlsplit(os.environ.get("LUODI_MAIL_URL", ""))
    if not parts.hostname:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def mail_from() -> str:
    """LUODI_MAIL_FROM: the sender of mails."""
    return os.environ.get("LUODI_MAIL_FROM", "luodi@localhost")


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
            "CONN_MAX_AGE": None,  # opening the file and setting it up costs more than the queries of a page
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,  # seconds to wait for whoever writes; five, the default, end in a fault on a busy day
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
