"""What leaders and the enterprise of the demo have said: orders, visits, a campaign, requests, ratings, a plan to decide."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from luodi.accounts.acting import Acting
from luodi.cases.limits import OWNER
from luodi.domain.clock.office import day_of
from luodi.domain.handling.states import State
from luodi.journal.readers import last
from luodi.plans.actions import ask_for_offer
from luodi.rehearsal.story import Story
from luodi.supervision import actions

ORDERS = (
    # (days ago, due after, unit, decision, proof after; None: none yet)
    (24, 10, "power_grid", "220千伏专线10日内确定路由并报送接入方案（示例）", 8),
    (17, 12, "natural_resources", "用地红线与规划条件一次性核清，不得分次补正（示例）", None),
    (4, 9, "zone_committee", "倒排土地供应节点，每周一报进度（示例）", None),
)
MEETING = "项目推进周例会（示例）"
VISITS = (
    (6, "power_grid", 4, "施工临时用电容量不足，二期打桩受影响（示例）", ""),
    (11, "housing", 2, "图审意见往返两次，建议集中会审（示例）", "已组织集中会审，意见一次出齐（示例）"),
)
REQUESTS = (
    ("utilities", "首批设备下月进场，请协调临时供水接口（示例）", "已协调供水公司，三日内到场踏勘（示例）"),
    ("approval", "环评报告书评审时间能否提前安排？（示例）", ""),
)
RATINGS = ((5, "窗口一次讲清，没有多跑（示例）"), (4, ""), (2, "补正来了两次，耽误了一周（示例）"))


def supervise(stories: list[Story], *, at: datetime) -> None:
    """Everything on the zone's own record in order of time first, then what belongs to the project in full swing."""
    main = next(one for one in stories if one.thorough)
    today = day_of(at)
    leader = main.cast.one(("leader",), today, main.chance.of("chair"))
    navigator, units = main.cast.navigator(today, main.chance.of("answering")), _units(main)
    _campaign_and_orders(main, [one.subject.id for one in stories[:6]], leader, units, at)
    number, slug, zone = main.subject.id, main.subject.slug, main.subject.zone
    for place, (ago, unit, within, problem, result) in enumerate(VISITS):
        moment = at + timedelta(minutes=5 * place)
        visit = actions.note_visit(
            project=number, slug=slug, zone=zone, on=today - timedelta(days=ago), problem=problem, solver=units[unit],
            due=today + timedelta(days=within), by=leader, at=moment,
        )  # fmt: skip
        if result:
            solver = main.cast.officer(units[unit], today, main.chance.of("solving"))
            actions.solve_visit(visit=visit, result=result, on=today - timedelta(days=2), by=solver, at=moment)
    for place, (kind, text, said) in enumerate(REQUESTS):
        moment = at + timedelta(minutes=15 + 10 * place)
        asked = actions.ask(
            project=number,
            slug=slug,
            zone=zone,
            kind=kind,
            text=text,
            navigators=(navigator.post,),
            by=main.agent,
            at=moment,
        )
        if said:
            actions.answer(request=asked, text=said, close=False, by=navigator, at=moment + timedelta(minutes=8))
    _rate(main, at + timedelta(minutes=40))
    ask_for_offer(project=main.subject.slug, by=leader, at=at + timedelta(minutes=45))


def _campaign_and_orders(
    main: Story, projects: list[int], leader: Acting, units: Mapping[str, int], at: datetime
) -> None:
    """Told in the past, where nothing stands on the zone's own record since; else now."""
    zone, known = main.subject.zone, last(f"zone:{main.subject.zone}")
    begun = at - timedelta(days=41)
    fresh = known is None or known.at < begun

    def then(days: int) -> datetime:
        return at - timedelta(days=days) if fresh else at

    actions.start_campaign(
        zone=zone, zh="攻坚100天（示例）", en="A hundred days (sample)", goal="百日内在办项目全部开工，超期件清零（示例）",
        starts=day_of(begun), ends=day_of(begun + timedelta(days=100)), projects=projects, by=leader, at=then(41),
    )  # fmt: skip
    told: list[tuple[datetime, int]] = []
    for ago, within, unit, decision, proof in ORDERS:
        due = day_of(then(ago) + timedelta(days=within))
        order = actions.give_order(
            zone=zone, project=None, slug="", meeting=MEETING, decision=decision, owner=units[unit], due=due, by=leader,
            at=then(ago),
        )  # fmt: skip
        if proof is not None:
            told.append((then(ago - proof), order))
    for moment, order in told:
        now = max(moment, then(ORDERS[-1][0]))
        owner = main.cast.officer(units[ORDERS[0][2]], day_of(now), main.chance.of("proving"))
        actions.prove_order(order=order, evidence="路由方案已确定，会议纪要已报送（示例）", by=owner, at=now)
        actions.close_order(order=order, by=leader, at=now + timedelta(hours=1))


def _rate(main: Story, at: datetime) -> None:
    """The enterprise rates what was decided last."""
    done = [row for row in main.ledger.rows if row.state == State.GRANTED and main.matters[row.matter].unit != OWNER]
    done.sort(key=lambda row: row.changed_at, reverse=True)
    for place, (row, (stars, note)) in enumerate(zip(done, RATINGS, strict=False)):
        actions.rate(
            case=row.pk, project=main.subject.id, slug=main.subject.slug, zone=main.subject.zone,
            unit=main.matters[row.matter].unit, stars=stars, note=note, by=main.agent, at=at + timedelta(minutes=place),
        )  # fmt: skip


def _units(main: Story) -> dict[str, int]:
    """The units of the zone by what the catalogue calls them."""
    prefix = f"{main.subject.zone}_"
    found = {code.removeprefix(prefix): number for number, code in main.cast.codes.items()}
    return {**found, "zone_committee": main.cast.committee}
