"""Is this file still what was sealed, by whom, and does it still hold?  Offline: bytes, roots, list of the revoked, a moment.

No PDF is parsed.  The last byte range must cover the whole file but for the digits of the signature; so whatever a hostile
file may be, either every byte of it was sealed by one of ours, or it is not valid.  (A PDF reader would have to be
trusted with the public's uploads, and its idea of what belongs to the file.)
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from xml.sax.saxutils import unescape
from zoneinfo import ZoneInfo

from asn1crypto import cms, x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from luodi.domain.documents.revoked import RevokedList, signed_text
from luodi.domain.documents.verdict import Outcome, Seal, Verdict
from luodi.domain.vocabulary import Refusal

CHINA = ZoneInfo("Asia/Shanghai")
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
DIGITS = re.compile(rb"<([0-9a-f]+|[0-9A-F]+)>")
TRACES = (b"/ByteRange", b"ETSI.CAdES.detached", b"/Adobe.PPKLite", b"/SigFlags")
"""What only a file that was once sealed holds: without its byte range it has been tampered with."""

KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]{0,4000})</pdf:Keywords>")
MARK = "luodi:"
"""The first keyword of our documents; the others are `name:value`."""

Roots = Sequence[x509.Certificate]


@dataclass(frozen=True, slots=True)
class Signed:
    """A file taken apart: what was signed, and the signature (DER)."""

    content: bytes
    signature: bytes


def verify(data: bytes, roots: Roots, revoked: RevokedList | None, at: datetime) -> Verdict:
    """The verdict over a file at a moment.  About 15 ms.  The list must have been proved by `proved_list`."""
    taken = taken_apart(data)
    if isinstance(taken, Verdict):
        return taken
    checked = _checked(taken, roots, at)
    if isinstance(checked, Verdict):
        return checked
    about = _about(taken.content)
    until = _day(about.get("until", ""))
    listed = revoked.at if revoked else ""
    entry = revoked.of(checked.digest) if revoked else None
    if entry is not None:
        return Verdict(Outcome.REVOKED, "superseded" if entry.by else "listed", checked, about, until, entry, listed)
    distrusted = revoked.certificates.get(checked.serial) if revoked else None
    if distrusted is not None and (checked.sealed_at is None or _local(checked.sealed_at) >= distrusted):
        return Verdict(Outcome.REVOKED, "seal_distrusted", checked, about, until, None, listed)
    if until is not None and _local(at) > until:
        return Verdict(Outcome.EXPIRED, "past_its_day", checked, about, until, None, listed)
    return Verdict(Outcome.VALID, "whole", checked, about, until, None, listed)


def taken_apart(data: bytes) -> Signed | Verdict:
    """What was signed and its signature, or why the file is none of ours."""
    ranges = list(RANGE.finditer(data))
    if not ranges:
        traced = any(trace in data for trace in TRACES)
        return Verdict(Outcome.ALTERED, "range_missing") if traced else Verdict(Outcome.UNSEALED, "no_seal")
    first, length, second, rest = (int(one) for one in ranges[-1].groups())
    if first != 0 or length > second or second + rest > len(data):
        return Verdict(Outcome.ALTERED, "range_wrong")
    if second + rest < len(data):
        return Verdict(Outcome.ALTERED, "added_behind")
    gap = DIGITS.fullmatch(data[length:second])
    if gap is None or len(gap[1]) % 2:
        return Verdict(Outcome.ALTERED, "signature_damaged")
    found = bytes.fromhex(gap[1].decode("ascii"))
    size = _length(found)
    if size is None or any(found[size:]):
        return Verdict(Outcome.ALTERED, "signature_damaged")
    return Signed(data[:length] + data[second:], found[:size])


def proved_list(one: RevokedList, roots: Roots, at: datetime) -> RevokedList:
    """The list, if it was signed by a seal that the roots vouch for.

    Raises `Refusal` (`revoked_list_altered`, `revoked_list_unknown_signer`).
    """
    checked = _checked(Signed(signed_text(one), bytes.fromhex(one.signature)), roots, at)
    if isinstance(checked, Verdict):
        altered = checked.outcome is Outcome.ALTERED
        raise Refusal("revoked_list_altered" if altered else "revoked_list_unknown_signer", at=one.at)
    return one


def roots_from(pem: bytes, path: str) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM or DER file.  Raises `Refusal` (`roots_unreadable`)."""
    try:
        found = tuple(load_certs_from_pemder_data(pem))
        assert all(one.subject for one in found)  # noqa: S101 - asn1crypto reads only what is asked for
    except (ValueError, TypeError, AssertionError) as error:
        raise Refusal("roots_unreadable", path=path) from error
    if not found:
        raise Refusal("roots_unreadable", path=path)
    return found


