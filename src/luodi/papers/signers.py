"""A signer that loads its key once, and a time stamper that signs with it.

The library's own signer reads and checks its RSA key anew for each signature, which takes longer than all the rest of
sealing; and its stamper is for tests alone: RSA, one certificate, no choice of moment that it would write itself.
"""

import secrets
from datetime import datetime

from asn1crypto import cms, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper

DIGEST = "sha256"
POLICY = "1.3.6.1.4.1.13762.3"
"""The policy time stamps name; that of the demo's own stamper binds nobody."""


class KeptSigner(SimpleSigner):
    """`SimpleSigner` for RSA and elliptic curves with the key in memory."""

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw signature; `dry_run` makes no difference, since a signature costs a millisecond."""
        return self.sign_raw(data, digest_algorithm)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The raw signature over `data`."""
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
        key = self._kept()
        if digest_algorithm == DIGEST and isinstance(key, EllipticCurvePrivateKey):
            return key.sign(data, ECDSA(hashes.SHA256()))
        if digest_algorithm == DIGEST and isinstance(key, RSAPrivateKey) and mechanism == "rsassa_pkcs1v15":
            return key.sign(data, PKCS1v15(), hashes.SHA256())
        made: bytes = super().sign_raw(data, digest_algorithm)
        return made

    def _kept(self) -> object:
        found: object = getattr(self, "_key", None)
        if found is None:
            found = serialization.load_der_private_key(self.signing_key.dump(), password=None)
            self._key = found
        return found


class OwnStamper(TimeStamper):
    """Time stamps (RFC 3161) of a given moment, signed with a key of ours."""

    def __init__(self, signer: KeptSigner, at: datetime) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self._signer = signer
        self._at = at

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer to a request; it is always granted."""
        certificate = self._signer.signing_cert
        assert isinstance(certificate, x509.Certificate)  # noqa: S101 - a PKCS#12 file always has one
        info = {
            "version": "v1",
            "policy": tsp.ObjectIdentifier(POLICY),
            "message_imprint": req["message_imprint"],
            "serial_number": secrets.randbits(63),
            "gen_time": self._at,
            "tsa": x509.GeneralName(name="directory_name", value=certificate.subject),
        }
        if req["nonce"].native is not None:
            info["nonce"] = req["nonce"]
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": cms.ParsableOctetString(tsp.TSTInfo(info).dump())}
        )
        token = await self._signer.async_sign_general_data(
            content, DIGEST, detached=False, signed_attr_settings=PdfCMSSignedAttributes(signing_time=self._at)
        )
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
