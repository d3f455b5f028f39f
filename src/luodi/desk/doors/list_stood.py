"""The rows of lists of how things stand: zones by their cases, what moved a project's end, and an enterprise's own projects."""

from collections.abc import Iterator

from django.utils import timezone

from luodi.accounts.gate import SignedIn
from luodi.desk.charting import answers, standing
from luodi.desk.leading import unit_views
from luodi.desk.views import found
from luodi.domain.handling.causes import causes
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.plans import readers as plans
from luodi.projects import readers as projects

STANDING = (
    Shown(Text("开发区", "Zone"), 36), Shown(Text("在办", "Open"), 10), Shown(Text("超期", "Overdue"), 10),
    Shown(Text("临期", "Last day"), 10),
)  # fmt: skip
LOST = (
    Shown(Text("变动（日历日）", "Moved (calendar days)"), 12), Shown(Text("原因", "Cause"), 26),
    Shown(Text("事项", "Matter"), 32), Shown(Text("单位", "Unit"), 26), Shown(Text("时间", "When"), 17),
    Shown(Text("经手", "Who"), 30), Shown(Text("理由", "Why"), 46), Shown(Text("原预测完成日", "Forecast before"), 12),
    Shown(Text("新预测完成日", "Forecast after"), 12), Shown(Text("办件", "Case"), 22),
)  # fmt: skip
TRACKED = (
    Shown(Text("项目", "Project"), 44), Shown(Text("预计日期", "Expected"), 12), Shown(Text("公布日期", "Announced"), 12),
    Shown(Text("晚（日历日）", "Late (calendar days)"), 12),
)  # fmt: skip


def by_zone(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The zones from which `/wall/` lets one choose."""
    names, rows = unit_views.zones_standing(request)
    for row in rows:
        yield names.get(row.zone, row.zone), row.open, row.overdue, row.at_risk


def lost(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """What moved the end of one project (`project`), as its chart has it.  Raises 404 as the chart does."""
    project, rules, known = (
        found(request, request.GET.get("project", ""), "project.read"),
        answers.catalogue(),
        causes(),
    )
    for one in standing.lost(request, project.slug):
        yield (
            one.days, known[one.cause].name if one.cause in known else one.what,
            rules.matters[one.matter].name if one.matter in rules.matters else None, rules.units.get(one.unit), one.at,
            one.who or None, "；".join(one.why) or None, one.was, one.now, one.number or None,
        )  # fmt: skip


def tracked(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The projects of `/my/`."""
    on = timezone.localdate(request.now)
    rows = projects.mine(post=request.acting.post, organisation=request.acting.organisation, on=on)
    late = {one.project: one for one in plans.lateness(slugs=[one.slug for one in rows], limit=None)}
    for row in rows:
        end = late.get(row.slug)
        yield row.name, *((end.forecast, end.announced, end.days) if end else (None,) * 3)
