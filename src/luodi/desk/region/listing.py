"""The rows of the province's lists as files: the same readers, filters and reach as the pages."""

from collections.abc import Iterator

from luodi.accounts.gate import SignedIn
from luodi.desk.region import comparing, sums, telling
from luodi.desk.region.asked import asked, city
from luodi.desk.region.compare_views import check, chosen_of
from luodi.desk.region.views import pipeline, registered
from luodi.domain.regions import published
from luodi.domain.vocabulary import Text
from luodi.exchange.sheets.export import Shown
from luodi.zones import chaining, chains, readers
from luodi.zones.registry import registry

REGION = (
    Shown(Text("所在市", "City"), 12), Shown(Text("开发区", "Zone"), 36), Shown(Text("行业大类", "Division"), 30),
    Shown(Text("大类代码", "Code"), 8), Shown(Text("阶段", "Stage"), 12), Shown(Text("项目数", "Projects"), 10),
    Shown(Text("总投资（万元）", "Investment (10,000 yuan)"), 18), Shown(Text("其中有投资额的项目", "With a known amount"), 12),
)  # fmt: skip
ZONES = (
    Shown(Text("开发区", "Zone"), 36), Shown(Text("类型", "Type"), 14), Shown(Text("级别", "Level"), 14),
    Shown(Text("所在市", "City"), 12), Shown(Text("主导产业", "Leading industries"), 44),
    Shown(Text("面积（平方公里）", "Area (km²)"), 10),
    Shown(Text("面积口径", "What area"), 24), Shown(Text("核实情况", "Confidence"), 14), Shown(Text("来源", "Source"), 50),
)  # fmt: skip
CHAINS = (
    Shown(Text("产业链", "Chain"), 24), Shown(Text("角色", "As"), 12), Shown(Text("名称", "Name"), 34),
    Shown(Text("位置", "Place"), 12), Shown(Text("围绕链主", "Around"), 30), Shown(Text("开发区", "Zone"), 30),
    Shown(Text("签约日期", "Signed"), 12), Shown(Text("投资（万元）", "Investment (10,000 yuan)"), 16),
    Shown(Text("来源", "Source"), 44),
)  # fmt: skip
COMPARED = (
    Shown(Text("分组", "Group"), 14), Shown(Text("指标", "Figure"), 30), *(
        Shown(Text(f"第{place}个", f"Zone {place}"), 36) for place in (1, 2, 3, 4)
    ),
)  # fmt: skip


def region(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The sums of `/region/`, one row a zone, division and stage."""
    found = pipeline(request)
    for one in sorted(found.rows, key=lambda row: (row.zone, row.division, row.stage)):
        zone = found.zones.get(one.zone)
        yield (
            sums.city_name(city(zone)) if zone else None, zone.name if zone else one.zone, sums.division_name(one.division),
            one.division, telling.stages()[one.stage], one.projects, one.invested / telling.WAN, one.known,
        )  # fmt: skip


def zones(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The registry of `/region/zones/`, on its day."""
    found, known = registered(request), published.known()
    levels, kinds = registry().levels, registry().kinds
    for one in found.rows:
        of = known.get(one.id, published.NOTHING)
        yield (
            one.name, kinds[one.kind], levels.get(one.level), one.city, comparing.joined(of.industries), of.area,
            of.area_about, telling.CONFIDENCE[one.confidence], one.source,
        )  # fmt: skip


def compared(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """The table of `/region/compare/`, the names of the zones in its first row.  Raises `Refusal` as the page does."""
    chosen = chosen_of(request, readers.zones())
    check(chosen)
    empty = (None,) * (4 - len(chosen))
    yield None, Text("开发区", "Zone"), *(one.name for one in chosen), *empty
    for row in comparing.rows(chosen, asked(request).on, request.now, request.as_of):
        cells = (Text(*(_cell(cell, language) for language in ("zh", "en"))) for cell in row.cells)
        yield row.group, row.name, *cells, *empty


def _cell(cell: comparing.Cell, language: str) -> str:
    said = cell.text[language]
    return f"{said} ({cell.line[language]})" if cell.line else said


def members(request: SignedIn) -> Iterator[tuple[object, ...]]:
    """Who belongs to which chain (or to one: `chain`), and what papers count."""
    names, than = {one.id: one.name for one in readers.zones()}, chains.later(request.as_of)
    wanted = request.GET.get("chain", "")[:64] or None
    chain_names = {one.id: one.name for one in chains.chains(than)}
    rows = chains.members(wanted, None, than)
    by_id = {one.id: one.name for one in rows}
    for one in rows:
        yield (
            chain_names[one.chain], chaining.ROLES[one.role], one.name, chaining.SIDES[one.side],
            by_id.get(one.around) if one.around else None, names.get(one.zone), one.signed,
            None if one.invested is None else one.invested / telling.WAN, one.source,
        )  # fmt: skip
    for claim in chains.claims(wanted, than):
        yield (
            chain_names[claim.chain], Text("报道所称", "published"), claim.about, None,
            by_id.get(claim.master) if claim.master else None, None, claim.on,
            None if claim.invested is None else claim.invested / telling.WAN, claim.source,
        )  # fmt: skip
