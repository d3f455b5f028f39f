"""The list of revoked documents: which sealed files no longer hold, since when and why; a file of its own, signed.

A document is named by the SHA-256 of what was sealed, so that nothing outside the sealed bytes can hide it from the list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from luodi.domain.events.canonical import Json, canonical, moment_of, parsed
from luodi.domain.vocabulary import BadInput, Place, Problem

FORMAT: Final = 1
DIGEST_LENGTH: Final = 64


@dataclass(frozen=True, slots=True)
class Revoked:
    """A document that no longer holds since the day `on`; `by`: the number of what took its place, "" for nothing."""

    digest: str
    number: str
    on: date
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class RevokedList:
    """Everything revoked up to `at` (text of the record's moments).

    `certificates`: serial numbers (hexadecimal) of seals that are no longer trusted, with the first day of that.
    `signature`: a detached CMS signature over the rest, hexadecimal.
    """

    at: str
    documents: tuple[Revoked, ...]
    certificates: Mapping[str, date] = field(default_factory=dict)
    signature: str = ""

    def of(self, digest: str) -> Revoked | None:
        """The entry of a document, None where it still holds."""
        return next((one for one in self.documents if one.digest == digest), None)


def signed_text(one: RevokedList) -> bytes:
    """What is signed: the canonical JSON of everything but the signature."""
    return canonical(_fields(one)).encode()


def list_text(one: RevokedList) -> str:
    """The list as a file: one line of canonical JSON."""
    return canonical(_fields(one) | {"signature": one.signature}) + "\n"


def read_list(text: str, file: str) -> RevokedList:
    """The list of a file; its signature is still to be verified.  Raises `BadInput` (`revoked_list_malformed`)."""
    try:
        return _list(parsed(text))
    except (ValueError, TypeError, RecursionError) as error:
        raise BadInput([Problem(Place(file), "revoked_list_malformed")]) from error


def _list(value: object) -> RevokedList:
    match value:
        case {
            "format": 1, "at": str(at), "documents": list(rows), "certificates": dict(serials),
            "signature": str(signature), **more,
        } if not more:  # fmt: skip
            bytes.fromhex(signature)
            moment_of(at)
            certificates = {str(serial): date.fromisoformat(str(on)) for serial, on in serials.items()}
            return RevokedList(at, tuple(_revoked(row) for row in rows), certificates, signature)
        case _:
            raise ValueError(value)


def _revoked(row: object) -> Revoked:
    match row:
        case {
            "digest": str(digest), "number": str(number), "on": str(on), "reason": str(reason), "by": str(by), **more,
        } if not more and len(digest) == DIGEST_LENGTH:  # fmt: skip
            return Revoked(digest, number, date.fromisoformat(on), reason, by)
        case _:
            raise ValueError(row)


def _fields(one: RevokedList) -> dict[str, Json]:
    documents: list[Json] = [
        {"digest": row.digest, "number": row.number, "on": row.on, "reason": row.reason, "by": row.by}
        for row in one.documents
    ]
    return {"format": FORMAT, "at": one.at, "documents": documents, "certificates": dict(one.certificates)}
