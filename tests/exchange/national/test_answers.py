"""From cases in the database to the staging database and back: what failed is listed, and sent again by one click."""

# ruff: noqa: S608 - names of the standard

import json
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client
from tests.cases.scene import Scene, play, text_of_project
from tests.exchange.national.scenes import CODE, catalogue, order
from tests.people import hired, sign_in

from luodi.cases import actions
from luodi.cases.actions.correcting import Paper
from luodi.exchange.national.answers import read_back, resend
from luodi.exchange.national.choices import choices
from luodi.exchange.national.gathering import gathered
from luodi.exchange.national.sending import Outcome, send
from luodi.exchange.national.staging import opened
from luodi.exchange.national.standard import standard
from luodi.journal.readers import entries

PROJECT, CASE, EVENT = "SPGL_XMJBXXB", "SPGL_XMSPSXBLXXB", "SPGL_XMSPSXBLXXXXB"
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def scene() -> Scene:
    made = play(
        document=text_of_project(
            **{"  uscc: 91140000MA0000000X": f"  uscc: 91350100M000100Y43\n  project_code: {CODE}"}
        )
    )
    case = made.accepted("project_filing")
    made.on(case).decide(outcome="granted", result="2609-001")
    return made


def run(out: str | None, since: date = date(2026, 1, 1)) -> Outcome:
    return send(gathered(since, catalogue(), choices()), order(out))


def answer(out: str, table: str, state: int, why: str = "") -> None:
    with opened(out, standard()) as staging:
        staging.ask(f"UPDATE {table} SET SJSCZT = ?, SBYY = ?", (state, why))


def test_real_cases_are_sent_whole(scene: Scene, staging: str) -> None:
    paused = scene.accepted("enterprise_establish")
    scene.on(paused).pause(kind="expert_review", reason="专家评审")
    corrected = scene.opened("land_price_evaluation")
    scene.on(corrected).ask_correction(papers=[Paper("missing_paper", "勘探报告", "缺第三页")], due=date(2026, 12, 1))
    outcome = run(staging)
    assert not outcome.refused, [(one.code, one.facts) for one in outcome.refused]
    with opened(staging, standard(), write=False) as db:
        states = db.ask(f"SELECT SPSXSLBM, BLZT, BLYJ, BLR FROM {EVENT} ORDER BY LSH")
        special = db.ask("SELECT TBCX, TBCXMC, TBCXSX FROM SPGL_XMSPSXBLTBCXXXB")
        (project,) = db.ask(f"SELECT XMDM, GBHY, SPLCLX, JSDDXZQH, XZQHDM, YDMJ FROM {PROJECT}")
    assert [state for _, state, _, _ in states if state] == [1, 3, 8, 11, 1, 3, 8, 9, 1, 6]
    assert "勘探报告：缺第三页" in str(states[-1][2])
    assert special == [(8, "专家评审", 0)]
    assert project[:5] == (CODE, "C3825", 6, "140702", "140700")
    assert float(str(project[5])) == pytest.approx(1620666.67, abs=0.01)


def test_only_what_changed_since_is_looked_at(scene: Scene, staging: str) -> None:
    assert run(None, date(2027, 1, 1)).checked == {}
    assert run(None).checked[CASE] == 1


def test_matters_opened_in_one_act_are_one_joint_filing(scene: Scene, staging: str) -> None:
    scene.wait(days=1)
    actions.dispatch(project=scene.slug, by=scene.clerk, at=scene.at)
    run(staging)
    with opened(staging, standard(), write=False) as db:
        together = {str(one[0]) for one in db.ask(f"SELECT BLSPSLBM FROM {CASE} WHERE BLSPSLBM IS NOT NULL")}
        alone = db.ask(f"SELECT COUNT(*) FROM {CASE} WHERE BLSPSLBM IS NULL")
    assert len(together) == 1
    assert alone == [(1,)]


def test_what_the_enterprise_does_by_itself_is_not_sent(scene: Scene) -> None:
    own = {id_ for id_, one in catalogue().matters.items() if one.unit == "owner"}
    sent = {row for table in ("SPGL_DFXMSPLCJDSXXXB",) for row in [run(None).checked[table]]}
    assert sent == {len(catalogue().matters) - len(own)}


def test_answers_are_read_back(scene: Scene, staging: str) -> None:
    assert read_back(staging, standard()).tables == ()
    run(staging)
    answer(staging, PROJECT, 3)
    answer(staging, EVENT, 2, "办理人不能为空")
    found = read_back(staging, standard(), zones={"zgsfq"})
    states = {one.table: (one.waiting, one.failed, one.passed) for one in found.tables}
    assert states[PROJECT] == (0, 0, 1)
    assert states[EVENT] == (0, 4, 0)
    assert {one.reason for one in found.failed} == {"办理人不能为空"}
    assert len(read_back(staging, standard(), limit=3).failed) == 3
    assert read_back(staging, standard(), zones={"pinglu"}).failed == ()


def test_a_failed_row_is_sent_again_once_and_that_is_recorded(scene: Scene, staging: str) -> None:
    run(staging)
    answer(staging, CASE, 2, "没有这个项目")
    (row,) = read_back(staging, standard()).failed
    officer = hired("data_officer")
    again = partial(
        resend, staging, standard(), table=row.table, key=row.key, number=row.number, by=officer, at=scene.at
    )
    new = again(zones={"zgsfq"})
    assert new > row.number
    assert not read_back(staging, standard()).failed
    (said,) = entries(kinds=("national.resent",)).records
    assert json.loads(said.payload) == {"table": CASE, "key": row.key, "row": row.number}
    with pytest.raises(Exception, match="national_row_gone"):
        again(zones={"zgsfq"})
    assert run(staging).same[CASE] == 1


@pytest.mark.urls("tests.exchange.national.urls")
def test_the_page_lists_what_failed_and_sends_it_again(
    scene: Scene, staging: str, client: Client, settings: Any
) -> None:
    settings.EXCHANGE_URL = staging
    run(staging)
    answer(staging, CASE, 2, "没有这个项目")
    (row,) = read_back(staging, standard()).failed
    sign_in(client, hired("data_officer", zone="pinglu"))
    assert "没有这个项目" not in client.get("/exchange/national/").content.decode()
    sent = {"table": row.table, "key": row.key, "number": row.number}
    assert client.post("/exchange/national/resend/", sent).status_code == 400
    sign_in(client, hired("data_officer"))
    assert "没有这个项目" in client.get("/exchange/national/").content.decode()
    assert client.post("/exchange/national/resend/", sent).status_code == 302
    assert "没有这个项目" not in client.get("/exchange/national/").content.decode()


@pytest.mark.urls("tests.exchange.national.urls")
def test_without_a_staging_database_the_page_says_so(client: Client, settings: Any) -> None:
    settings.EXCHANGE_URL = ""
    sign_in(client, hired("data_officer"))
    answer_ = client.get("/exchange/national/", headers={"accept-language": "zh-hans"})
    assert answer_.status_code == 200
    assert "LUODI_EXCHANGE_URL" in answer_.content.decode()
