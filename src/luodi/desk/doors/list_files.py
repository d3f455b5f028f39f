"""Lists as files: what a page shows, filtered as its address says, all of it, as Excel, CSV or a page to print.

A page offers it by `{{ files("orders") }}` (desk/files.html); where its own address names the project, `project=slug`.
The record is in no list here: taking it away is the auditor's, and is itself recorded (accounts/audit_views.py).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs, require
from luodi.desk.dealing import lists as dealing_lists
from luodi.desk.doors import list_kept, list_led, list_rows, list_stood, list_words
from luodi.desk.doors.sheet_views import as_file
from luodi.desk.land import lists as land_lists
from luodi.desk.moments import moment
from luodi.desk.pipeline import files as pipeline
from luodi.desk.quota import lists as ledger_lists
from luodi.desk.region import listing as region_rows
from luodi.desk.results import lists as results
from luodi.desk.tongue import language
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets import export
from luodi.exchange.sheets.export import Shown

PRINTED = 2_000
"""Rows of a page to print; a longer list is printed from the workbook, which repeats its heads on every sheet."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that can be had as a file.  `function`: what its page needs."""

    function: str
    title: Text
    columns: Sequence[Shown]
    rows: Callable[[SignedIn], Iterator[Sequence[object]]]


LISTS = {
    "projects": Listed("project.read", Text("项目", "Projects"), list_rows.PROJECTS, list_rows.projects),
    "leads": Listed("lead.read", Text("招商线索", "Leads"), pipeline.LEADS, pipeline.leads),
    "meetings": Listed("lead.read", Text("走访与活动", "Visits and events"), pipeline.MEETINGS, pipeline.held),
    "promises": Listed("dealing.read", Text("承诺", "Promises"), dealing_lists.PROMISES, dealing_lists.promises),
    "own_promises": Listed(
        "promise.own", Text("双向承诺", "Promises of both sides"), dealing_lists.PROMISES, dealing_lists.own_promises
    ),
    "rounds": Listed("dealing.read", Text("洽谈轮次", "Rounds of talks"), dealing_lists.ROUNDS, dealing_lists.rounds),
    "approvals": Listed(
        "dealing.read", Text("超权限批准", "Offers approved"), dealing_lists.APPROVALS, dealing_lists.approvals
    ),
    "inbox": Listed("case.read", Text("办件", "Cases"), list_rows.INBOX, list_rows.inbox),
    "debts": Listed("debt.read", Text("承诺与欠件", "Commitments and debts"), list_rows.DEBTS, list_rows.debts),
    "people": Listed("people.read", Text("人员与岗位", "People and posts"), list_rows.PEOPLE, list_rows.people),
    "halts": Listed("halt.read", Text("停工保护", "Stops of works"), list_led.HALTS, list_led.halts),
    "orders": Listed("supervision.read", Text("督办事项", "Orders"), list_led.ORDERS, list_led.orders),
    "visits": Listed("supervision.read", Text("领导走访", "Site visits"), list_led.VISITS, list_led.visits),
    "requests": Listed(
        "request.answer", Text("企业诉求", "Requests of enterprises"), list_led.REQUESTED, list_led.requests
    ),
    "ratings": Listed("request.answer", Text("好差评", "How handling is rated"), list_led.RATINGS, list_led.ratings),
    "campaigns": Listed("zone.read", Text("攻坚行动", "Campaigns"), list_led.CAMPAIGNS, list_led.campaigns),
    "mine": Listed("case.open", Text("我的项目", "My projects"), list_led.MINE, list_led.mine),
    "needed": Listed("case.read", Text("待办清单", "What is still needed"), list_led.NEEDED, list_led.needed),
    "standing": Listed("zone.read", Text("各区办件", "Cases by zone"), list_stood.STANDING, list_stood.by_zone),
    "lost": Listed("project.read", Text("得失天数", "Days lost and won"), list_stood.LOST, list_stood.lost),
    "tracked": Listed("request.write", Text("我的项目进度", "My projects"), list_stood.TRACKED, list_stood.tracked),
    "matters": Listed("account.own", Text("事项手册", "Handbook of matters"), list_kept.MATTERS, list_kept.matters),
    "days": Listed("account.own", Text("节假日与调休", "Holidays and make-up days"), list_kept.DAYS, list_kept.days),
    "region": Listed(
        "zone.read", Text("全省项目汇总", "Projects of the province"), region_rows.REGION, region_rows.region
    ),
    "region_zones": Listed(
        "zone.read", Text("开发区名录（按日）", "Zones on a day"), region_rows.ZONES, region_rows.zones
    ),
    "region_compare": Listed(
        "zone.read", Text("开发区对比", "Zones compared"), region_rows.COMPARED, region_rows.compared
    ),
    "region_chains": Listed("zone.read", Text("产业链", "Chains of industry"), region_rows.CHAINS, region_rows.members),
    "figures": Listed("indicator.read", Text("月度指标", "Key figures"), results.FIGURES, results.figures),
    "clock": Listed("indicator.read", Text("里程碑时钟", "Milestone clock"), results.CLOCK, results.clock),
    "lags": Listed("indicator.read", Text("滞后项目", "What lags"), results.LAGS, results.lags),
    "batches": Listed("indicator.read", Text("三个一批", "Three batches"), results.BATCHES, results.batches),
    "enrolment": Listed(
        "indicator.read", Text("应统未统项目", "Projects to enrol"), results.ENROLMENT, results.enrolment
    ),
    "firms": Listed("indicator.read", Text("培育企业", "Firms near the scale"), results.FIRMS, results.firms),
    "sizes": Listed("indicator.read", Text("投资规模分档", "Investment by size"), results.SIZES, results.sizes),
    "powers": Listed("powers.read", Text("授权清单", "Delegated powers"), list_kept.POWERS, list_kept.powers),
    "zones": Listed("powers.read", Text("开发区名录", "Zones and parks"), list_kept.ZONES, list_kept.registered),
    "units": Listed("people.read", Text("单位", "Organisations"), list_kept.UNITS, list_kept.units),
    "notices": Listed("notice.own", Text("通知", "Notices"), list_kept.NOTICES, list_kept.told),
    "papers": Listed("case.read", Text("办件文书", "Documents of a case"), list_kept.PAPERS, list_kept.issued),
    "imports": Listed("sheet.take", Text("导入的台账", "Ledgers handed in"), list_kept.IMPORTS, list_kept.imports),
    "failed": Listed(
        "exchange.read", Text("国家交换失败行", "Rows the exchange refused"), list_kept.FAILED, list_kept.failed
    ),
    "parcels": Listed("land.read", Text("地块", "Parcels"), land_lists.PARCELS, land_lists.parcels),
    "buildings": Listed(
        "land.read", Text("厂房与孵化楼", "Plants and incubator floors"), land_lists.BUILDINGS, land_lists.buildings
    ),
    "idle": Listed("land.read", Text("闲置土地", "Idle land"), land_lists.IDLE, land_lists.idle),
    "accounts": Listed("ledger.read", Text("指标台账", "Quota ledgers"), ledger_lists.ACCOUNTS, ledger_lists.accounts),
    "sessions": Listed("security.read", Text("登录会话", "Open sessions"), list_kept.SESSIONS, list_kept.sessions),
}


