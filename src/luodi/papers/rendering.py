"""A document as PDF/A-2b: values in, typst, bytes out.  The compiler and the fonts are read once in a process.

A zone changes the look of a document by a file of its own: `<folder>/<zone>/<kind>.typ`, or `<folder>/<kind>.typ` for all
zones; it may import our `paper.typ`, and gets the very same values.
"""

import json
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from pylopdf_fonts_zh_cn import sans_path

from luodi.domain.documents.papers import Paper
from luodi.domain.documents.summaries import Made, Summary
from luodi.domain.vocabulary import Refusal

OURS = Path(__file__).resolve().parent.parent / "data" / "templates"
STANDARD = "a-2b"
EMBEDDING = "1.7"
"""PDF/A cannot hold another PDF as it is: a sheet made elsewhere is plain PDF, whole and sealed all the same."""
MARK = "luodi:1"
MISSING, UNSEEN = "〓", frozenset({"Cc", "Cf", "Mn", "Me"})
LONGEST = 1_000_000
"""Characters of a zone's own template."""


def rendered(paper: Paper | Summary, *, zone: str, folder: Path | None, at: datetime) -> bytes:
    """The document as PDF (PDF/A but for sheets made elsewhere).  About 60 ms, the first of a process half a second.

    Raises `Refusal` (`template_faulty`: where and why, `template_missing`).
    """
    template = template_of(paper.head.kind, zone, folder)
    values = plain(paper) | {"qr": qr(paper.head.address), "keywords": list(keywords(paper))}
    try:
        made = _compiler().compile(
            input=_source(template, template.stat().st_mtime_ns),
            format="pdf",
            sys_inputs={"paper": json.dumps(values, ensure_ascii=False)},
            pdf_standards=EMBEDDING if isinstance(paper, Made) else STANDARD,
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise Refusal("template_faulty", path=str(template), reason=str(error)[:500]) from error
    assert isinstance(made, bytes)  # noqa: S101 - one file for all pages
    return made


def template_of(kind: str, zone: str, folder: Path | None) -> Path:
    """The template of a kind: the zone's own, the folder's, ours.  Raises `Refusal` (`template_missing`)."""
    folders = (folder / zone, folder, OURS) if folder else (OURS,)
    for one in (place / f"{kind}.typ" for place in folders):
        if one.is_file():
            return one
    raise Refusal("template_missing", kind=kind)


def keywords(paper: Paper | Summary) -> tuple[str, ...]:
    """What the file says of itself, for the offline check: it is sealed with the rest."""
    head = paper.head
    said = {"kind": head.kind, "number": head.number, "title": head.name.zh, "issuer": head.issuer.zh}
    if head.until is not None:
        said["until"] = head.until.isoformat()
    return (MARK, *(f"{name}:{value.replace(',', '，')}" for name, value in said.items()))


def qr(address: str) -> str:
    """The QR code of an address as SVG."""
    made = BytesIO()
    segno.make(address, error="m", micro=False).save(made, kind="svg", border=0, xmldecl=False, svgns=True)
    return made.getvalue().decode()


def plain(value: object) -> Any:
    """A value as JSON has it: dataclasses as tables, days as ISO text, bytes as numbers.

    `Any`: whatever the template asks for; no other function reads it.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, bytes):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def printable(text: str) -> str:
    """A text as the fonts can print it: 〓 for what they lack, as printers do; marks that show nothing are left out.

    PDF/A refuses a sheet with a character that no font has, and people's names and notes hold any.
    """
    known = _characters()
    return "".join(
        one if one in "\n\t" or ord(one) in known else "" if unicodedata.category(one) in UNSEEN else MISSING
        for one in text
    )


@cache
def _characters() -> frozenset[int]:
    """What the fonts can print, but for the signs that turn the direction of a text and so hide what it says."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for path in Path(sans_path()).parent.glob("*.otf"):
        with TTFont(path, lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(one for one in found if unicodedata.category(chr(one)) not in UNSEEN)


@cache
def _compiler() -> Any:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(sans_path()).parent])
    return typst.Compiler(root=OURS, font_paths=fonts, ignore_system_fonts=True)


@lru_cache(maxsize=64)
def _source(template: Path, changed: int) -> bytes:
    """The text of a template, read again when its file changes."""
    return template.read_bytes()[:LONGEST]
