"""The seal's key on a PKCS#11 token (LUODI_SEAL_MODULE): proved on SoftHSM, a token in software.

Skipped where it is missing; to have it: `apt-get install softhsm2 && .venv/bin/python -m pip install python-pkcs11`.
"""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from tests.papers.conftest import AT
from tests.papers.test_keys import WORD, office_key, refused, service

from luodi.papers.keys import SealKeys, keyring
from luodi.papers.sealing import seal
from luodi.papers.verifying import Roots, roots_from, verify

pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed (see above)")
MODULES = [one for one in Path("/usr/lib").glob("**/libsofthsm2.so") if one.is_file()]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (MODULES and shutil.which("softhsm2-util")), reason="softhsm2 is not installed (see above)"),
]
__all__ = ["service"]
LABEL, CERTIFICATE, PIN = "luodi", "seal", "1234"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str) -> SealKeys:
    """A token with a key and its certificate `bureau.pem`; the keys as the settings name them."""
    folder = tmp_path / "tokens"
    folder.mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {folder}\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    words = ("--init-token", "--free", "--label", LABEL, "--so-pin", PIN, "--pin", PIN)
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
    office_key(tmp_path, "bureau", WORD)
    _import(tmp_path / "bureau.p12")
    return SealKeys(
        tmp_path / "none", module=str(MODULES[0]), token=LABEL, certificate=CERTIFICATE, pin=PIN, stamper=service
    )


def _import(p12: Path) -> None:
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    key, certificate, _ = pkcs12.load_key_and_certificates(p12.read_bytes(), WORD.encode())
    assert key is not None
    assert certificate is not None
    raw = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    lib: Any = pkcs11.lib(str(MODULES[0]))
    lib.reinitialize()  # the folder of tokens is another one for each test
    named = {pkcs11.Attribute.LABEL: CERTIFICATE, pkcs11.Attribute.ID: b"1", pkcs11.Attribute.TOKEN: True}
    with lib.get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
        session.create_object({**decode_rsa_private_key(raw), **named})
        session.create_object(
            {**decode_x509_certificate(certificate.public_bytes(serialization.Encoding.DER)), **named}
        )


def test_a_key_that_never_leaves_its_token_seals(plain: bytes, roots: Roots, token: SealKeys, tmp_path: Path) -> None:
    assert not token.sample
    own = roots_from((tmp_path / "bureau.pem").read_bytes(), "")
    for _ in range(2):  # the second over the same open session
        made = seal(plain, ring=keyring(token, "bureau", AT), at=AT, reason="x")
        found = verify(made, (*roots, *own), None, AT)
        assert found.good
        assert found.seal is not None
        assert (found.seal.signer, found.seal.sealed_at) == ("bureau", AT)
    assert not (tmp_path / "none").exists()


def test_a_wrong_pin_label_or_certificate_is_said(plain: bytes, token: SealKeys) -> None:
    for wrong in ({"pin": "9999"}, {"token": "other"}, {"certificate": "other"}, {"module": "/usr/lib/none.so"}):
        assert refused(replace(token, **wrong), plain) == "seal_key_unusable", wrong  # type: ignore[arg-type]
