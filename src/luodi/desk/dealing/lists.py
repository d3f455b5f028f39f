"""Talks and promises as files: promises filtered as their page is, what every round changed, and what was approved."""

from collections.abc import Callable, Iterator

from luodi.accounts.gate import SignedIn
from luodi.dealings import readers
from luodi.dealings.readers import ClauseRow
from luodi.desk.dealing import telling
from luodi.desk.dealing.promise_views import asked, named
from luodi.desk.own import own_project
from luodi.desk.views import found
from luodi.domain.dealings.terms import said
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown

SIZE = 500

PROMISES = (
    Shown(Text("项目", "Project"), 30), Shown(Text("承诺方", "Side"), 10), Shown(Text("承诺事项", "What was promised"), 22),
    Shown(Text("用于", "What for"), 16), Shown(Text("承诺值", "Promised"), 18), Shown(Text("实际", "Came"), 18),
    Shown(Text("兑现比例", "Share"), 10), Shown(Text("晚于承诺（天）", "Days late"), 12),
    Shown(Text("责任单位", "Who owes it"), 28),
    Shown(Text("期限", "By"), 12), Shown(Text("状态", "State"), 12), Shown(Text("是否超期", "Overdue"), 10),
    Shown(Text("证据", "Evidence"), 30), Shown(Text("原因", "Reason"), 24), Shown(Text("依据文件", "Paper"), 30),
    Shown(Text("原任职务", "Office held then"), 18), Shown(Text("原承诺人", "Whose word"), 12), Shown(Text("示例", "Sample"), 8),
)  # fmt: skip
ROUNDS = (
    Shown(Text("轮次", "Round"), 8), Shown(Text("日期", "Day"), 12), Shown(Text("我方", "Our side"), 26),
    Shown(Text("对方", "Their side"), 26), Shown(Text("条款", "Term"), 24), Shown(Text("承诺方", "Side"), 10),
    Shown(Text("变化", "Change"), 8), Shown(Text("原为", "Was"), 18), Shown(Text("现为", "Now"), 18),
    Shown(Text("谁让步", "Who moved"), 14), Shown(Text("未决问题", "Open points"), 40),
    Shown(Text("报价有效期", "Offer holds until"), 12),
    Shown(Text("结果", "Outcome"), 10), Shown(Text("登记人", "Entered by"), 12), Shown(Text("示例", "Sample"), 8),
)  # fmt: skip
APPROVALS = (
    Shown(Text("条款", "Term"), 24), Shown(Text("批准到", "Up to"), 18), Shown(Text("依据", "On what ground"), 36),
    Shown(Text("批准人", "Approved by"), 14), Shown(Text("时间", "At"), 18),
)  # fmt: skip
OUTCOMES = (Text("终止", "ended"), Text("签约", "signed"))


def promises(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The promises of `/promises/` by the same filters, or of one project (`project=slug`).  Two queries for every 500."""
    slug = request.GET.get("project", "")
    project = found(request, slug, "dealing.read").id if slug else None
    yield from _promises(request, project, lambda row: named(request, row))


def own_promises(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The promises of an enterprise's own project (`project=slug`), as its page in the portal shows them."""
    project = own_project(request, request.GET.get("project", ""), "promise.own")
    yield from _promises(request, project.id, lambda row: telling.masked(row.official))


def _promises(
    request: SignedIn, project: int | None, official: Callable[[ClauseRow], str]
) -> Iterator[tuple[object, ...]]:
    wanted, today, skip = asked(request)[1], telling.today(request), 0
    reach = request.acting.reach if project is None else None
    while rows := readers.clauses(
        zones=reach, project=project, wanted=wanted, today=today, limit=SIZE, skip=skip, as_of=request.as_of
    ):
        for one in rows:
            late = telling.overdue(one.state, one.due, today)
            yield (
                one.project_name, telling.SIDES[one.side], telling.kind(one.term).name, one.term.subject or None,
                said(one.term), said(one.actual) if one.actual else None, telling.part(one) or None, telling.days_late(one),
                one.owner_name, one.due, telling.STATES[one.state], "▲" if late else None, last(one, "evidence"),
                last(one, "reason"), one.document, one.office or None, official(one) or None,
                "✓" if one.sample else None,
            )  # fmt: skip
        skip += len(rows)


def last(row: ClauseRow, name: str) -> str | None:
    """What the newest finding that says it says."""
    return next((value for one in reversed(row.outcomes) if (value := str(getattr(one, name)))), None)


def rounds(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """Every round of a project (`project=slug`), the last first, a row for each term it changed.  Five queries."""
    project = found(request, request.GET.get("project", ""), "dealing.read")
    ended = readers.ended(project.id, request.as_of)
    for step in telling.steps(readers.rounds(project.id, request.as_of), ended):
        one, over = step.round, ended.get(step.round.number)
        about = (one.number, one.on, one.ours, one.theirs)
        rest = (
            "；".join(one.points) or None, one.holds_until, OUTCOMES[over.signed] if over else None, one.who or None,
            "✓" if one.sample else None,
        )  # fmt: skip
        for change in step.changes:
            rule = telling.kind(change.term)
            name = Text(*(f"{each} {change.term.subject}".strip() for each in (rule.name.zh, rule.name.en)))
            was, now = (said(term) if term else None for term in (change.was, change.now))
            moved = telling.MOVED[change.moved]
            yield (*about, name, telling.SIDES[rule.side], telling.WHAT[change.what], was, now, moved, *rest)
        if not step.changes:
            yield (*about, None, None, None, None, None, None, *rest)


def approvals(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """What was approved for a project above authority (`project=slug`).  Three queries."""
    project = found(request, request.GET.get("project", ""), "dealing.read")
    for one in readers.approvals(project.id, request.as_of):
        yield telling.kinds()[one.offer.kind].name, telling.offered(one.offer), one.document, one.who, one.at
