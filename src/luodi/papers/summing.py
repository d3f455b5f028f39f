"""Papers over many cases: the list of a completion acceptance, the ledger of a unit, the monthly brief of a zone."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from luodi.accounts.readers import Unit, organisation, organisations
from luodi.cases.readers import Row, case, inbox, overdue_by_unit, standing_of, tallies
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import SHANGHAI, day_of
from luodi.domain.documents import papers as made
from luodi.domain.documents import summaries as sums
from luodi.domain.documents.kinds import kind
from luodi.domain.handling.askings import opinions
from luodi.domain.handling.causes import causes
from luodi.domain.handling.states import State, state_rules
from luodi.domain.vocabulary import Refusal, Text
from luodi.papers.gathering import Gathered, Office, subject_of
from luodi.plans.readers import lost_by_cause, lost_by_unit
from luodi.projects.readers import project as project_of
from luodi.zones.readers import may_decide, subtree, zone

TOGETHER = ("joint_acceptance", "joint_survey")
MOST_ROWS, PAGE = 2000, 500
MONTH = ("opened", "decided", "corrected")


def of_completion(number: str, at: datetime) -> Gathered:
    """What every unit said at the completion acceptance of a case.  Twelve queries.  Raises `Refusal` (`no_such_case`)."""
    page = case(number, now=at)
    recorded = project_of(page.row.project) if page else None
    if page is None or recorded is None:
        raise Refusal("no_such_case")
    asked = [one for one in page.askings if one.kind in TOGETHER]
    wanted = kind("completion")
    if not asked:
        raise Refusal("nothing_to_issue", case=number, kind=wanted.name)
    words, silent = opinions(), Text("未答复", "no answer")
    rows = tuple(
        sums.Opinion(
            one.organisation_name, page.matter.name, words.get(one.opinion, silent),
            day_of(one.answered_at) if one.answered_at else None, one.answer,
        )
        for one in asked
    )  # fmt: skip
    said = {one.opinion for one in asked}
    result = (
        Text("尚未形成", "still open") if "" in said else Text("不通过", "not passed") if "object" in said
        else Text("有条件通过", "passed on conditions") if "conditions" in said else Text("通过", "passed")
    )  # fmt: skip
    subject = subject_of(recorded.file, number, page.matter.name, page.matter.legal_basis, page.row.opened_at)
    row, on = page.row, day_of(at)
    power = may_decide(row.organisation, row.matter, on)
    office = Office(row.organisation, row.organisation_code, row.organisation_name, power.document if power else "")
    return Gathered(
        kind=wanted, subject=f"completion:{number}", case=number, project=recorded.id, slug=recorded.slug,
        zone=row.zone, office=office, issued=on, build=lambda head: sums.Completion(head, subject, rows, result),
        matter=page.matter.name,
    )  # fmt: skip


def of_ledger(code: str, since: date, until: date, at: datetime) -> Gathered:
    """The cases of an organisation that lay before it in a span of days, at most 2,000.  A query for each 500.

    Raises `Refusal`: `no_such_organisation` for an unknown code, `ledger_too_long` for more rows.
    """
    unit = _unit(code)
    found = [one for one in (*_rows(unit.id, at, False), *_rows(unit.id, at, True)) if _lay(one, since, until)]
    if len(found) > MOST_ROWS:
        raise Refusal("ledger_too_long", most=MOST_ROWS)
    matters, states = load().matters, state_rules()
    rows = tuple(
        sums.LedgerRow(
            one.number, one.project_name, matters[one.matter].name, _day(one.accepted_at), one.due, one.promise_due,
            _day(one.closed_at), one.used, states[State(one.state)].name, one.light, one.handler,
        )
        for one in sorted(found, key=lambda row: row.number)
    )  # fmt: skip
    return Gathered(
        kind=kind("ledger"), subject=f"ledger:{code}:{since}:{until}", case="", project=None, slug="", zone=unit.zone,
        office=Office(unit.id, unit.code, unit.name, ""), issued=day_of(at),
        build=lambda head: sums.Ledger(head, unit.name, since, until, rows),
    )  # fmt: skip


def of_brief(zone_: str, year: int, month: int, at: datetime) -> Gathered:
    """The month of a zone and its parks, from the sums that acts keep.  Ten queries, whatever the number of cases.

    Raises `Refusal` (`no_office_to_issue`): a zone without a committee.
    """
    place = zone(zone_)
    offices = organisations(kind="committee", zones=[zone_], on=day_of(at))
    if place is None or not offices:
        raise Refusal("no_office_to_issue", zone=zone_)
    zones = subtree(zone_)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    rows = _by_unit(zones, first, last, day_of(at))
    stands = standing_of(zones, day_of(at))
    decided = sum(row.decided for row in rows)
    figures = (
        made.Fact(Text("本月接件", "Received"), f"{sum(row.opened for row in rows):,}"),
        made.Fact(Text("本月办结", "Decided"), f"{decided:,}"),
        made.Fact(Text("签发日在办", "Open when issued"), f"{stands.open:,}"),
        made.Fact(Text("签发日超期", "Overdue when issued"), f"{stands.overdue:,}"),
    )
    named, start = causes(), datetime.combine(first, time(), SHANGHAI)
    why = tuple(
        made.Fact(named[one.key].name if one.key in named else Text(one.key, one.key), f"{one.lost} 天")
        for one in lost_by_cause(zones=zones, since=start, as_of=_end(last))[:6]
        if one.lost
    )
    unit = offices[0]
    return Gathered(
        kind=kind("brief"), subject=f"brief:{zone_}:{year}-{month:02}", case="", project=None, slug="", zone=zone_,
        office=Office(unit.id, unit.code, unit.name, ""), issued=day_of(at),
        build=lambda head: sums.Brief(head, place.name, f"{year}年{month}月", figures, rows, why),
    )  # fmt: skip


def _by_unit(zones: Collection[str], first: date, last: date, today: date) -> tuple[sums.BriefRow, ...]:
    counts: dict[str, dict[str, int]] = {}
    for one in tallies(zones, since=first, until=last, by="unit"):
        counts.setdefault(one.of, {})[one.measure] = one.count
    late = {one.of: one.count for one in overdue_by_unit(zones, today=today)}
    start = datetime.combine(first, time(), SHANGHAI)
    lost = {one.key: one.lost for one in lost_by_unit(zones=zones, since=start, as_of=_end(last))}
    names = load().units
    rows = [
        sums.BriefRow(
            names[unit], found.get("opened", 0), found.get("decided", 0), found.get("corrected", 0), late.get(unit, 0),
            lost.get(unit, 0),
        )
        for unit, found in counts.items()
        if unit in names and any(found.get(one) for one in MONTH)
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (-row.overdue, -row.decided)))


def _rows(organisation_: int, at: datetime, closed: bool) -> list[Row]:
    found: list[Row] = []
    after: str | None = None
    while len(found) <= MOST_ROWS:
        page = inbox(now=at, organisations=[organisation_], closed=closed, after=after, limit=PAGE)
        found += page.rows
        after = page.next
        if after is None:
            break
    return found


def _lay(one: Row, since: date, until: date) -> bool:
    ended = _day(one.closed_at)
    return day_of(one.opened_at) <= until and (ended is None or ended >= since)


def _unit(code: str) -> Unit:
    found = organisation(code)
    if found is None:
        raise Refusal("no_office_to_issue", zone=code)
    return found


def _day(at: datetime | None) -> date | None:
    return day_of(at) if at else None


def _end(last: date) -> datetime:
    return datetime.combine(last + timedelta(days=1), time(), SHANGHAI)
