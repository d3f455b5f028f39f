"""Every operation × every kind of post: refused where the table of rights gives nothing, and never where it gives something.

The same as tests/accounts/test_matrix.py does for pages; the arguments name nothing that exists, so what is allowed is
answered by 200, 400, 404 or 422, and only a missing right by 403.
"""

import re

import pytest
from tests.api.program import Program
from tests.people import OWN, hired

from luodi.accounts.access import Scope, access
from luodi.accounts.offices import offices
from luodi.api.operations import Operation, operations

KINDS = tuple(offices().posts)


def filled(one: Operation) -> str:
    """The address with something in place of its arguments; nothing of that name exists."""
    known = {"slug": "nothing-here", "number": "none-2026-000000", "zone": OWN, "matter": "project_filing", "year": "2026",
             "seq": "1", "verb": "accept"}  # fmt: skip
    path = re.sub(r"{int:(?!year|seq)\w+}", "999999999", one.route)
    path = re.sub(r"{(?:\w+:)?(\w+)}", lambda found: known.get(found[1], "999999999"), path)
    return path.removeprefix("/api/v1")


def test_every_operation_says_which_right_it_needs() -> None:
    assert len(operations()) > 70
    assert {one.function for one in operations()} <= set(access().functions)
    assert all(one.summary and one.tag for one in operations())
    names = [one.name for one in operations()]
    assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_nothing_is_answered_without_a_token() -> None:
    stranger = Program()
    open_doors = [one.route for one in operations() if stranger.ask(one.method, filled(one))[0] != 401]
    assert not open_doors


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_post_reaches_what_the_table_gives_it(kind: str) -> None:
    program = Program(hired(kind))
    wrong = []
    for one in operations():
        body = None if one.method == "GET" else FITTING.get(one.name, {"seq": 1})
        status, said = program.ask(one.method, filled(one), body)
        scope = access().scope(one.function, kind)
        if one.name == "record_project" and scope is Scope.PROJECT:
            continue  # a project that is not there yet is nobody's: whoever records only their own records no new one
        holds = scope is not Scope.NONE
        if status >= 500 or (not holds and status not in (403, 422)) or (holds and status == 403):
            wrong.append(f"{one.method} {one.route} ({one.function}): {status} {said} for {kind}")
    assert not wrong, "\n".join(wrong)


