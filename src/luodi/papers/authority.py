"""The demo's certificate authority: a root, a seal and a time stamper, all marked as samples."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT_NAME, SEAL_NAME, STAMP_NAME = "落地示例根证书（仅供演示）", "示例电子印章（仅供演示）", "示例时间戳（仅供演示）"
ROOT_DAYS, SEAL_DAYS, STAMP_DAYS = 7300, 1826, 7000
USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def authority(at: datetime) -> Mapping[str, bytes]:
    """The files of the demo's folder by name: `roots.pem`, `seal.p12`, `time.p12`; the root's own key is thrown away."""
    root_key = _key()
    root = _certificate(ROOT_NAME, None, root_key, root_key, at, ROOT_DAYS, ("key_cert_sign", "crl_sign"))
    seal_key, stamp_key = _key(), _key()
    seal = _certificate(SEAL_NAME, root, seal_key, root_key, at, SEAL_DAYS, ("digital_signature", "content_commitment"))
    stamp = _certificate(
        STAMP_NAME, root, stamp_key, root_key, at, STAMP_DAYS, ("digital_signature",), ExtendedKeyUsageOID.TIME_STAMPING
    )
    return {
        "seal.p12": _packed("seal", seal_key, seal, (root,)),
        "time.p12": _packed("time", stamp_key, stamp, (root,)),
        "roots.pem": root.public_bytes(serialization.Encoding.PEM),
    }


def _key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


def _packed(
    name: str, key: EllipticCurvePrivateKey, certificate: x509.Certificate, chain: Sequence[x509.Certificate]
) -> bytes:
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, chain, serialization.NoEncryption())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "落地 luodi（示例）"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    common: str,
    issuer: x509.Certificate | None,
    key: EllipticCurvePrivateKey,
    signs: EllipticCurvePrivateKey,
    at: datetime,
    days: int,
    uses: Sequence[str],
    extended: x509.ObjectIdentifier | None = None,
) -> x509.Certificate:
    """A certificate signed by `signs`; without an issuer it is its own."""
    above = issuer.subject if issuer else _name(common)
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=0 if issuer is None else None), True)
        .add_extension(x509.KeyUsage(**{use: use in uses for use in USES}), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signs.public_key()), False)
    )
    if extended is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([extended]), True)
    return made.sign(signs, hashes.SHA256())
