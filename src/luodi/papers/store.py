"""Where issued documents lie: one file each, named by its SHA-256, written whole or not at all, never changed."""

import os
from hashlib import sha256
from pathlib import Path

from luodi.domain.vocabulary import Refusal


def put(folder: Path, data: bytes) -> str:
    """Keep some bytes; their SHA-256.  A file left behind by a transaction that failed is no harm: nothing names it."""
    name = sha256(data).hexdigest()
    path = path_of(folder, name)
    if path.is_file():
        return name
    making = path.with_name(f".{name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with making.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        making.replace(path)
    except OSError as error:
        raise Refusal("cannot_write", path=str(path), reason=error.strerror or str(error)) from error
    return name


def put_beside(folder: Path, name: str, ending: str, text: str) -> None:
    """Keep a text beside a file, under the same name with another ending."""
    try:
        path_of(folder, name).with_suffix(ending).write_text(text + "\n", encoding="ascii")
    except OSError as error:
        raise Refusal("cannot_write", path=str(folder), reason=error.strerror or str(error)) from error


def beside(folder: Path, name: str, ending: str) -> str:
    """The text beside a file, "" for none."""
    path = path_of(folder, name).with_suffix(ending)
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def get(folder: Path, name: str) -> bytes:
    """The bytes of a name.  Raises `Refusal` (`document_file_lost`) where they are gone or are no longer the same."""
    try:
        data = path_of(folder, name).read_bytes()
    except OSError as error:
        raise Refusal("document_file_lost", name=name[:12]) from error
    if sha256(data).hexdigest() != name:
        raise Refusal("document_file_lost", name=name[:12])
    return data


def path_of(folder: Path, name: str) -> Path:
    """Where a name lies."""
    return folder / name[:2] / f"{name}.pdf"
