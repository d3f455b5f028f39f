"""Figures by rows: each is entered once, a different one beside it; taking an import back restores what stood before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from luodi.accounts.acting import Acting
from luodi.accounts.gate import require
from luodi.domain.indicators.definitions import Indicator, definitions, indicator
from luodi.domain.indicators.periods import is_year
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.cells import Value, folded
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.loading.door import Line, Taken
from luodi.indicators import actions, readers
from luodi.indicators.actions import checked_period, entered_by_people, fits
from luodi.indicators.readers import Kept
from luodi.zones import readers as zones

FUNCTION = "indicator.write"
Subject = tuple[str, str, str, str, bool]
"""Zone, project, indicator, period, whether it is a target."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a row says, once its words are a zone, an indicator, a period and a number."""

    zone: str
    project: str
    rule: Indicator
    period: str
    target: bool
    amount: Decimal
    source: str

    @property
    def subject(self) -> Subject:
        """What it is a figure of."""
        return self.zone, self.project, self.rule.id, self.period, self.target


class Indicators:
    """The ledger of figures."""

    def __init__(self, by: Acting, today: date) -> None:
        self.by, self.today = by, today
        rules = definitions().indicators.values()
        self._rules = {folded(word): one for one in rules for word in (one.id, one.name.zh, one.name.en)}
        seen = [one for one in zones.zones(today) if by.reach is None or one.id in by.reach]
        self._zones = {folded(word): one.id for one in seen for word in (one.id, one.name.zh, one.name.en)}
        self._stands: dict[Subject, Decimal | None] = {}

    def look_up(self, rows: Sequence[Row]) -> None:
        """One query: what stands for the zones and periods of the rows."""
        meant = []
        for row in rows:
            try:
                meant.append(self._meant(row.values))
            except Refusal:
                continue  # said when the row has its turn
        found = readers.newest(zones={one.zone for one in meant}, periods={one.period for one in meant})
        self._stands |= {one.subject: one.amount for one in found}

    def foresee(self, row: Row, *, thoroughly: bool) -> Taken:
        """What a row would do.  No query.  Raises Refusal."""
        meant = self._meant(row.values)
        was = self._stands.get(meant.subject)
        self._stands[meant.subject] = meant.amount
        return Taken("same" if was == meant.amount else "new" if was is None else "changed", _named(meant))

    def take(self, row: Row, at: datetime) -> Taken:
        """Enter what the row says.  Raises Refusal, as the action does."""
        meant = self._meant(row.values)
        last = readers.latest(meant.zone, meant.project, meant.rule.id, meant.period, target=meant.target)
        if last is not None and last.amount == meant.amount:
            return Taken("same", _named(meant))
        number = actions.record_figure(
            zone=meant.zone, indicator_id=meant.rule.id, period_text=meant.period, amount=meant.amount, source=meant.source,
            target=meant.target, project=meant.project, by=self.by, at=at,
        )  # fmt: skip
        was = last.id if last is not None else None
        outcome = "changed" if last is not None and last.amount is not None else "new"
        return Taken(outcome, _named(meant), {"figure": number, "was": was})

    def take_back(self, line: Line, reason: str, at: datetime) -> None:
        """Enter what stood before.  Raises Refusal where the figure was entered anew since."""
        number, was = line.before.get("figure"), line.before.get("was")
        row = readers.kept(number) if isinstance(number, int) else None
        rule = indicator(row.indicator) if row else None
        if row is None or rule is None:
            return
        last = readers.latest(row.zone, row.project, row.indicator, row.period, target=row.target)
        if last is None or last.id != row.id:
            raise Refusal("figure_changed_since", name=rule.name, period=row.period)
        before: Kept | None = readers.kept(was) if isinstance(was, int) else None
        actions.record_figure(
            zone=row.zone, indicator_id=row.indicator, period_text=row.period, amount=before.amount if before else None,
            source=reason[:200], target=row.target, project=row.project, by=self.by, at=at,
        )  # fmt: skip

    def _meant(self, values: Mapping[str, Value]) -> Meant:
        """What a row says.  Raises Refusal beside the column that is wrong."""
        rule = self._rules.get(folded(str(values["indicator"])))
        if rule is None:
            raise Refusal("figure_no_such_indicator", field="indicator", id=str(values["indicator"])[:48])
        zone = self._zones.get(folded(str(values["zone"])))
        if zone is None:
            raise Refusal("figure_zone_unknown", field="zone", zone=str(values["zone"])[:64])
        require(self.by, FUNCTION, zone=zone)
        written = str(values["period"]).strip()
        target = is_year(written)
        period = checked_period(written, target=target, today=self.today)
        entered_by_people(rule.id, target=target)
        amount = _number(str(values["amount"]))
        fits(amount, rule)
        project = str(values.get("project", "")).strip()
        if bool(project) is not (rule.scope == "project"):
            code = "figure_of_project" if rule.scope == "project" else "figure_of_zone"
            raise Refusal(code, field="project", name=rule.name)
        return Meant(zone, project, rule, period, target, amount, str(values["source"]))


def _number(written: str) -> Decimal:
    try:
        found = Decimal(written.strip().replace(",", "").replace("，", "").removesuffix("%").removesuffix("％"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or len(written) > 40:
        raise Refusal("figure_unreadable", field="amount", value=written[:30])
    return found


def _named(meant: Meant) -> str:
    return f"{meant.zone}:{meant.project or '-'}:{meant.rule.id}:{meant.period}"
