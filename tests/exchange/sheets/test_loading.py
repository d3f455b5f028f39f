"""Ledgers taken in through the rooms' actions: dry run first, nothing twice, and back again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.exchange.sheets.made import Cell, book
from tests.people import OTHER, OWN, hired, organisation

from luodi.accounts.acting import Acting
from luodi.accounts.readers import person, posts
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets import actions, readers, taking
from luodi.exchange.sheets.models import Choice, Import, Line
from luodi.exchange.sheets.readers import Handed
from luodi.journal.readers import entries
from luodi.projects import readers as projects
from luodi.zones.models import Zone

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
HEADS = ("项目名称", "建设单位", "总投资（亿元）", "用地（亩）", "签约日期", "开工日期", "是否网上办理")
ROWS = (
    ("示例甲项目", "山西示例甲有限公司", 5.6, 120.5, "2026.3.5", "", "是"),
    ("示例乙项目", "山西示例乙有限公司", "x", 10, "2026.3.6", "2027-01-01", ""),
    ("示例丙项目", "山西示例丙有限公司", 1, 10, date(2026, 3, 7), "", "否"),
)


@pytest.fixture
def officer() -> Acting:
    for zone in (OWN, OTHER):
        Zone.objects.get_or_create(
            id=zone, defaults={"zh": f"{zone}开发区", "en": zone, "kind": "industrial", "confidence": "verified"}
        )
    return hired("investment_officer")


def given(officer: Acting, *rows: Sequence[Cell], kind: str = "projects", at: datetime = AT) -> Handed:
    """A ledger handed in; what its dry run says."""
    return now(actions.hand_in(data=book(*rows), name="台账.xlsx", kind=kind, by=officer, at=at))


def now(number: int) -> Handed:
    found = readers.handed(number)
    assert found is not None
    return found


def taken(officer: Acting, *rows: Sequence[Cell], kind: str = "projects", at: datetime = AT) -> Handed:
    row = given(officer, *rows, kind=kind, at=at)
    assert actions.take_in(number=row.id, by=officer, at=at)
    return now(row.id)


def counts(row: Handed) -> tuple[int, int, int, int]:
    return row.new, row.changed, row.same, row.refused


def test_a_dry_run_says_what_would_be_and_writes_nothing(officer: Acting) -> None:
    row = given(officer, HEADS, *ROWS)
    assert counts(row) == (2, 0, 0, 1)
    assert row.state == "checked"
    assert not projects.named(live=None)
    (line,) = readers.lines(row.id)
    assert (line.number, [told.code for told in line.told]) == (3, ["not_an_amount", "cell_date_ahead"])


def test_good_rows_go_in_and_bad_ones_do_not_hold_them_up(officer: Acting) -> None:
    row = taken(officer, HEADS, *ROWS)
    assert (row.state, counts(row)) == ("taken", (2, 0, 0, 1))
    first, second = sorted(projects.named(), key=lambda one: one.id)
    assert (first.name.zh, first.zone, first.live, second.live) == ("示例甲项目", OWN, True, False)
    found = projects.project(first.slug)
    assert found is not None
    assert found.file.milestones == {"signed": date(2026, 3, 5)}
    assert getattr(found.file.form["land_area"], "amount", 0) == pytest.approx(80333, abs=1)
    assert getattr(found.file.form["total_investment"], "amount", 0) == 56000
    told = [one.kind for one in entries(zone=OWN, limit=50).records]
    assert told.count("sheet.taken_in") == 1


def test_nothing_is_doubled_on_a_second_run(officer: Acting) -> None:
    taken(officer, HEADS, *ROWS)
    again = given(officer, HEADS, *ROWS, at=LATER)
    assert counts(again) == (0, 0, 2, 1)
    same = readers.same_file(again.digest, "projects", again.id)
    assert same is not None
    actions.take_in(number=again.id, by=officer, at=LATER)
    assert counts(now(again.id)) == (0, 0, 2, 1)
    assert len(projects.named()) == 2


def test_the_mended_file_brings_only_what_was_missing(officer: Acting) -> None:
    taken(officer, HEADS, *ROWS)
    mended = ("示例乙项目", "山西示例乙有限公司", 2, 10, "2026.3.6", "", "")
    changed = (*ROWS[0][:2], "56,500 万元", *ROWS[0][3:])
    assert counts(taken(officer, HEADS, changed, mended, ROWS[2], at=LATER)) == (1, 1, 1, 0)


def test_two_ways_of_writing_the_same_amount_are_no_change(officer: Acting) -> None:
    taken(officer, ("项目名称", "总投资（亿元）"), ("示例甲项目", 5.6))
    assert counts(given(officer, ("项目名称", "总投资（万元）"), ("示例甲项目", 56000), at=LATER)) == (0, 0, 1, 0)


def test_milestones_and_matters_go_into_recorded_projects(officer: Acting) -> None:
    taken(officer, HEADS, ROWS[0])
    row = taken(officer, ("项目名称", "签约", "开工", "竣工"), ("示例甲项目", "2026.3.8", "2026.9.1", "/"),
                ("没有的项目", "2026.1.1", "", ""),
                kind="milestones", at=LATER)  # fmt: skip
    assert counts(row) == (0, 1, 0, 1)
    (line,) = readers.lines(row.id)
    assert [told.code for told in line.told] == ["sheet_project_unknown"]
    row = taken(officer, ("项目", "事项", "受理日期", "办结日期"), ("示例甲项目", "企业投资项目备案", "2026.3.9", "2026.3.10"),
                ("示例甲项目", "没有的事项", "2026.3.9", ""), kind="matters", at=LATER)  # fmt: skip
    assert counts(row) == (0, 1, 0, 1)
    found = projects.project(projects.named()[0].slug)
    assert found is not None
    assert found.file.milestones["construction_start"] == date(2026, 9, 1)
    assert found.file.progress["project_filing"].finished == date(2026, 3, 10)
    assert found.file.options.as_of == date(2026, 11, 21)


def test_what_the_project_file_would_refuse_is_told_in_the_dry_run(officer: Acting) -> None:
    taken(officer, ("项目名称", "签约日期"), ("示例甲项目", "2026.3.5"))
    row = given(officer, ("项目名称", "对接"), ("示例甲项目", "2026.4.5"), kind="milestones", at=LATER)
    assert counts(row) == (0, 0, 0, 1)
    (line,) = readers.lines(row.id)
    assert [told.code for told in line.told] == ["milestones_out_of_order"]


def test_a_whole_import_is_taken_back(officer: Acting) -> None:
    taken(officer, HEADS, ROWS[0])
    slug = projects.named()[0].slug
    before = projects.project(slug)
    assert before is not None
    row = taken(officer, ("项目名称", "开工日期", "用地（亩）"), ("示例甲项目", "2026.9.1", 99), at=LATER)
    assert counts(row) == (0, 1, 0, 0)
    assert actions.take_back(number=row.id, reason="导错了文件", by=officer, at=LATER)
    after = projects.project(slug)
    assert after is not None
    assert (after.file.milestones, after.file.form["land_area"]) == (
        before.file.milestones,
        before.file.form["land_area"],
    )
    done = now(row.id)
    assert (done.state, done.undone, done.kept) == ("undone", 1, 0)
    assert "sheet.taken_back" in [one.kind for one in entries(zone=OWN, limit=50).records]


def test_what_must_stay_is_said(officer: Acting) -> None:
    row = taken(officer, HEADS, ROWS[0])
    slug = projects.named()[0].slug
    actions.take_back(number=row.id, reason="导错了", by=officer, at=LATER)
    done = now(row.id)
    assert (done.undone, done.kept) == (0, 1)
    assert [told.code for told in readers.lines(row.id)[0].told] == ["sheet_project_stays"]
    left = projects.project(slug)
    assert left is not None
    assert not left.live


def test_what_somebody_changed_since_is_not_overwritten(officer: Acting) -> None:
    taken(officer, HEADS, ROWS[0])
    row = taken(officer, ("项目名称", "用地（亩）"), ("示例甲项目", 99), at=LATER)
    taken(officer, ("项目名称", "用地（亩）"), ("示例甲项目", 100), at=LATER)
    actions.take_back(number=row.id, reason="导错了", by=officer, at=LATER)
    assert [told.code for told in readers.lines(row.id)[0].told] == ["sheet_changed_since"]
    left = projects.project(projects.named()[0].slug)
    assert left is not None
    assert getattr(left.file.form["land_area"], "written", "") == "100 亩"


def test_another_zone_is_out_of_reach(officer: Acting) -> None:
    row = given(officer, ("项目名称", "所属开发区"), ("示例甲项目", f"{OTHER}开发区"), ("示例乙项目", "没有的开发区"))
    assert counts(row) == (0, 0, 0, 2)
    assert [line.told[0].code for line in readers.lines(row.id)] == ["sheet_zone_outside", "sheet_zone_unknown"]


def test_a_number_of_another_zones_project_is_not_taken_over(officer: Acting) -> None:
    theirs = hired("investment_officer", OTHER)
    taken(theirs, ("项目名称", "项目编号"), ("他区项目", "p-1"))
    row = given(officer, ("项目名称", "项目编号"), ("示例甲项目", "p-1"), at=LATER)
    assert [line.told[0].code for line in readers.lines(row.id)] == ["sheet_slug_taken"]


def test_an_import_of_another_zone_is_not_there(officer: Acting) -> None:
    row = given(officer, HEADS, ROWS[0])
    with pytest.raises(Refusal) as refused:
        actions.take_in(number=row.id, by=hired("investment_officer", OTHER), at=AT)
    assert refused.value.code == "sheet_no_such_import"


def test_an_import_is_taken_in_once(officer: Acting) -> None:
    row = taken(officer, HEADS, ROWS[0])
    with pytest.raises(Refusal) as refused:
        actions.take_in(number=row.id, by=officer, at=AT)
    assert refused.value.code == "sheet_import_not_ready"


def test_nothing_good_is_not_taken_in(officer: Acting) -> None:
    with pytest.raises(Refusal) as refused:
        taken(officer, HEADS, ROWS[1])
    assert refused.value.code == "sheet_nothing_good"


def test_columns_chosen_are_kept_for_the_office(officer: Acting) -> None:
    heads = ("叫法", "总投资（万元）", "签约日期")
    row = given(officer, heads, ("示例甲项目", 1, "2026.1.1"))
    assert [told.code for told in row.problems] == ["sheet_column_missing"]
    with pytest.raises(Refusal) as refused:
        actions.take_in(number=row.id, by=officer, at=AT)
    assert refused.value.code == "sheet_head_faulty"
    actions.settle_columns(number=row.id, chosen={0: "name"}, sheet="", by=officer, at=AT)
    assert counts(now(row.id)) == (1, 0, 0, 0)
    assert Choice.objects.filter(column="name").count() == 1
    assert not given(officer, heads, ("示例乙项目", 1, "2026.1.1"), at=LATER).problems


def test_an_interrupted_import_is_carried_on(officer: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "BATCH", 2)
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    rows = [(f"示例{n}号项目", "2026.1.1") for n in range(7)]
    row = given(officer, ("项目名称", "签约日期"), *rows)
    actions.take_in(number=row.id, by=officer, at=AT)
    real, calls = taking._take, []

    def failing(*args: object) -> None:
        calls.append(1)
        if len(calls) == 4:
            raise RuntimeError("the machine went off")
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "_take", failing)
    with pytest.raises(RuntimeError):
        taking.take_in(number=row.id, by=officer, at=AT)
    half = now(row.id)
    assert (half.state, half.new, half.done) == ("taking", 2, 37)
    monkeypatch.setattr(taking, "_take", real)
    taking.take_in(number=row.id, by=officer, at=LATER)
    done = now(row.id)
    assert (done.state, counts(done)) == ("taken", (7, 0, 0, 0))
    assert Line.objects.filter(owner=row.id).count() == len(projects.named()) == 7


def test_a_long_ledger_is_left_to_the_worker(officer: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    from luodi.exchange.sheets import jobs

    monkeypatch.setattr(actions, "AT_ONCE", 0)
    row = given(officer, HEADS, ROWS[0])
    assert not actions.take_in(number=row.id, by=officer, at=AT)
    assert now(row.id).state == "waiting"
    jobs.take_in.func(row.id)
    assert now(row.id).state == "taken"


def test_people_are_recorded_appointed_and_not_doubled() -> None:
    admin = hired("system_admin", organisation_kind="province")
    organisation("committee", OWN, code="gwh")
    heads = ("姓名", "账号", "单位", "岗位", "任职日期", "任职文件")
    rows = (("李示例", "lishili", "gwh 单位", "招商专员", "2026.1.1", "示管发〔2026〕1号"),
            ("王示例", "wang", "没有的单位", "招商专员", "2026.1.1", "1号"),
            ("王示例", "wang", "gwh", "局长", "2026.1.1", "1号"))  # fmt: skip
    row = taken(admin, heads, *rows, kind="people")
    assert counts(row) == (1, 0, 0, 2)
    assert [line.told[0].code for line in readers.lines(row.id)] == ["sheet_unit_unknown", "sheet_post_unknown"]
    assert counts(taken(admin, heads, *rows[:1], kind="people", at=LATER)) == (0, 0, 1, 0)
    assert counts(given(admin, heads, ("别人", *rows[0][1:]), kind="people", at=LATER)) == (0, 0, 0, 1)
    actions.take_back(number=row.id, reason="导错了", by=admin, at=LATER)
    assert [told.code for told in readers.lines(row.id, outcomes=["kept"])[0].told] == ["sheet_person_stays"]
    assert person("lishili") is not None
    assert [one.ends for one in posts(words="lishili")] == [date(2026, 11, 21)]


def test_old_bytes_are_forgotten_and_the_import_stays(officer: Acting) -> None:
    row = given(officer, HEADS, ROWS[0])
    assert not actions.forget(at=AT + timedelta(days=10))
    assert actions.forget(at=AT + timedelta(days=200))
    assert readers.content(row.id) is None
    assert Import.objects.count() == 1


def test_turning_a_project_on_is_a_change_and_is_turned_back(officer: Acting) -> None:
    taken(officer, ("项目名称", "是否网上办理"), ("示例甲项目", "否"))
    row = taken(officer, ("项目名称", "是否网上办理"), ("示例甲项目", "是"), at=LATER)
    assert counts(row) == (0, 1, 0, 0)
    assert projects.named()[0].live
    actions.take_back(number=row.id, reason="导错了", by=officer, at=LATER)
    assert not projects.named()[0].live


def test_a_project_that_was_renamed_is_not_taken_for_a_new_one(officer: Acting) -> None:
    taken(officer, ("项目名称", "用地（亩）"), ("示例甲项目", 99))
    slug = projects.named()[0].slug
    taken(officer, ("项目编号", "项目名称"), (slug, "示例甲项目（改名）"), at=LATER)
    again = taken(officer, ("项目名称", "用地（亩）"), ("示例甲项目", 100), at=LATER)
    assert counts(again) == (0, 1, 0, 0)
    assert len(projects.named()) == 1


def test_a_matter_handled_here_is_not_told_by_a_table(officer: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    from luodi.exchange.sheets.loading import matters

    taken(officer, HEADS, ROWS[0])
    monkeypatch.setattr(matters, "progress_of", lambda *_, **__: {"project_filing": None})
    row = given(
        officer, ("项目", "事项", "受理日期"), ("示例甲项目", "企业投资项目备案", "2026.3.9"), kind="matters", at=LATER
    )
    assert [line.told[0].code for line in readers.lines(row.id)] == ["sheet_matter_is_case"]
