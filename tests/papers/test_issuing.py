"""A document is issued with its number, its seal and its entry, or not at all; once; and revoking it is found everywhere."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.cases.scene import DOCUMENT, SLUG, Scene, play

from luodi.accounts.acting import SYSTEM
from luodi.cases.actions.correcting import Paper
from luodi.domain.documents.verdict import Outcome
from luodi.domain.vocabulary import Refusal
from luodi.journal import readers as journal
from luodi.papers import due, entering, issuing, readers, revoking, sealing, store
from luodi.papers.commercial import verified
from luodi.papers.keys import SealKeys
from luodi.papers.models import Document, Series, Waiting
from luodi.papers.sealing import seal
from luodi.papers.verifying import proved_list, verify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def kept(settings, seal_keys: SealKeys, tmp_path: Path) -> None:
    settings.SEAL_KEYS, settings.STORE, settings.TEMPLATES_FOLDER = seal_keys, tmp_path / "store", None


@pytest.fixture
def scene() -> Scene:
    return play()


def number_of(scene: Scene, case: int) -> str:
    return str(scene.row(case).number)


def test_a_notice_of_acceptance_is_numbered_sealed_recorded_and_kept(scene: Scene) -> None:
    number = number_of(scene, scene.accepted())
    done = issuing.issue(case=number, kind="acceptance", by=scene.officer, at=scene.at)
    row = readers.of_case(number)[0]
    assert done.number == row.number
    assert row.number.endswith("受字〔2026〕1号")
    assert row.standing == "holds"
    found = verify(readers.content(row), readers.roots(scene.at), None, scene.at)
    assert found.good
    assert found.about["number"] == row.number
    assert found.seal is not None
    assert found.seal.digest == row.digest
    entry = journal.entry(done.entry, project=SLUG)
    assert entry is not None
    assert entry.kind == "paper.issued"
    assert row.digest in entry.payload
    assert readers.by_number(" " + row.number.replace("〔", "[").replace("〕", "]"), row.code.lower()) == row
    assert readers.by_number(row.number, "0" * 16) is None


def test_the_same_is_never_issued_twice(scene: Scene) -> None:
    number = number_of(scene, scene.accepted())
    first = issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    again = issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    assert (again.document, again.repeated) == (first.document, True)
    assert Document.objects.count() == 1


def test_a_number_that_another_took_meanwhile_is_taken_by_one_alone(scene: Scene, monkeypatch) -> None:
    one, other = (number_of(scene, scene.accepted(m)) for m in ("project_filing", "enterprise_establish"))
    issuing.issue(case=one, kind="acceptance", by=SYSTEM, at=scene.at)
    monkeypatch.setattr(entering, "_place", lambda *_: 0)  # what was next before the first was entered
    late = issuing.issue(case=other, kind="acceptance", by=SYSTEM, at=scene.at)
    assert late.number.endswith("〔2026〕2号")
    assert verify(readers.content(readers.of_case(other)[0]), readers.roots(scene.at), None, scene.at).about[
        "number"
    ] == (late.number)


def test_nobody_waits_for_typst_and_seal(scene: Scene, monkeypatch) -> None:
    number = number_of(scene, scene.accepted())
    outside, held = len(connection.savepoint_ids), list[int]()

    def noting(*given: Any, **named: Any) -> bytes:
        held.append(len(connection.savepoint_ids))
        return seal(*given, **named)

    monkeypatch.setattr(sealing, "seal", noting)
    issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    assert held == [outside]


def test_numbers_have_no_gap_where_issuing_fails(scene: Scene, settings, tmp_path: Path) -> None:
    one, other = (number_of(scene, scene.accepted(m)) for m in ("project_filing", "enterprise_establish"))
    issuing.issue(case=one, kind="acceptance", by=SYSTEM, at=scene.at)
    broken = tmp_path / "templates"
    broken.mkdir()
    (broken / "acceptance.typ").write_text("#nonsense", encoding="utf-8")
    settings.TEMPLATES_FOLDER = broken
    with pytest.raises(Refusal) as refused:
        issuing.issue(case=other, kind="acceptance", by=SYSTEM, at=scene.at)
    assert refused.value.code == "template_faulty"
    settings.TEMPLATES_FOLDER = None
    assert issuing.issue(case=other, kind="acceptance", by=SYSTEM, at=scene.at).number.endswith("〔2026〕2号")
    assert Series.objects.get(name__contains="acceptance").last == 2


def test_a_zone_has_its_own_template_without_code(scene: Scene, settings, tmp_path: Path) -> None:
    number = number_of(scene, scene.accepted())
    own = tmp_path / "templates" / scene.row(Scene.accepted(scene, "enterprise_establish")).zone
    own.mkdir(parents=True)
    (own / "acceptance.typ").write_text('#import "paper.typ": *\n#show: sheet\n本区样式', encoding="utf-8")
    settings.TEMPLATES_FOLDER = tmp_path / "templates"
    small = issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    row = readers.document(small.document)
    assert row is not None
    assert "本区样式" in said(readers.content(row))


def test_every_paper_of_casework_can_be_issued(scene: Scene) -> None:
    case = scene.opened()
    on = scene.on
    on(case).ask_correction(papers=[Paper("missing_paper", "可研报告")], due=date(2026, 12, 1))
    on(case).receive_correction()
    on(case).accept()
    on(case).pause(kind="hearing", reason="利害关系人申请听证")
    on(case).resume()
    on(case).ask(organisation=scene.other.organisation, kind="consultation", question="有何意见？")
    on(case).decide(outcome="denied", reason="不符合产业政策", basis="产业结构调整指导目录")
    number = number_of(scene, case)
    for kind in ("correction", "acceptance", "special_procedure", "consultation", "decision"):
        issuing.issue(case=number, kind=kind, by=scene.officer, at=scene.at)
    found = {row.kind: readers.content(row) for row in readers.of_case(number)}
    assert len(found) == 5
    for kind, words in {
        "correction": "可研报告", "special_procedure": "听证", "consultation": "有何意见", "decision": "不符合产业政策",
        "acceptance": DOCUMENT,
    }.items():  # fmt: skip
        assert words in said(found[kind]), kind
    with pytest.raises(Refusal) as refused:
        issuing.issue(case=number, kind="permit", by=scene.officer, at=scene.at)
    assert refused.value.code == "nothing_to_issue"


def said(pdf: bytes) -> str:
    """The text of a PDF without its blanks, as poppler reads it."""
    import subprocess

    try:
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("no pdftotext here")
    return "".join(done.stdout.decode().split())


def test_what_is_revoked_stands_in_the_signed_list(scene: Scene) -> None:
    number = number_of(scene, scene.accepted())
    done = issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    with pytest.raises(Refusal) as refused:
        revoking.revoke(number=done.number, reason="错发", by=scene.other, at=scene.at)
    assert refused.value.code == "document_of_another_unit"
    revoking.revoke(number=done.number, reason="错发", by=scene.officer, at=scene.at)
    roots, sealed = readers.roots(scene.at), readers.content(readers.of_case(number)[0])
    listed = proved_list(readers.revoked_list(scene.at), roots, scene.at)
    found = verify(sealed, roots, listed, scene.at)
    assert (found.outcome, found.why) == (Outcome.REVOKED, "listed")
    with pytest.raises(Refusal) as refused:
        revoking.revoke(number=done.number, reason="错发", by=scene.officer, at=scene.at)
    assert refused.value.code == "document_revoked_already"


def test_a_new_version_takes_the_place_of_the_old(scene: Scene) -> None:
    number = number_of(scene, scene.accepted())
    old = issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    new = revoking.supersede(number=old.number, reason="名称有误", by=scene.officer, at=scene.at + timedelta(hours=1))
    rows = readers.of_case(number)
    assert [(row.version, row.standing, row.by) for row in rows] == [(1, "replaced", new.number), (2, "holds", "")]
    sealed, roots = readers.content(rows[0]), readers.roots(scene.at)
    assert verify(sealed, roots, readers.revoked_list(scene.at + timedelta(hours=2)), scene.at).why == "superseded"


def test_an_sm2_signature_is_kept_beside_the_file(scene: Scene, settings, seal_keys: SealKeys) -> None:
    from tests.papers.test_commercial import PRIVATE, PUBLIC

    pytest.importorskip("gmssl_pyx", reason="the optional extra sm2 is not installed")
    settings.SEAL_KEYS = replace(seal_keys, sm2=f"{PRIVATE}:{PUBLIC}")
    number = number_of(scene, scene.accepted())
    done = issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    beside = store.beside(settings.STORE, done.sha256, entering.SM2)
    row = readers.of_case(number)[0]
    assert verified(readers.content(row), beside, PUBLIC)


def test_a_file_that_is_gone_or_changed_is_refused(scene: Scene, settings) -> None:
    number = number_of(scene, scene.accepted())
    issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    row = readers.of_case(number)[0]
    (path,) = Path(settings.STORE).rglob("*.pdf")
    path.write_bytes(readers.content(row)[:-1])
    with pytest.raises(Refusal) as refused:
        readers.content(row)
    assert refused.value.code == "document_file_lost"


def test_the_worker_issues_what_cases_lack_once_and_goes_on_where_it_stopped(scene: Scene) -> None:
    scene.accepted("project_filing")
    case = scene.accepted("enterprise_establish")
    scene.on(case).decide(outcome="granted")
    scene.wait(minutes=5)
    first = due.issue_due(at=scene.at, limit=2)
    assert (first.asked, first.issued, first.refused, first.waiting) == (3, 2, 0, 1)
    second = due.issue_due(at=scene.at)
    assert (second.asked, second.issued, second.waiting) == (0, 1, 0)
    assert due.issue_due(at=scene.at + timedelta(hours=2)).asked == 0
    assert sorted(Document.objects.values_list("kind", flat=True)) == ["acceptance", "acceptance", "decision"]


def test_what_is_refused_is_tried_again_later_and_keeps_nobody_waiting(scene: Scene, settings, tmp_path: Path) -> None:
    scene.accepted("project_filing")
    settings.TEMPLATES_FOLDER = tmp_path
    (tmp_path / "acceptance.typ").write_text("#nonsense", encoding="utf-8")
    scene.wait(minutes=5)
    assert due.issue_due(at=scene.at).refused == 1
    assert Waiting.objects.get().refused == "template_faulty"
    assert due.issue_due(at=scene.at).issued == 0
    (tmp_path / "acceptance.typ").unlink()
    assert due.issue_due(at=scene.at + timedelta(minutes=3)).issued == 1


def test_old_events_are_not_issued_by_themselves(scene: Scene) -> None:
    scene.accepted("project_filing")
    assert due.issue_due(at=scene.at + timedelta(days=30)).asked == 0


@pytest.mark.parametrize("verb", ["commitment", "letter", "halt"])
def test_the_papers_of_debts_and_halts(scene: Scene, verb: str) -> None:
    from luodi.cases.actions import halting
    from luodi.debts import actions as debts

    who: dict[str, Any] = {"by": scene.officer, "at": scene.at}
    case = scene.opened("project_filing")
    project = scene.row(case).project
    if verb == "halt":
        number = halting.find(project=SLUG, found="砖室墓两座", kind="heritage", **who)
        done = issuing.issue_stop(halt=number, by=scene.officer, at=scene.at)
    elif verb == "letter":
        debt = debts.issue_letter(
            project=project.pk, zone=scene.row(case).zone, replaces="construction_planning_permit",
            accepted_by=["permit_foundation"], text="方案已审查通过", expires=date(2027, 2, 1), **who,
        )  # fmt: skip
        done = issuing.issue_owed(debt=debt, by=scene.officer, at=scene.at)
    else:
        debt = debts.owe(
            project=project.pk, zone=scene.row(case).zone, matter="swc_form", kind="commitment", text="按期恢复植被",
            due=date(2027, 6, 1), standard="批复", checker=scene.officer.organisation_code, **who,
        )  # fmt: skip
        done = issuing.issue_owed(debt=debt, by=scene.officer, at=scene.at)
    row = readers.document(done.document)
    assert row is not None
    words = {"halt": "砖室墓两座", "letter": "方案已审查通过", "commitment": "按期恢复植被"}[verb]
    assert words in said(readers.content(row))
    assert (row.until is not None) is (verb == "letter")


def test_issuing_asks_a_bounded_number_of_queries(scene: Scene, django_assert_max_num_queries) -> None:
    number = number_of(scene, scene.accepted())
    with django_assert_max_num_queries(48):
        issuing.issue(case=number, kind="acceptance", by=SYSTEM, at=scene.at)
    assert connection.vendor in ("sqlite", "postgresql")


def test_the_papers_over_many_cases(scene: Scene) -> None:
    case = scene.accepted("project_filing")
    number = number_of(scene, case)
    office = {"organisation": scene.officer.organisation_code, "since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    who: dict[str, Any] = {"by": scene.officer, "at": scene.at}
    ledger = readers.document(issuing.issue_ledger(**office, **who).document)  # type: ignore[arg-type]
    brief = readers.document(issuing.issue_brief(zone="zgsfq", year=2026, month=11, **who).document)
    assert ledger is not None
    assert brief is not None
    assert number in said(readers.content(ledger))
    assert "2026年11月" in said(readers.content(brief))
    scene.on(case).ask(organisation=scene.other.organisation, kind="joint_acceptance", question="是否通过？")
    joint = readers.document(issuing.issue_completion(case=number, by=scene.officer, at=scene.at).document)
    assert joint is not None
    assert "未答复" in said(readers.content(joint))
    again = revoking.supersede(number=ledger.number, reason="补录", by=scene.officer, at=scene.at)
    assert again.number != ledger.number
