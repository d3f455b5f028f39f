"""Two people of one bureau, one of another, and a robot's server on this machine that keeps what it is sent."""

import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from luodi.accounts.acting import Acting
from luodi.accounts.models import Organisation, Person, Post
from luodi.domain.vocabulary import Text

AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Shanxi."""
TODAY = date(2026, 3, 3)


def acting(post: Post) -> Acting:
    """Somebody acting as a post."""
    office, person = post.organisation, post.person
    return Acting(
        person.pk, person.username, person.name, post.pk, post.kind, office.pk, office.code,
        Text(office.zh, office.en), office.unit, office.zone, frozenset({office.zone}), f"{person.name} · {office.zh}",
    )  # fmt: skip


def appointed(username: str, office: str) -> Post:
    """A person with a post at an office; both are made where they are missing."""
    there, _ = Organisation.objects.get_or_create(
        code=office, defaults={"kind": "bureau", "zh": office, "en": office, "zone": "z1", "starts": date(2020, 1, 1)}
    )
    person, _ = Person.objects.get_or_create(username=username, defaults={"name": f"{username}·𠮷😀"})
    return Post.objects.create(person=person, organisation=there, kind="bureau_officer", starts=date(2024, 1, 1))


@pytest.fixture(autouse=True)
def sealed(settings: object) -> None:
    """A key to seal addresses with."""
    settings.SEALING_KEY = "a key for tests"  # type: ignore[attr-defined]


@pytest.fixture
def wang(db: None) -> Acting:
    """Somebody of the bureau."""
    return acting(appointed("wang", "bureau"))


@pytest.fixture
def li(db: None) -> Acting:
    """Somebody else of the bureau."""
    return acting(appointed("li", "bureau"))


@pytest.fixture
def zhao(db: None) -> Acting:
    """Somebody of another bureau."""
    return acting(appointed("zhao", "other"))


@dataclass
class Fake:
    """What the robots' server was sent, and what it is to answer."""

    address: str
    got: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    slow: float = 0.0

    def said(self) -> list[str]:
        """The texts it was sent."""
        return [body["text"]["content"] for _, body in self.got]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "robots")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert, secret


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Fake, Path]]:
    """The server, over TLS, and its certificate."""
    cert, secret = certificate(tmp_path_factory.mktemp("robots"))
    fake = Fake("")

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.got.append((self.path, json.loads(body)))
            threading.Event().wait(fake.slow)
            status, said = fake.answers.pop(0) if fake.answers else (200, b'{"errcode":0,"errmsg":"ok"}')
            self.send_response(status)
            if status == 302:
                self.send_header("Location", said.decode())
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Silent."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, secret)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    fake.address = f"https://127.0.0.1:{served.server_port}"
    yield fake, cert
    served.shutdown()


@pytest.fixture
def robots(server: tuple[Fake, Path], settings: object, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """The server, empty, allowed and trusted."""
    fake, cert = server
    fake.got.clear()
    fake.answers.clear()
    fake.slow = 0.0
    settings.LUODI_ROBOT_HOSTS = (fake.address.removeprefix("https://"),)  # type: ignore[attr-defined]
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(cert))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return fake
