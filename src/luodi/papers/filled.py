"""An application as PDF/A: its lines by typst, what other matters produce looked up now."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from pylopdf_fonts_zh_cn import sans_path

from luodi.domain.clock.office import day_of
from luodi.domain.documents.applications import OUTPUT, Line
from luodi.domain.vocabulary import Refusal, Text
from luodi.papers.applying import Applied
from luodi.papers.attaching import Kept
from luodi.papers.rendering import OURS, STANDARD, template_of
from luodi.projects.readers import Recorded

KIND = "application"


def rendered(applied: Applied, *, matter: Text, project: Recorded, applicant: str, numbers: Mapping[str, str],
             attached: Iterable[Kept], folder: Path | None) -> bytes:  # fmt: skip
    """The PDF, the same bytes each time.  `numbers`: by matter, the number of the document it has produced.

    About 60 ms.  Raises `Refusal` (`template_faulty`).
    """
    template = template_of(KIND, project.zone, folder)
    values = _values(applied, matter, project, applicant, numbers, attached)
    try:
        made = _compiler().compile(
            input=template.read_bytes(), format="pdf", pdf_standards=STANDARD,
            sys_inputs={"paper": json.dumps(values, ensure_ascii=False)}, timestamp=int(applied.issued_at.timestamp()),
        )  # fmt: skip
    except typst.TypstError as error:
        raise Refusal("template_faulty", path=str(template), reason=str(error)[:500]) from error
    return bytes(made)


def value_of(line: Line, numbers: Mapping[str, str]) -> str:
    """What stands in a line: of another matter's output, its number once it has been issued."""
    if line.kind != OUTPUT:
        return line.value
    number = numbers.get(line.input)
    return number or "办结后自动取用"


def _values(applied: Applied, matter: Text, project: Recorded, applicant: str, numbers: Mapping[str, str],
            attached: Iterable[Kept]) -> dict[str, Any]:  # fmt: skip
    issued = day_of(applied.issued_at)
    return {
        "title": f"{matter.zh}申请表", "matter": applied.matter, "applicant": applicant, "version": applied.version,
        "issued": f"{issued.year}年{issued.month}月{issued.day}日", "sample": project.sample,
        "foot": f"{project.name.zh}　{project.slug} · {applied.matter} · v{applied.version}",
        "lines": [
            {"number": one.number, "name": one.name.zh, "value": value_of(one, numbers), "source": one.source.zh,
             "basis": one.basis}
            for one in applied.lines
        ],
        "attached": [
            {"name": one.name, "sha256": one.sha256}
            for one in attached
            if not one.matters or applied.matter in one.matters
        ],
    }  # fmt: skip


@cache
def _compiler() -> Any:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(sans_path()).parent])
    return typst.Compiler(root=OURS, font_paths=fonts, ignore_system_fonts=True)
