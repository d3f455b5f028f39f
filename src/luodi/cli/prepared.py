"""Has the demo database been made by just this program?  It carries the answer itself, so a copied or deleted one cannot lie."""

import sqlite3
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
MADE_OF = {".py", ".yaml"}
"""Files whose change may mean another table, another rule or another sample."""


def unchanged(database: Path) -> bool:
    """Whether `database` was marked by this program, with every rule and sample as it is now.  A tenth of a second at most."""
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == _mark())
    except sqlite3.DatabaseError:
        return False  # preparing it says what is wrong with it


def mark(database: Path) -> None:
    """Say in `database` that all is there."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {_mark()}")


def _mark() -> int:
    """A number between 1 and 2³¹ − 1 that is another one when any file of the program was changed or moved."""
    digest = blake2b(digest_size=4)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in MADE_OF:
            known = path.stat()
            digest.update(f"{path}\0{known.st_mtime_ns}\0{known.st_size}\n".encode())
    return int.from_bytes(digest.digest()) % (2**31 - 1) + 1
