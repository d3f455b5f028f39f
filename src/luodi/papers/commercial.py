"""Chinese commercial cryptography beside the PAdES seal: a detached SM2 signature (with SM3) over the whole sealed file.

PDF readers know no SM2, so it stands in a file of its own: `<name>.sm2`, the DER signature in hexadecimal, identity
`1234567812345678` as GM/T 0009 has it.  Needs the optional extra `sm2`; everything else works without.
"""

from types import ModuleType

from luodi.domain.vocabulary import Refusal

SCALAR, POINT = 32, 64
"""Bytes of a private key, and of a public one without its leading 04."""


def sign(data: bytes, private: str, public: str) -> str:
    """The signature, hexadecimal.  Raises `Refusal` (`sm2_missing`, `sm2_key_malformed`)."""
    made: bytes = _library().sm2_sign(_key(private, SCALAR), _key(public, POINT), data)
    return made.hex()


def verified(data: bytes, signature: str, public: str) -> bool:
    """Whether the signature is of this key and these bytes.  Raises `Refusal` (`sm2_missing`, `sm2_key_malformed`)."""
    library = _library()
    try:
        return bool(library.sm2_verify(_key(public, POINT), data, bytes.fromhex(signature.strip())))
    except (ValueError, library.GmsslInnerError, library.InvalidValueError):
        return False


def sm3(data: bytes) -> str:
    """The SM3 digest, hexadecimal; needs no extra."""
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def _library() -> ModuleType:
    try:
        import gmssl_pyx
    except ImportError as error:
        raise Refusal("sm2_missing") from error
    return gmssl_pyx  # type: ignore[no-any-return, unused-ignore]


def _key(text: str, size: int) -> bytes:
    try:
        found = bytes.fromhex(text.strip())
    except ValueError as error:
        raise Refusal("sm2_key_malformed") from error
    if size == POINT and len(found) == POINT + 1 and found[0] == 4:
        found = found[1:]
    if len(found) != size:
        raise Refusal("sm2_key_malformed")
    return found
