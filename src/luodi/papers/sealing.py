"""Sealing: a PAdES signature with time stamp (level B-T) over a whole PDF, and a detached one over any other file."""

import asyncio
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimestampRequestError

from luodi.domain.vocabulary import Refusal
from luodi.papers.keys import Keyring

FIELD = "Seal"
RESERVED = 24_576
"""Hexadecimal digits kept free for the signature: two chains of certificates, the seal's and the time stamp's."""
DIGEST = "sha256"


def seal(pdf: bytes, *, ring: Keyring, at: datetime, reason: str) -> bytes:
    """The PDF with its seal.  `reason` is what viewers show: what was issued.  About 50 ms.

    Raises `Refusal` (`time_stamper_silent`).
    """
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = PdfSigner(meta, ring.signer, timestamper=ring.stamper(at), new_field_spec=SigFieldSpec(FIELD))
    made = BytesIO()
    try:
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=RESERVED, output=made)
    except TimestampRequestError as error:
        raise Refusal("time_stamper_silent", reason=str(error)[:200]) from error
    return made.getvalue()


def sign(data: bytes, *, ring: Keyring, at: datetime) -> bytes:
    """A detached signature (CMS, DER) over any bytes, time stamp included."""
    content = asyncio.run(
        ring.signer.async_sign_general_data(data, DIGEST, detached=True, timestamper=ring.stamper(at))
    )
    made: bytes = content.dump()
    return made