@require_GET
@needs("account.own")
def list_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """A list as a file: its own page's function decides who may have it.  As many queries as the list has pages of 500."""
    one = LISTS.get(kind)
    if one is None:
        raise Http404
    require(request.acting, one.function)
    rows, wanted = begun(one.rows(request)), request.GET.get("as", "xlsx")
    stem = f"{one.title[language()]}-{timezone.localdate(request.now)}"
    if wanted == "csv":
        pieces = export.write_csv(one.columns, rows, language=language())
        response = StreamingHttpResponse(pieces, content_type=export.CSV)
        response["Content-Disposition"] = content_disposition_header(True, f"{stem}.csv")
        return response
    about = about_of(request)
    if wanted == "print":
        return _printed(request, one, rows, about)
    data = export.write(one.columns, rows, title=one.title, language=language(), about=about)
    return as_file(data, f"{stem}.xlsx")


def begun(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The rows with the first already read: what may not be seen, or does not exist, is refused before the file begins."""
    first = next(rows, None)
    return iter(()) if first is None else chain((first,), rows)


def about_of(request: SignedIn) -> str:
    """The line under the title: the filters of the address, who had the list made, and when."""
    left_out = ("as", "after", "before", "case")
    asked = {key: request.GET.get(key, "") for key in request.GET if key not in left_out}
    filters = "，".join(list_words.said(key, value, language()) for key, value in asked.items() if value)
    moment = timezone.localtime(request.now).strftime("%Y-%m-%d %H:%M")
    return " · ".join(part for part in (filters, request.acting.label, moment) if part)


def _printable(value: object) -> tuple[object, bool]:
    """A value as it is printed, and whether its cell is kept on one line: days, moments and numbers are."""
    if isinstance(value, datetime):
        return moment(value), True
    return value, isinstance(value, date | int | float)


def _printed(request: SignedIn, listed: Listed, rows: Iterator[Sequence[object]], about: str) -> HttpResponse:
    shown: list[list[tuple[object, bool]]] = []
    more = False
    for row in rows:
        if len(shown) >= PRINTED:
            more = True
            break
        shown.append([_printable(value) for value in row])
    context = {"title": listed.title, "columns": listed.columns, "rows": shown, "about": about, "more": more}
    return render(request, "doors/sheet_print.html", context)
