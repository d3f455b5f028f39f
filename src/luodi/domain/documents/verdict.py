"""The answer about a sealed file: what it is, why, and what the seal itself says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from luodi.domain.documents.revoked import Revoked


class Outcome(StrEnum):
    """What a file is, in the order in which a fault hides the next one."""

    UNSEALED = "not_sealed"
    ALTERED = "altered"
    UNKNOWN = "unknown_signer"
    REVOKED = "revoked"
    EXPIRED = "expired"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a whole seal says of itself.

    `digest`: SHA-256 of what was sealed, hexadecimal: the name of the document wherever it is revoked.
    `sealed_at`: the moment of a trusted time stamp, None without one.  `serial`: the certificate's number, hexadecimal.
    """

    signer: str
    issuer: str
    serial: str
    digest: str
    sealed_at: datetime | None
    stamper: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer.  `why` is a reason of `data/documents/verdicts.yaml`; `about` what the file says of itself.

    `until`: the last day the document holds, None where it has none.  `listed_at`: the moment of the list of revoked
    documents that was looked into, "" where none was.
    """

    outcome: Outcome
    why: str
    seal: Seal | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None
    revoked: Revoked | None = None
    listed_at: str = ""

    @property
    def good(self) -> bool:
        """Whether the document may be relied on."""
        return self.outcome is Outcome.VALID