FITTING: dict[str, dict[str, object]] = {
    "case_answer": {"asking": 1, "opinion": "agree"}, "open_case": {"matter": "project_filing"}, "dispatch": {},
    "find_relic": {"found": "古墓"}, "decide_offer": {}, "close_order": {}, "debt_remind": {}, "debt_hand_in": {},
    "debt_exchange": {}, "debt_repair": {"note": "已改正"}, "halt_stopped": {}, "record_project": {"document": "{}"},
    "prove_order": {"evidence": "已办"}, "solve_visit": {"result": "已办"}, "answer_request": {"text": "已办"},
    "ask_request": {"kind": "land", "text": "用地"}, "rate": {"case": 1, "stars": 5},
    "add_notice": {"title": "通知", "year": 2090, "holidays": [{"zh": "元旦", "first": "2090-01-01", "last": "2090-01-01"}]},
    "add_day": {"title": "通知", "day": "2026-11-04", "name": "放假", "try_only": True},
    "record_person": {"username": "p1", "name": "王敏"},
    "appoint": {"username": "nobody", "organisation": 1, "kind": "navigator", "starts": "2026-01-01", "document": "任命"},
    "end_post": {"ends": "2026-01-01", "reason": "离任"}, "lift_lock": {"reason": "核实"},
    "record_organisation": {"code": "x1", "kind": "nothing", "zh": "单位", "starts": "2026-01-01"},
    "end_session": {"person": 999999999, "reason": "核实"}, "give_password": {"username": "nobody", "reason": "忘记"},
    "export_record": {"reason": "审计", "project": "nothing-here"}, "issue_paper": {"kind": "decision"},
    "withdraw_paper": {"reason": "作废"}, "settle_sheet": {"columns": {}}, "take_sheet": {},
    "take_sheet_back": {"reason": "导错"},
    "resend_row": {"table": "x", "key": "x", "number": 1}, "begin_form": {"project": "nothing-here"},
    "save_form": {"seq": 0, "words": {}}, "confirm_form": {}, "give_mandate": {"post": None}, "begin_phase": {},
    "submit_form": {"seq": 0}, "detach": {}, "read_notices": {},
    "record_lead": {"zone": OWN, "company": "甲", "title": "厂", "contacted": "2026-11-01"},
    "record_round": {"after": 0, "on": "2026-11-01", "ours": "甲", "theirs": "乙", "terms": []},
    "approve_offer": {"kind": "land", "value": "1 亩", "document": "纪要"}, "find_promise": {"seen": 0, "state": "kept"},
    "reach_stage": {"stage": "talks", "on": "2026-11-01"}, "set_status": {"status": "lost", "on": "2026-11-01"},
    "take_step": {"step": "回访"},
    "keep_view": {"page": "projects", "name": "x"}, "change_view": {"name": "x", "shared": False, "usual": False},
    "remove_view": {}, "restore_view": {}, "begin_many": {"rows": {}}, "undo_many": {},
    "add_channel": {"kind": "email", "target": "a@example.cn"}, "change_channel": {}, "switch_off_channel": {},
    "enter_figure": {"zone": OWN, "indicator": "none", "period": "2026-08", "source": "x"},
    "enter_profile": {"item": "x", "on": "2026-08-01", "source": "x"},
    "end_profile": {"item": "x", "on": "2026-08-01", "source": "x"},
    "join_chain": {"role": "member", "name": "甲", "zone": OWN, "source": "x"},
    "leave_chain": {"ends": "2026-08-01", "source": "x"},
    "begin_chain": {"code": "x", "name": "链", "zone": OWN, "source": "x"},
    "claim_chain": {"on": "2026-08-01", "about": "x", "source": "x", "firms": 1},
    "grant_money": {"kind": "loan", "name": "x", "lender": "x", "parts": [{"amount": "1"}], "document": "x"},
    "draw_money": {"amount": "1", "on": "2026-08-01", "document": "x"},
    "open_node": {"zone": "nowhere", "code": "x", "kind": "x", "name": "x", "capacity": "1 MVA", "document": "x"},
    "reach_event": {"project": "nothing-here", "event": "x", "on": "2026-08-01", "source": "x"},
    "open_round": {"zone": "nowhere", "name": "x", "on": "2026-08-01"},
    "enter_round": {"entries": [{"project": "x", "group": "x", "evidence": "x"}]}, "leave_round": {"entered": 1, "why": "x"},
    "watch_firm": {"uscc": "0" * 18, "name": "x", "zone": "nowhere"},
    "note_firm": {"kind": "left", "on": "2026-08-01", "source": "x"},
    "set_conditions": {"seq": 1, "values": {}}, "record_investors_promise": {"seq": 1, "values": {}},
    "check_parcel": {"seq": 1, "values": {}, "stage": "completion", "on": "2026-08-01", "evidence": "x"},
    "record_building": {"number": "1", "name": "x", "kind": "plant", "floor_area": 1, "vacant": 0},
    "take_out_parcel": {"seq": 1, "reason": "x"}, "withdraw_layer": {"zone": OWN, "layer": "x", "version": 1, "reason": "x"},
    "reserve": {"wanted": [{"account": 1, "amount": "1 亩"}], "expires": "2026-12-01"},
    "allot_quota": {"target": 1, "amount": "1 亩", "document": "x"}, "reverse_step": {"step": 1, "reason": "x"},
    "assert_account": {"on": "2026-08-01", "figure": "inward", "amount": "1 亩", "document": "x"},
    "seal_chart": {"size": "a0"}, "withdraw_chart": {"reason": "x"}, "weigh_many": {"rows": {}},
    "try_channel": {}, "send_again": {}, "make_feed": {"about": "person"}, "revoke_feed": {},
    "open_review": {"subject": "项目"}, "give_opinion_with_files": {}, "finish_task_with_files": {},
    "ask_expert": {"review": 1, "check": "none", "expert": "甲", "office": "乙", "due": "2026-11-01"},
    "renew_link": {"due": "2026-11-01"}, "revoke_link": {"why": "发错"}, "give_opinion": {"view": "agree"},
    "begin_task": {"on": "2026-11-01"}, "finish_task": {"on": "2026-11-01", "paper": "初稿"},
    "found_force": {"name": "专班", "document": "文", "starts": "2026-11-01", "ends": "2026-11-02"},
    "join_force": {"post": 1, "role": "none", "starts": "2026-11-01", "ends": "2026-11-02"},
    "roster_duty": {"post": 1, "since": "2026-11-01"}, "change_duty": {"to": None, "why": "病"},
    "move_force_end": {"ends": "2026-11-02", "why": "延长", "document": "文"},
    "leave_force": {"ends": "2026-11-02", "why": "回原单位"}, "close_log": {"result": "已办"},
    "ask_service": {"service": "none", "text": "十人", "wanted": "2026-11-02"}, "answer_service": {"answer": "已订"},
    "write_log": {"on": "2026-11-01", "done": "平场"}, "hand_over": {"owner": None, "on": "2026-11-01"},
    "amend_lead": {"company": "甲", "title": "厂", "contacted": "2026-11-01", "seq": 1}, "join_leads": {"into": None},
    "score_lead": {"marks": [1, 1, 1, 1]}, "claim_contact": {"name": "甲", "on": "2026-11-01", "evidence": "名片"},
    "share_credit": {"shares": [{"name": "甲", "share": 1}], "on": "2026-11-01", "ground": "纪要"},
    "add_lead_person": {"name": "甲"}, "open_number": {}, "land_lead": {}, "report_meeting": {"said": "谈了"},
    "record_meeting": {"kind": "none", "title": "会", "on": "2026-11-01"},
    "sign_round": {"after": 1, "on": "2026-11-01", "document": "协议", "owed": []},
    "withdraw_talks": {"after": 1, "why": "另有选择"},
    "record_promise": {"kind": "jobs", "value": "1人", "owner": 1, "due": "2026-11-01", "document": "文"},
}  # fmt: skip
"""Bodies that follow the description, so that the answer is about the right and not about the body."""
