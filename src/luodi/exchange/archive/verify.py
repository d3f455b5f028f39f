"""Checks an unpacked archive: the files against their digests, the record as a hash chain, checkpoint and signatures.

Runs with Python's standard library alone (3.9 or newer), so that the archive can be checked in thirty years:
    python3 verify.py [FOLDER] [--key PUBLIC_KEY]
With --key the signatures must be of that key, which you know from elsewhere; without, they only have to be right.
Exit code: 0 everything is as it was, 1 something is not.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

START = "0" * 64
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
"""A point of the curve in extended coordinates (RFC 8032, 5.1.4)."""


def recovered(y: int, sign: int) -> Point | None:
    """The point of a compressed y, None where there is none (RFC 8032, 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def added(a: Point, b: Point) -> Point:
    """The sum of two points."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    low, high = f - e, f + e
    return (low * (h - g) % P, (h + g) * high % P, (h - g) * (h + g) % P, low * high % P)


def times(count: int, point: Point) -> Point:
    """A point added to itself so many times."""
    found = (0, 1, 1, 0)
    while count:
        if count & 1:
            found = added(found, point)
        point, count = added(point, point), count >> 1
    return found


def decoded(data: bytes) -> Point | None:
    """The point of 32 bytes."""
    number = int.from_bytes(data, "little")
    return recovered(number & (2**255 - 1), number >> 255)


def signed_by(key: object, message: bytes, signature: object) -> bool:
    """Whether an Ed25519 signature (hexadecimal) of a message is of a public key (hexadecimal)."""
    try:
        public, sealed = bytes.fromhex(str(key)), bytes.fromhex(str(signature))
    except ValueError:
        return False
    base = recovered(4 * pow(5, P - 2, P) % P, 0)
    if len(public) != 32 or len(sealed) != 64 or base is None:
        return False
    owner, commitment = decoded(public), decoded(sealed[:32])
    response = int.from_bytes(sealed[32:], "little")
    if owner is None or commitment is None or response >= ORDER:
        return False
    asked = int.from_bytes(hashlib.sha512(sealed[:32] + public + message).digest(), "little") % ORDER
    left, right = times(response, base), added(commitment, times(asked, owner))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def canonical(value: object) -> str:
    """RFC 8785 for what a record can hold: keys in the order of UTF-16, no spaces."""
    return json.dumps(arranged(value), ensure_ascii=False, separators=(",", ":"))


def arranged(value: object) -> object:
    """The value with its keys in order."""
    if isinstance(value, dict):
        return {key: arranged(value[key]) for key in sorted(value, key=lambda one: one.encode("utf-16-be"))}
    return [arranged(one) for one in value] if isinstance(value, list) else value


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A table whose keys come once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def fraction(text: str) -> NoReturn:
    """No number of the record has a fraction."""
    raise ValueError(f"a fraction: {text}")


def parsed(text: str) -> Any:
    """The value of a JSON text that a record can hold."""
    return json.loads(text, object_pairs_hook=once, parse_float=fraction, parse_constant=fraction)


def chain_faults(path: str, heads: dict[str, Any], counted: list[int], issued: set[str]) -> Iterator[str]:
    """What is wrong with the record: each line must follow the one before and hash to what it says.

    `issued` gathers the digests of the documents whose issuing is on the record.
    """
    ends: dict[str, tuple[int, str]] = {}
    with open(path, encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            where = f"record/record.jsonl:{number}"
            try:
                entry = parsed(line)
                said, chain, seq = entry.pop("hash"), entry["chain"], entry["seq"]
                found = hashlib.sha256(canonical(entry).encode("utf-8")).hexdigest()
            except (ValueError, KeyError, AttributeError, TypeError) as error:
                yield f"{where}: 读不懂 / unreadable: {error}"
                continue
            last, head = ends.get(chain, (0, START))
            if found != said:
                yield f"{where}: 被改动 / edited: #{seq}"
            if seq != last + 1 or entry.get("previous") != head:
                yield f"{where}: 不接上一条 / does not follow the one before: #{seq}"
            if chain in heads and seq == heads[chain][0] and said != heads[chain][1]:
                yield f"{where}: 与封存不符 / not what was sealed: #{seq}"
            ends[chain] = (seq, said)
            counted[0] += 1
            if entry.get("kind") == "paper.issued":
                issued.add(entry["payload"]["sha256"])
    for chain, (count, _head) in sorted(heads.items()):
        last = ends.get(chain, (0, START))[0]
        if last < count:
            yield f"record/record.jsonl: 末尾被截去 / the end was cut off: {chain}, {last} < {count}"


def sealed_faults(what: str, document: dict[str, Any], key: str | None) -> Iterator[str]:
    """Whether what signs a document is right, and of the key that was asked for."""
    rest = {name: value for name, value in document.items() if name != "signature"}
    if key and document.get("key") != key.lower():
        yield f"{what}: 由别的密钥签发 / signed by another key: {document.get('key')}"
    if not signed_by(document.get("key"), canonical(rest).encode("utf-8"), document.get("signature")):
        yield f"{what}: 签名不对 / the signature is wrong"


def file_faults(folder: str, files: dict[str, str]) -> Iterator[str]:
    """Files that are missing, changed, or were put in."""
    for name, said in sorted(files.items()):
        path = os.path.join(folder, *name.split("/"))
        if not os.path.isfile(path):
            yield f"{name}: 缺少 / missing"
            continue
        found = hashlib.sha256()
        with open(path, "rb") as stream:
            for piece in iter(lambda: stream.read(1 << 20), b""):
                found.update(piece)
        if found.hexdigest() != said:
            yield f"{name}: 被改动 / changed"
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one != "__pycache__"]
        for one in names:
            name = os.path.relpath(os.path.join(place, one), folder).replace(os.sep, "/")
            if name not in files and name != "manifest.json":
                yield f"{name}: 多出来的 / put in later"


def faults(folder: str, key: str | None, proved: list[str]) -> Iterator[str]:
    """Everything wrong with an archive; `proved` gathers, in words, what was checked."""
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as stream:
        manifest = parsed(stream.read())
    if "signature" in manifest:
        yield from sealed_faults("manifest.json", manifest, key)
        proved.append(f"目录已签名 / the manifest is signed ({manifest.get('key')})")
    elif key:
        yield "manifest.json: 没有签名 / not signed"
    else:
        proved.append("目录没有签名 / the manifest is not signed")
    yield from file_faults(folder, manifest["files"])
    heads: dict[str, Any] = {}
    sealed, counted = os.path.join(folder, "record", "checkpoint.json"), [0]
    if os.path.isfile(sealed):
        with open(sealed, encoding="utf-8") as stream:
            checkpoint = parsed(stream.read())
        yield from sealed_faults("record/checkpoint.json", checkpoint, key)
        heads = {name: head for name, head in checkpoint["heads"].items() if name == manifest["chain"]}
        proved.append(f"与此时的封存一致 / agrees with the checkpoint of {checkpoint['at']}")
    else:
        proved.append("没有封存，无法发现末尾被截去 / no checkpoint: a cut-off end cannot be found")
    issued: set[str] = set()
    yield from chain_faults(os.path.join(folder, "record", "record.jsonl"), heads, counted, issued)
    for name, digest in sorted(manifest["files"].items()):
        if name.startswith("documents/") and name.endswith(".pdf") and digest not in issued:
            yield f"{name}: 留痕中没有签发 / no issuing of it is on the record"
    proved.insert(0, f"{counted[0]} 条记录 / entries, {len(manifest['files'])} 个文件 / files")


def main(words: list[str]) -> int:
    """Say every fault, or that there is none."""
    key = words[words.index("--key") + 1] if "--key" in words[:-1] else None
    rest = [one for one in words if one not in ("--key", key)]
    folder = rest[0] if rest else os.path.dirname(os.path.abspath(__file__))
    count = 0
    proved: list[str] = []
    try:
        for one in faults(folder, key, proved):
            count += 1
            sys.stdout.write(one + "\n")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        count += 1
        sys.stdout.write(f"不是完整的档案 / not a whole archive: {error!r}\n")
    if count:
        sys.stdout.write(f"核验不通过 / not proved: {count}\n")
        return 1
    sys.stdout.write("核验通过 / proved: " + "; ".join(proved) + "\n")
    return 0


if __name__ == "__main__":
    getattr(sys.stdout, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
