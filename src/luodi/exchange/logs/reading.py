"""Opens a log file whatever it is: XES or CSV, packed or not."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from luodi.domain.vocabulary import Refusal
from luodi.exchange.logs import table_reading, xes_reading
from luodi.exchange.logs.log import LogCase

PACKED = b"\x1f\x8b"
LARGEST = 20_000_000_000
"""Bytes after unpacking: a file that unpacks into more is a bomb, not a log."""


def read(path: Path, *, everything: bool = False) -> Iterator[LogCase]:
    """The cases of a log file.  What it is, its first bytes say, not its name.

    Raises `Refusal` (`file_unreadable_here`, `log_too_large` …) and `BadInput` with the lines.
    """
    try:
        with _opened(path) as stream:
            begin = stream.read(4096)
            stream.seek(0)
            if begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                yield from xes_reading.read(stream, path.name, everything=everything)
            else:
                yield from table_reading.read(stream, path.name)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal("file_unreadable_here", path=str(path), reason=reason) from error


class _Bounded:
    """A stream that ends the reading where a file turns out to be endless."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.stream, self.name, self.given = stream, name, 0

    def read(self, size: int = -1) -> bytes:
        return self._counted(self.stream.read(size))

    def read1(self, size: int = -1) -> bytes:
        return self._counted(self.stream.read1(size))  # type: ignore[attr-defined]  # what text readers ask for

    def _counted(self, piece: bytes) -> bytes:
        self.given += len(piece)
        if self.given > LARGEST:
            raise Refusal("log_too_large", path=self.name, most=LARGEST // 10**9)
        return piece

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as plain:
        packed = plain.read(2) == PACKED
        plain.seek(0)
        if not packed:
            yield plain
            return
        with gzip.open(plain) as unpacked:
            yield cast(BinaryIO, _Bounded(cast(BinaryIO, unpacked), path.name))
