"""Packs an archive: files, first page, checker, and a manifest of digests, signed where there is a key."""

import hashlib
import zipfile
from datetime import datetime
from importlib.resources import files as packaged
from typing import BinaryIO

from luodi.domain.clock.office import SHANGHAI
from luodi.domain.events.canonical import Json, canonical
from luodi.domain.events.sealing import public_key
from luodi.exchange.archive.contents import Contents, files
from luodi.exchange.archive.page import page

CHECKER, INDEX, MANIFEST = "verify.py", "index.html", "manifest.json"
FORMAT = 1


def pack(held: Contents, stream: BinaryIO, *, language: str, seed: str | None = None) -> int:
    """Write the zip; how many files it holds.  `seed`: the key that signs checkpoints signs the manifest too.

    The same contents at the same moment make the same bytes.
    """
    digests: dict[str, Json] = {}
    entries = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(held, language):
            if name == "record/record.jsonl":
                entries = content.count(b"\n")
            _add(archive, name, content, held.at, digests)
        _add(archive, CHECKER, packaged("luodi.exchange.archive").joinpath(CHECKER).read_bytes(), held.at, digests)
        _add(archive, INDEX, page(held, sorted(digests), entries, language), held.at, digests)
        manifest: dict[str, Json] = {
            "format": FORMAT, "project": held.project.slug, "chain": held.chain, "at": held.at, "files": digests,
        }  # fmt: skip
        if seed is not None:
            manifest = _signed(manifest, seed)
        _add(archive, MANIFEST, (canonical(manifest) + "\n").encode(), held.at, {})
    return len(digests) + 1


def _signed(manifest: dict[str, Json], seed: str) -> dict[str, Json]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    whole = {**manifest, "key": public_key(seed)}
    signature = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed.strip())).sign(canonical(whole).encode())
    return {**whole, "signature": signature.hex()}


def _add(archive: zipfile.ZipFile, name: str, content: bytes, at: datetime, digests: dict[str, Json]) -> None:
    info = zipfile.ZipInfo(name, at.astimezone(SHANGHAI).timetuple()[:6])
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(info, content)
    digests[name] = hashlib.sha256(content).hexdigest()