def _checked(signed: Signed, roots: Roots, at: datetime) -> Seal | Verdict:
    """The seal if it is whole and the roots vouch for it; what is wrong otherwise."""
    return asyncio.run(_read(signed, roots, at))


async def _read(signed: Signed, roots: Roots, at: datetime) -> Seal | Verdict:
    """The same, waiting for pyHanko."""
    try:
        signature = cms.ContentInfo.load(signed.signature, strict=True)["content"]
        stamped = _stamped(signature)
        status = await _status(signed.content, signature, roots, stamped or at)
        seal = _judged(status, sha256(signed.content).hexdigest(), stamped)
        if isinstance(seal, Seal) or seal.why != "no_path":
            return seal
        in_its_day = status.signing_cert.not_valid_after
        again = await _status(signed.content, signature, roots, in_its_day)
        return replace(seal, outcome=Outcome.EXPIRED, why="seal_expired") if again.trusted else seal
    except Exception:  # noqa: BLE001 - a damaged signature breaks its reader in any way; that is the answer
        return Verdict(Outcome.ALTERED, "signature_damaged")


async def _status(
    content: bytes, signature: cms.SignedData, roots: Roots, moment: datetime
) -> StandardCMSSignatureStatus:
    """What pyHanko says of the chains at a moment: that of the time stamp, so that a seal outlives its certificate."""
    seal, stamp = (
        ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False) for _ in ("seal", "stamp")
    )
    return await async_validate_detached_cms(content, signature, seal, stamp)


def _judged(status: StandardCMSSignatureStatus, digest: str, stamped: datetime | None) -> Seal | Verdict:
    if not (status.intact and status.valid):
        return Verdict(Outcome.ALTERED, "content_changed")
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        return Verdict(Outcome.ALTERED, "stamp_damaged")
    believed = stamp is not None and stamp.trusted
    certificate = status.signing_cert
    seal = Seal(
        signer=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        digest=digest,
        sealed_at=stamped if believed else None,
        stamper=_common_name(stamp.signing_cert.subject) if stamp is not None and believed else "",
    )
    if not status.trusted:
        return Verdict(Outcome.UNKNOWN, "no_path", seal)
    if stamp is None:  # every seal of ours has one: it was taken off, to hide when the seal was used
        return Verdict(Outcome.ALTERED, "stamp_missing", seal)
    if not believed:
        return Verdict(Outcome.UNKNOWN, "stamper_unknown", seal)
    return seal


def _stamped(signature: cms.SignedData) -> datetime | None:
    """The moment the time stamp gives; nobody has vouched for it yet."""
    for stamp in extract_tst_data_iter(extract_signer_info(signature), signed=False):
        moment: datetime = stamp["encap_content_info"]["content"].parsed["gen_time"].native
        return moment
    return None


def _length(der: bytes) -> int | None:
    """How many bytes the first value of a DER text takes, its head included; None where that cannot be."""
    if len(der) < 2:
        return None
    if der[1] < 0x80:
        return 2 + der[1]
    head = 2 + (der[1] & 0x7F)
    whole = head + int.from_bytes(der[2:head], "big")
    return whole if whole <= len(der) else None


def _about(content: bytes) -> dict[str, str]:
    """What one of our documents says of itself, from its description; the bytes are proved by now."""
    found = KEYWORDS.search(content)
    words = unescape(found[1].decode("utf-8", "replace")).split(", ") if found else []
    if not words or not words[0].startswith(MARK):
        return {}
    return {name: value for name, _, value in (word.partition(":") for word in words[1:]) if value}


def _common_name(name: x509.Name) -> str:
    native = name.native
    return str(native.get("common_name") or native.get("organization_name") or name.human_friendly)


def _local(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def digest_of(data: bytes) -> str:
    """SHA-256 of what was sealed; the file must be one that `sealing` has just made."""
    taken = taken_apart(data)
    if isinstance(taken, Verdict):
        raise TypeError(taken.why)
    return sha256(taken.content).hexdigest()
