"""Movements of quota by rows: each is allotted by its paper once, and reversed when the import is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.accounts.gate import require
from luodi.domain.ledger.amounts import amount
from luodi.domain.ledger.kinds import Kind, kinds
from luodi.domain.vocabulary import Refusal, Text
from luodi.exchange.sheets.cells import Value, folded
from luodi.exchange.sheets.checking import Row
from luodi.exchange.sheets.loading.door import Line, Taken
from luodi.ledgers import actions, readers
from luodi.ledgers.readers import AccountRow

FUNCTION = "ledger.write"
Movement = tuple[str, int, int, int]
"""Paper, account it leaves, account it enters, amount."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a row says, once its words are accounts and its amount a whole number."""

    source: AccountRow
    target: AccountRow
    amount: int
    paper: str

    @property
    def movement(self) -> Movement:
        """What tells it from any other row."""
        return self.paper, self.source.id, self.target.id, self.amount


class Quotas:
    """The ledger of quota movements."""

    def __init__(self, by: Acting, today: date) -> None:
        self.by, self.today = by, today
        self._kinds = {folded(word): one for one in kinds().values() for word in (one.id, one.name.zh, one.name.en)}
        self._accounts: dict[tuple[str, str, str], list[AccountRow]] = {}
        for one in readers.accounts(zones=by.reach):
            for word in {folded(one.holder), folded(one.name.zh), folded(one.name.en)} - {""}:
                self._accounts.setdefault((one.quota, one.period, word), []).append(one)
        self._moved: set[Movement] = set()

    def look_up(self, rows: Sequence[Row]) -> None:
        """One query: what was moved already by the papers of the rows."""
        self._moved |= readers.moved({str(row.values.get("document", "")) for row in rows})

    def foresee(self, row: Row, *, thoroughly: bool) -> Taken:
        """What a row would do.  No query.  Raises Refusal."""
        meant = self._meant(row.values)
        known = meant.movement in self._moved
        self._moved.add(meant.movement)
        return Taken("same" if known else "new", _subject(meant))

    def take(self, row: Row, at: datetime) -> Taken:
        """Allot what the row says.  Raises Refusal, as the action does."""
        meant = self._meant(row.values)
        if meant.movement in readers.moved({meant.paper}):
            return Taken("same", _subject(meant))
        steps = actions.allot(
            route=(meant.source.id, meant.target.id), amount=meant.amount, document=meant.paper, by=self.by, at=at
        )
        return Taken("new", _subject(meant), {"step": steps[0]})

    def take_back(self, line: Line, reason: str, at: datetime) -> None:
        """Reverse the movement.  Raises Refusal where it has been passed on since."""
        step = line.before.get("step")
        if isinstance(step, int):
            actions.reverse(step=step, why=reason, by=self.by, at=at)

    def _meant(self, values: Mapping[str, Value]) -> Meant:
        kind = self._kinds.get(folded(str(values["quota"])))
        if kind is None:
            known = "、".join(one.name.zh for one in kinds().values())
            raise Refusal("quota_unknown", field="quota", quota=str(values["quota"])[:60], known=known)
        source, target = (self._account(kind, values, side) for side in ("source", "target"))
        for one in (source, target):
            require(self.by, FUNCTION, zone=one.zone or None)
        written = " ".join(str(values[part]) for part in ("amount", "unit") if part in values)
        return Meant(source, target, amount(written, kind), str(values["document"]))

    def _account(self, kind: Kind, values: Mapping[str, Value], side: str) -> AccountRow:
        """The account of a holder.  Raises Refusal where there is none, or where two bear the name."""
        holder, period = str(values[side]), str(values.get("period", "")).removesuffix("年")
        found = self._accounts.get((kind.id, period, folded(holder)), [])
        if len(found) == 1:
            return found[0]
        code = "sheet_accounts_of_one_name" if found else "sheet_account_unknown"
        when = Text(f"（{period}年度）", f" ({period})") if period else Text("", "")
        raise Refusal(code, holder=holder[:60], quota=kind.name, period=when)


def _subject(meant: Meant) -> str:
    return f"{meant.source.quota}:{meant.source.id}-{meant.target.id}"
