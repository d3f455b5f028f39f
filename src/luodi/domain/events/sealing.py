"""Checkpoints: how long every chain was at a moment and how it ended, signed with Ed25519, to be kept somewhere else.

A chain proves that nothing inside it was changed; only what is kept elsewhere proves that its end was not cut off or
written anew.  Whoever has the checkpoint file and the public key needs neither the server nor its word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from luodi.domain.events.canonical import canonical, parsed
from luodi.domain.events.reading import HASH
from luodi.domain.vocabulary import BadInput, Place, Problem, Refusal

FORMAT: Final = 1
EVERYTHING: Final = "*"
"""The zone of a checkpoint over all chains."""

Heads = Mapping[str, tuple[int, str]]
"""Chain -> number of its entries, hash of the last."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The heads of the chains of a zone ("" for the chains of no zone, "*" for all) at a moment, and who signed them.

    `at` is text as the record writes moments; `key` the public key and `signature` the signature, hexadecimal.
    """

    zone: str
    at: str
    heads: Heads
    key: str
    signature: str


def public_key(seed: str) -> str:
    """The public key of a signing key, both hexadecimal.  Raises `Refusal` (`journal_key_malformed`)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_seed(seed)).public_key().public_bytes_raw().hex()


def seal(*, zone: str, at: str, heads: Heads, seed: str) -> Checkpoint:
    """Sign the heads.  `seed` is the signing key, 64 hexadecimal digits.  Raises `Refusal` (`journal_key_malformed`)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = public_key(seed)
    signature = Ed25519PrivateKey.from_private_bytes(_seed(seed)).sign(_signed(zone, at, heads, key).encode())
    return Checkpoint(zone, at, heads, key, signature.hex())


def seal_faults(checkpoint: Checkpoint, file: str, pinned: str | None = None) -> Iterator[Problem]:
    """What is wrong with a checkpoint: another key than the `pinned` one, or a signature that is not of its key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if pinned is not None and pinned.strip().lower() != checkpoint.key:
        yield Problem(Place(file), "checkpoint_key_unknown", {"key": checkpoint.key, "pinned": pinned})
    signed = _signed(checkpoint.zone, checkpoint.at, checkpoint.heads, checkpoint.key)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint.key))
        public.verify(bytes.fromhex(checkpoint.signature), signed.encode())
    except (InvalidSignature, ValueError):
        yield Problem(Place(file), "checkpoint_signature_wrong", {"key": checkpoint.key})


def checkpoint_text(one: Checkpoint) -> str:
    """The checkpoint as a file: one line of canonical JSON."""
    return canonical(_fields(one.zone, one.at, one.heads, one.key) | {"signature": one.signature}) + "\n"


def heads_text(heads: Heads) -> str:
    """The heads alone, as canonical JSON."""
    return canonical(dict(heads))


def read_heads(text: str) -> Heads:
    """The heads that `heads_text` wrote; of any other text, nothing is promised."""
    return _heads(cast(dict[str, list[object]], parsed(text)))


def read_checkpoint(text: str, file: str) -> Checkpoint:
    """The checkpoint of a file.  Raises `BadInput` (`checkpoint_malformed`) for what is none."""
    try:
        value = parsed(text)
        text.encode()
    except ValueError as error:
        raise BadInput([Problem(Place(file), "checkpoint_malformed")]) from error
    match value:
        case {
            "format": 1, "zone": str(zone), "at": str(at), "heads": dict(heads), "key": str(key),
            "signature": str(signature), **more,
        } if not more and all(_is_head(one) for one in heads.values()):  # fmt: skip
            return Checkpoint(zone, at, _heads(heads), key, signature)
        case _:
            raise BadInput([Problem(Place(file), "checkpoint_malformed")])


def _heads(read: Mapping[str, list[object]]) -> Heads:
    return {chain: (int(str(count)), str(head)) for chain, (count, head) in read.items()}


def _is_head(one: object) -> bool:
    match one:
        case [int(count), str(head)]:
            return type(count) is int and count >= 0 and HASH.fullmatch(head) is not None
        case _:
            return False


def _fields(zone: str, at: str, heads: Heads, key: str) -> dict[str, str | int | Heads]:
    return {"format": FORMAT, "zone": zone, "at": at, "heads": heads, "key": key}


def _signed(zone: str, at: str, heads: Heads, key: str) -> str:
    """What is signed: the canonical JSON of all fields but the signature."""
    return canonical(_fields(zone, at, heads, key))


def _seed(text: str) -> bytes:
    if not HASH.fullmatch(text.strip().lower()):
        raise Refusal("journal_key_malformed")
    return bytes.fromhex(text.strip())
