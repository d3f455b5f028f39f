"""The rows of leads, visits and events as files: the same filters and reach as their pages."""

from collections.abc import Iterator

from luodi.accounts.gate import SignedIn
from luodi.desk.pipeline.asked import asked, sift
from luodi.desk.pipeline.views import today_of
from luodi.domain.leads.lists import lists
from luodi.domain.leads.money import YUAN
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.leads import meetings, readers
from luodi.leads.meeting import KINDS

SIZE = 500

LEADS = (
    Shown(Text("企业", "Company"), 36), Shown(Text("拟建内容", "What they would build"), 34),
    Shown(Text("统一社会信用代码", "Unified social credit code"), 22), Shown(Text("开发区", "Zone"), 26),
    Shown(Text("阶段", "Stage"), 12), Shown(Text("到达日期", "Since"), 12), Shown(Text("状态", "Status"), 12),
    Shown(Text("原因", "Reason"), 18), Shown(Text("预计投资（万元）", "Expected investment (10,000 yuan)"), 16),
    Shown(Text("行业", "Sector"), 16), Shown(Text("来源地", "Region of origin"), 12),
    Shown(Text("招商方式", "Way of attraction"), 18), Shown(Text("合作区域", "Partner programme"), 20),
    Shown(Text("首次对接", "First contact"), 12), Shown(Text("负责人", "Owner"), 12), Shown(Text("下一步", "Next step"), 34),
    Shown(Text("期限", "Due"), 12), Shown(Text("项目编号", "Project"), 20), Shown(Text("来源", "Source"), 30),
    Shown(Text("示例", "Sample"), 8),
)  # fmt: skip
MEETINGS = (
    Shown(Text("名称", "Title"), 40), Shown(Text("种类", "Kind"), 14), Shown(Text("日期", "Day"), 12),
    Shown(Text("开发区", "Zone"), 26), Shown(Text("地点", "Place"), 20), Shown(Text("我方", "Our side"), 26),
    Shown(Text("对方", "Their side"), 26), Shown(Text("谈了什么", "What was said"), 50),
    Shown(Text("名单行数", "Lines of its list"), 10), Shown(Text("与名单不符", "Figures not backed"), 12),
    Shown(Text("来源", "Source"), 30), Shown(Text("示例", "Sample"), 8),
)  # fmt: skip


def leads(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The leads of `/pipeline/list/`."""
    wanted, known, before = sift(request, asked(request.GET), today_of(request)), lists(), None
    while rows := readers.listed(wanted, before=before, limit=SIZE, as_of=request.as_of):
        for one in rows:
            sector, region = known.sectors.get(one.sector), known.regions.get(one.region)
            channel, programme = known.channels.get(one.channel), known.programmes.get(one.programme)
            yield (
                one.company, one.title, one.uscc, one.zone_name, known.stages[one.stage].name, one.staged,
                known.statuses[one.status].name, known.reasons[one.reason][0] if one.reason else None,
                None if one.amount is None else one.amount / YUAN, sector.name if sector else None,
                region.name if region else None, channel.name if channel else None, programme.name if programme else None,
                one.contacted, one.owner_name or None, one.step or None, one.due, one.project or None, one.source or None,
                "✓" if one.sample else None,
            )  # fmt: skip
        before = rows[-1].id


def held(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The visits and events of `/pipeline/meetings/`."""
    kind, skipped = request.GET.get("kind", ""), 0
    kinds = (kind,) if kind in KINDS else ()
    while rows := meetings.meetings(request.acting.reach, kinds=kinds, before=skipped, limit=SIZE, as_of=request.as_of):
        for one in rows:
            yield (
                one.title, KINDS[one.kind], one.on if one.exact else one.on.strftime("%Y-%m"),
                one.zone_name if one.zone else None, one.place, one.ours, one.theirs, one.said, len(one.items),
                len(one.wrong), one.source or None, "✓" if one.sample else None,
            )  # fmt: skip
        skipped += len(rows)
