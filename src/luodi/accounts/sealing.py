"""Telephone numbers and secret addresses: encrypted in the table, masked on a page (AES-256-GCM, key by HKDF)."""

import base64
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from luodi.domain.vocabulary import Refusal

MARK = "s1."
"""What a sealed text begins with: which way it was sealed."""
NONCE = 12


def seal(text: str) -> str:
    """A text encrypted, different each time; the empty text stays empty.  Raises `Refusal` without a key."""
    if not text:
        return ""
    nonce = os.urandom(NONCE)
    return MARK + base64.urlsafe_b64encode(nonce + cipher().encrypt(nonce, text.encode(), None)).decode()


def unseal(sealed: str) -> str:
    """The text again.  Raises `Refusal` where it was sealed with another key or changed in the table."""
    if not sealed:
        return ""
    try:
        data = base64.urlsafe_b64decode(sealed.removeprefix(MARK))
        return cipher().decrypt(data[:NONCE], data[NONCE:], None).decode()
    except (InvalidTag, ValueError):
        raise Refusal("seal_broken") from None


def masked(text: str) -> str:
    """A telephone number as a page shows it: 138****5678; what is shorter than seven characters is all stars."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 11 else "*" * len(text)


def cipher() -> AESGCM:
    """The cipher of LUODI_SEALING_KEY.  Raises `Refusal` where it is not set."""
    if not settings.SEALING_KEY:
        raise Refusal("sealing_key_missing")
    return derived(settings.SEALING_KEY)


@lru_cache(maxsize=4)
def derived(secret: str) -> AESGCM:
    """The cipher of a secret of any length."""
    return AESGCM(HKDF(SHA256(), 32, None, b"luodi sealing 1").derive(secret.encode()))
