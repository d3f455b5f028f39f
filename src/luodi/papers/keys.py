"""The keys of the seal: a PKCS#12 file or a PKCS#11 token in production; the demo makes a certificate authority of its own.

No Django here: `luodi verify` and the worker read the same folder.
"""

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.domain.vocabulary import Refusal

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.timestamps import TimeStamper

    from luodi.papers.signers import KeptSigner

ROOTS, SEAL, STAMP = "roots.pem", "seal.p12", "time.p12"
"""Files of the demo's folder: the certificates to trust, the seal's key, the key of the time stamps."""


@dataclass(frozen=True, slots=True)
class SealKeys:
    """Where the keys are.  Nothing but `folder` set: the demo's own authority, made there on first use.

    `p12`: a PKCS#12 file, or a folder with one `<organisation code>.p12` each and a `default.p12`.
    `module`, `token`, `certificate`, `pin`: a PKCS#11 token instead.  `stamper`: address of a time-stamp service (RFC 3161).
    `roots`: PEM certificates that verification trusts.  `sm2`: private and public SM2 key, `<hex>:<hex>`; "" for none.
    """

    folder: Path
    p12: Path | None = None
    password: str = ""
    module: str = ""
    token: str = ""
    certificate: str = ""
    pin: str = ""
    stamper: str = ""
    roots: Path | None = None
    sm2: str = ""

    @property
    def sample(self) -> bool:
        """Whether the seal is the demo's own: documents then say so."""
        return self.p12 is None and not self.module


@dataclass(frozen=True, slots=True)
class Keyring:
    """What seals: the signer, and the time stamper of a moment (a real service stamps its own)."""

    signer: "Signer"
    stamper: "Callable[[datetime], TimeStamper]"


def keyring(keys: SealKeys, organisation: str, at: datetime) -> Keyring:
    """The keys an organisation seals with; the demo's are made where there are none.

    Raises `Refusal`: `seal_key_unreadable`, `seal_key_unusable`, `pkcs11_missing`, `time_stamper_missing`.
    """
    if keys.sample:
        make_authority(keys.folder, at)
    if keys.module:
        signer = _from_token(keys)
    else:
        signer = _from_file(_file_of(keys, organisation), keys.password)
    return Keyring(signer, _stampers(keys))


def roots_of(keys: SealKeys) -> Path:
    """The file of certificates to trust."""
    return keys.roots or keys.folder / ROOTS


def _file_of(keys: SealKeys, organisation: str) -> Path:
    if keys.p12 is None:
        return keys.folder / SEAL
    if not keys.p12.is_dir():
        return keys.p12
    own = keys.p12 / f"{organisation}.p12"
    return own if own.is_file() else keys.p12 / "default.p12"


@lru_cache(maxsize=256)
def _from_file(path: Path, password: str) -> "KeptSigner":
    from pyhanko.sign.signers import SimpleSigner

    from luodi.papers.signers import KeptSigner

    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal("seal_key_unreadable", path=str(path), reason=error.strerror or str(error)) from error
    try:
        found = SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=password.encode() or None)
    except ValueError as error:
        raise Refusal("seal_key_unusable", path=str(path)) from error
    if found is None:
        raise Refusal("seal_key_unusable", path=str(path))
    return KeptSigner(found.signing_cert, found.signing_key, found.cert_registry, embed_roots=False)


@lru_cache(maxsize=8)
def _from_token(keys: SealKeys) -> "Signer":
    try:
        from pkcs11.exceptions import PKCS11Error  # type: ignore[import-not-found, unused-ignore]
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise Refusal("pkcs11_missing") from error
    try:
        session = open_pkcs11_session(keys.module, token_criteria=TokenCriteria(label=keys.token), user_pin=keys.pin)
        signer = PKCS11Signer(session, cert_label=keys.certificate)
        assert signer.signing_cert  # noqa: S101 - read only when asked for: a wrong label is found here, not while sealing
    except PKCS11Error as error:
        raise Refusal("seal_key_unusable", path=f"{keys.module} {keys.token}") from error
    return signer


def _stampers(keys: SealKeys) -> "Callable[[datetime], TimeStamper]":
    if keys.stamper:
        from pyhanko.sign.timestamps import HTTPTimeStamper

        service = HTTPTimeStamper(keys.stamper)
        return lambda _at: service
    if not keys.sample:
        raise Refusal("time_stamper_missing")
    from luodi.papers.signers import OwnStamper

    own = _from_file(keys.folder / STAMP, "")
    return lambda at: OwnStamper(own, at)


def make_authority(folder: Path, at: datetime) -> None:
    """Make the demo's authority, seal and time stamper, all at once or not at all; nothing where they are there."""
    if (folder / ROOTS).is_file():
        return
    from luodi.papers.authority import authority

    making = folder.with_name(f"{folder.name}.{secrets.token_hex(6)}.new")
    making.mkdir(parents=True, mode=0o700)
    try:
        for name, data in authority(at).items():
            with os.fdopen(os.open(making / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(data)
        making.rename(folder)
    except OSError as error:
        if not (folder / ROOTS).is_file():  # another process may have been quicker: its keys are as good
            raise Refusal("cannot_write", path=str(folder), reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
