"""Keys of production: a PKCS#12 of an office, its own time-stamp service; and what is said where one is missing."""

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import pkcs12
from tests.papers.conftest import AT, MADE

from luodi.domain.vocabulary import Refusal
from luodi.papers.keys import SealKeys, keyring
from luodi.papers.sealing import seal
from luodi.papers.verifying import Roots, verify

WORD = "open sesame"


@pytest.fixture
def service(seal_keys: SealKeys) -> Iterator[str]:
    """A time-stamp service on this machine; its address."""
    stamper = keyring(seal_keys, "", AT).stamper(AT)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            said = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def office_key(folder: Path, name: str, password: str) -> Path:
    """An office's own RSA key with a self-made certificate; its PKCS#12 file, and `<name>.pem` beside it."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(MADE)
        .not_valid_after(AT.replace(year=2030))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(password.encode())
    path = folder / f"{name}.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, made, None, locked))
    (folder / f"{name}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.slow
def test_an_office_seals_with_its_own_key_and_a_service_stamps_the_time(
    plain: bytes, roots: Roots, service: str, tmp_path: Path
) -> None:
    from luodi.papers.verifying import roots_from

    for name in ("default", "bureau"):
        office_key(tmp_path, name, WORD)
    keys = SealKeys(tmp_path / "none", p12=tmp_path, password=WORD, stamper=service)
    assert not keys.sample
    for code, signer in (("bureau", "bureau"), ("another", "default")):
        made = seal(plain, ring=keyring(keys, code, AT), at=AT, reason="x")
        own = roots_from((tmp_path / f"{signer}.pem").read_bytes(), "")
        found = verify(made, (*roots, *own), None, AT)
        assert found.good
        assert found.seal is not None
        assert (found.seal.signer, found.seal.sealed_at) == (signer, AT)
    assert not (tmp_path / "none").exists()


def refused(keys: SealKeys, plain: bytes) -> str:
    """The code of what sealing with these keys answers."""
    with pytest.raises(Refusal) as answer:
        seal(plain, ring=keyring(keys, "", AT), at=AT, reason="x")
    return answer.value.code


@pytest.mark.slow
def test_a_missing_key_password_stamper_or_token_is_said(plain: bytes, tmp_path: Path) -> None:
    own = office_key(tmp_path, "a", WORD)
    assert refused(SealKeys(tmp_path, p12=tmp_path / "gone.p12"), plain) == "seal_key_unreadable"
    assert (
        refused(SealKeys(tmp_path, p12=own, password=WORD * 2, stamper="http://127.0.0.1:9/"), plain)
        == "seal_key_unusable"
    )
    assert refused(SealKeys(tmp_path, p12=own, password=WORD), plain) == "time_stamper_missing"
    silent = SealKeys(tmp_path, p12=own, password=WORD, stamper="http://127.0.0.1:9/")
    assert refused(silent, plain) == "time_stamper_silent"
    token = SealKeys(tmp_path, module="/usr/lib/none.so", token=WORD, certificate="c", pin=WORD)
    assert refused(token, plain) in ("pkcs11_missing", "seal_key_unusable")


def test_two_first_uses_at_once_make_one_authority(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path / "deep" / "seal")
    started = [threading.Thread(target=keyring, args=(keys, "", AT)) for _ in range(4)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    assert sorted(path.name for path in keys.folder.iterdir()) == ["roots.pem", "seal.p12", "time.p12"]
    assert (keys.folder / "seal.p12").stat().st_mode & 0o077 == 0
    assert [path.name for path in keys.folder.parent.iterdir()] == ["seal"]
