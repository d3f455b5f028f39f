"""The smallest workbook of the old kind (.xls): BIFF8 records in a compound file, written by hand."""

import struct
from collections.abc import Sequence

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def xls(rows: Sequence[Sequence[str | float]], names: Sequence[str] = ("Workbook",)) -> bytes:
    """A workbook of one sheet; `names`: further entries of the table of contents."""
    bof = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1996, 0, 6))
    sheet_bof = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1996, 0, 6))
    name = "台账"
    bound = struct.pack("<IHBB", 0, 0, len(name), 1) + name.encode("utf-16-le")
    head = len(bof) + 4 + len(bound) + 4
    bound = struct.pack("<IHBB", head, 0, len(name), 1) + name.encode("utf-16-le")
    body = b"".join(
        number(r, c, cell) if isinstance(cell, float | int) else label(r, c, cell)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    )
    stream = bof + record(0x0085, bound) + record(0x000A, b"") + sheet_bof + body + record(0x000A, b"")
    stream = stream.ljust(4096, b"\0")  # shorter streams would live elsewhere
    stream = stream.ljust(-(-len(stream) // SECTOR) * SECTOR, b"\0")
    sectors = len(stream) // SECTOR
    table = [FAT, END, *range(3, sectors + 2), END]
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    folder = entry("Root Entry", 5, END, 0, child=1)
    folder += entry(names[0], 2, 2, len(stream))
    folder += b"".join(entry(one, 2, END, 0) for one in names[1:3])
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    )  # fmt: skip
    return header.ljust(SECTOR, b"\xff") + fat + folder.ljust(SECTOR, b"\0") + stream


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child) + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )  # fmt: skip
