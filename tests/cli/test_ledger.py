"""`luodi ledger`: proved with 0, every fault in words with 1, balances as figures."""

import pytest
from tests.ledgers.accounts import AT, LAND, mu, officer, province, reserved

from luodi.cli import main
from luodi.ledgers import actions, promising
from luodi.ledgers.models import Account

pytestmark = pytest.mark.django_db


def run(capsys, *words):
    code = main(["ledger", *words])
    return code, capsys.readouterr().out


def test_a_sound_ledger_is_proved(capsys):
    *_, zone = province()
    promising.post(promises=[reserved(zone, "60 亩")], document="批复", by=officer(), at=AT)
    assert run(capsys, "check") == (0, "核验通过：5 个账户、5 笔、1 项承诺、3 条留痕、0 次对账\n")
    assert run(capsys, "check", "--lang", "en")[1].startswith("proved: 5 accounts, 5 steps")


def test_every_fault_is_said(capsys):
    *_, zone = province(size="3400 亩")
    paper = "省厅 6 月 30 日通知"
    actions.assert_balance(
        account=zone, on=AT.date().replace(day=1), figure="inward", amount=mu(3500), document=paper, by=officer(), at=AT
    )
    Account.objects.filter(pk=zone).update(inward=mu(3500))
    code, out = run(capsys, "check")
    assert code == 1
    assert f"{LAND}/2026/zone/z: 账户余额为 35000000，按明细重算为 34000000" in out
    assert f"《{paper}》" in out
    assert "应为 3,500\u2009亩" in out
    assert "2 处问题" in out


def test_balances_are_figures_with_units(capsys):
    *_, zone = province()
    promising.post(promises=[reserved(zone, "60 亩")], document="批复", by=officer(), at=AT)
    code, out = run(capsys, "balance", LAND)
    assert code == 0
    assert "zonez · 新增建设用地计划指标 2026  下达 100  已核销 60  承诺 0  预留 0  可用 40  亩" in out
    assert "项目p · 新增建设用地计划指标 2026  已核销 60  承诺中 0  亩" in out
    assert "下达 0" in run(capsys, "balance", LAND, "--holder", "z", "--at", "2026-10-31")[1]
    assert run(capsys, "balance", "--holder", "nowhere", "--lang", "en") == (0, "there is no such account\n")
    assert run(capsys, "balance", "gold")[0] == 2
