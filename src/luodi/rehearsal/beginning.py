"""How a project begins, and its milestones: recorded, its team, the announced plan; building, completion, production."""

from datetime import datetime, timedelta

from luodi.accounts.acting import Acting
from luodi.domain.clock.office import day_of
from luodi.domain.events.canonical import Json
from luodi.plans.actions import Cause
from luodi.plans.bulk import announced, plan_of
from luodi.rehearsal.cast import Player
from luodi.rehearsal.story import Story

TEAM = {"navigator": "navigator", "leader": "leader", "investment_officer": "investment"}


def begin(story: Story, at: datetime) -> None:
    """First contact: the file is recorded and the team named; some days later the plan is announced."""
    by = story.cast.navigator(day_of(at), story.chance.of("recorder"))
    story.record(by, at)
    for kind, role in TEAM.items():
        if players := story.cast.all((kind,), day_of(at)):
            _join(story, story.chance.of(role).pick(players), role, by, at)
    _join(story, Player(story.agent, day_of(at), None), "agent", by, at)
    chance = story.chance.of("announcing")
    moment = chance.after(at, chance.days("announce"), story.calendar.days)
    story.calendar.at(moment, lambda now: announce(story, now))


def announce(story: Story, at: datetime) -> None:
    """The plan is told to everybody, and the first matters may be dispatched."""
    today = day_of(at)
    found = plan_of(story.subject.file, today)
    if found is not None:
        by = story.cast.one(("leader", "navigator"), today, story.chance.of("announcer"))
        payload: dict[str, Json] = {
            "revision": 1, "target": found.span.to_id, "finish": found.span.finish, "digest": story.digest(),
        }  # fmt: skip
        entry = story.tie("plan.announced", by, at, payload)
        where = (story.subject.id, story.subject.zone)
        story.forecasts = announced(*where, found, story.document.text, at=at, entry=entry)
        story.planned = {one.matter: (one.start, one.finish) for one in found.steps}
    story.look(story, at)
    signed = story.subject.file.milestones["signed"]
    if signed > today:  # what waits for the signature may begin then
        moment = story.chance.of("signing").moment(story.calendar.days.next_workday(signed))
        story.calendar.at(moment, lambda now: story.look(story, now))


def milestones(story: Story, at: datetime) -> None:
    """Whatever has become possible now happens some days later: building starts, is completed, production begins."""
    chance, days = story.chance.of("works"), story.calendar.days
    if story.may_reach("construction_start"):
        _reach(story, "construction_start", chance.after(at, chance.days("start_works"), days))
    begun = story.subject.file.milestones.get("construction_start")
    if begun is not None and story.may_reach("completion"):
        length = timedelta(days=chance.of("length").days("works"))
        _reach(story, "completion", max(chance.moment(days.next_workday(begun + length)), chance.after(at, 1, days)))
    if story.may_reach("production"):
        _reach(story, "production", chance.after(at, chance.days("run_in"), days))


def reached(story: Story, milestone: str, at: datetime) -> None:
    """A milestone lies behind; an open stop of works puts it off."""
    today = day_of(at)
    if milestone in story.ledger.frozen(today):
        moment = story.chance.of("put_off", milestone, str(today)).after(at, 3, story.calendar.days)
        story.calendar.at(moment, lambda now: reached(story, milestone, now))
        return
    story.reach(milestone, story.cast.navigator(today, story.chance.of("reached", milestone)), at)
    entry = story.strand.records[-1].hash
    story.tell(Cause("facts_changed", entry=entry), at)
    story.look(story, at)


def _reach(story: Story, milestone: str, moment: datetime) -> None:
    story.coming.add(milestone)
    story.calendar.at(moment, lambda now: reached(story, milestone, now))


def _join(story: Story, player: Player, role: str, by: Acting, at: datetime) -> None:
    """Put somebody on the team; whoever comes after them takes over on the day the post changes hands."""
    starts = max(day_of(at), player.starts)
    story.tie("project.member_assigned", by, at, story.folder.join(player.acting.post, role, starts, player.ends))
    if player.ends is not None:
        day = story.calendar.days.next_workday(player.ends + timedelta(days=1))
        moment = story.chance.of("handover", role).moment(day)
        story.calendar.at(moment, lambda now: _take_over(story, player, role, now))


def _take_over(story: Story, player: Player, role: str, at: datetime) -> None:
    if following := story.cast.all((player.acting.kind,), day_of(at)):
        by = story.cast.navigator(day_of(at), story.chance.of("handover", role))
        _join(story, story.chance.of("successor", role).pick(following), role, by, at)
