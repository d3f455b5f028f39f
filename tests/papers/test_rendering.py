"""Every kind has a template that typst takes, in one PDF/A file, whatever people wrote."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from luodi.domain.documents.kinds import rules
from luodi.domain.documents.papers import Acceptance, Head, Subject
from luodi.domain.vocabulary import Refusal, Text
from luodi.papers.rendering import OURS, keywords, printable, rendered, template_of

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
NASTY = '#panic("x") *粗* _斜_ $x$ \\ " ] [ { } @ref <a> 䖆𬭼 🏭 // 注'


def paper(name: str = NASTY, until: date | None = None) -> Acceptance:
    """An acceptance with a project of a given name."""
    kind, office = rules().kinds["acceptance"], Text("示例区, 审批局", "Sample Bureau")
    head = Head(
        "acceptance",
        kind.name,
        "示例受字〔2026〕1号",
        "ABCD",
        "https://x.cn/verify/A/",
        date(2026, 11, 21),
        office,
        "",
        True,
        until,
    )
    subject = Subject("c-1", Text(name, name), "", Text(name, name), "", name, "", "", date(2026, 11, 3))
    return Acceptance(head, subject, date(2026, 11, 4), Text("法定7日", ""), None, None, ())


@pytest.mark.slow
def test_whatever_people_wrote_is_printed_as_it_is() -> None:
    made = rendered(paper(), zone="", folder=None, at=AT)
    assert made.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>2" in made
    assert b"luodi:1, kind:acceptance" in made


def test_what_no_font_has_is_printed_as_printers_do_and_hidden_marks_are_left_out() -> None:
    assert printable("李🏭䖆𬭼é\u202e反\ufe0f\u200d") == "李〓䖆𬭼é反"


@pytest.mark.slow
def test_the_same_facts_make_the_same_bytes() -> None:
    assert rendered(paper("某项目"), zone="", folder=None, at=AT) == rendered(
        paper("某项目"), zone="", folder=None, at=AT
    )


def test_every_kind_has_a_template() -> None:
    assert {*rules().kinds, "paper"} <= {path.stem for path in OURS.glob("*.typ")}


def test_the_nearest_template_is_taken(tmp_path: Path) -> None:
    assert template_of("permit", "z", tmp_path).parent == OURS
    (tmp_path / "permit.typ").touch()
    assert template_of("permit", "z", tmp_path).parent == tmp_path
    (tmp_path / "z").mkdir()
    (tmp_path / "z" / "permit.typ").touch()
    assert template_of("permit", "z", tmp_path).parent == tmp_path / "z"
    with pytest.raises(Refusal):
        template_of("medal", "z", tmp_path)


@pytest.mark.slow
def test_a_faulty_template_is_said_and_reads_no_file_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    for text in ("#nonsense", f'#read("{tmp_path}/secret.txt")', '#read("../../../etc/passwd")'):
        (tmp_path / "acceptance.typ").write_text(text, encoding="utf-8")
        with pytest.raises(Refusal) as refused:
            rendered(paper(), zone="", folder=tmp_path, at=AT)
        assert refused.value.code == "template_faulty"


def test_what_a_file_says_of_itself_holds_no_comma_of_its_own() -> None:
    assert keywords(paper(until=date(2027, 1, 1)))[-2:] == ("issuer:示例区， 审批局", "until:2027-01-01")


def test_the_figures_of_a_permit_are_written_as_people_write_them() -> None:
    from luodi.domain.catalogue.reading import load as catalogue
    from luodi.domain.facts.samples import load
    from luodi.papers.gathering import _scale

    figures = [fact.value for fact in _scale(load("jinko", catalogue()))]
    assert figures == ["1,300,000 平方米", "2431 亩", "560 亿元", "新建"]
