"""Papers by their content: what is taken, what is refused and why, and that the same bytes are the same paper."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.papers.test_forms import NOW, agent, begun, ground, held

from luodi.accounts.acting import Acting
from luodi.domain.documents.filetypes import LARGEST, sort_of
from luodi.domain.vocabulary import Refusal
from luodi.papers import attaching

__all__ = ["agent", "ground"]
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF"


def packed(**parts: bytes) -> bytes:
    """A ZIP of these parts; `__` stands for a slash, `_dot_` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        file.writestr(f"{folder}/document.xml", b"<x/>")
        for name, data in more.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"AC1032....", "dwg"),
        (office("word"), "docx"),
        (office("xl"), "xlsx"),
        (packed(OFD_dot_xml=b"<x/>"), "ofd"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
    ],
)
def test_papers_are_known_by_their_content(data: bytes, kind: str) -> None:
    assert sort_of(io.BytesIO(data), len(data)).id == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_is_empty"),
        (b"Rar!\x1a\x07....", "file_is_an_archive"),
        (b"\x1f\x8b\x08....", "file_is_an_archive"),
        (packed(readme_dot_txt=b"x"), "file_is_an_archive"),
        (office("word", word__vbaProject_dot_bin=b"x"), "file_has_macros"),
        (b"\xd0\xcf\x11\xe0" + b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0", "file_has_macros"),
        (b"\xd0\xcf\x11\xe0....", "file_old_office"),
        (b"MZ\x90\x00", "file_is_a_program"),
        (b"PK\x03\x04broken", "file_damaged"),
        (PDF + b"/JavaScript (app.alert(1))", "pdf_does_things"),
        (b"<html><script>alert(1)</script>", "file_not_a_paper"),
        (b"<svg onload='x'/>", "file_not_a_paper"),
    ],
)
def test_what_is_no_paper_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        sort_of(io.BytesIO(data), len(data))
    assert refused.value.code == code


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refusal, match="paper_too_large"):
        sort_of(io.BytesIO(b""), LARGEST + 1)


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = _lying(600_000_000)
    with pytest.raises(Refusal, match="file_swells"):
        sort_of(io.BytesIO(bomb), len(bomb))


def _lying(size: int) -> bytes:
    """A small ZIP whose directory says that a part unpacks to `size` bytes."""
    data = bytearray(packed(OFD_dot_xml=b"<x/>"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(data)


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.STORE = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_the_same_bytes_are_one_paper_for_all_matters(agent: Acting, store: Path) -> None:
    draft = held(begun(agent))

    def attach(name: str, *matters: str) -> attaching.Kept:
        return attaching.attach(
            draft=draft, name=name, file=io.BytesIO(PDF), size=len(PDF), matters=matters, by=agent, at=NOW
        )

    first, again = attach("C:\\x\\执照.pdf", "project_filing"), attach("other.pdf", "eia_report")
    assert first.name == "执照.pdf"
    assert again.again
    assert again.id == first.id
    assert set(again.matters) == {"project_filing", "eia_report"}
    assert len([one for one in store.rglob("*") if one.is_file()]) == 1
    assert attaching.content(again) == PDF
    attaching.detach(draft=draft, number=first.id, by=agent, at=NOW)
    assert attaching.attachments(draft.first) == ()
    assert attach("back.pdf").id == first.id


@pytest.mark.django_db
def test_bytes_changed_in_the_store_are_found(agent: Acting, store: Path) -> None:
    draft = held(begun(agent))
    kept = attaching.attach(draft=draft, name="a", file=io.BytesIO(PDF), size=len(PDF), matters=(), by=agent, at=NOW)
    next(one for one in store.rglob("*") if one.is_file()).write_bytes(b"%PDF-other")
    with pytest.raises(Refusal, match="document_file_lost"):
        attaching.content(kept)
