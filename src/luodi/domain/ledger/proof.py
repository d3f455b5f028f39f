"""The proof of a ledger: every step is written again from the first one on, and what comes out must be what stands there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from luodi.domain.ledger.book import PENDING, Phase, Step, Sums, effects, may_follow
from luodi.domain.vocabulary import Place, Problem


@dataclass(frozen=True, slots=True)
class Stand:
    """An account as it stands: `name` as people read it, `book` the quota and period it belongs to, `count` its lines."""

    name: str
    book: str
    bounded: bool
    sums: Sums
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account: the step behind it, and the sums after it."""

    account: int
    seq: int
    at: datetime
    sums: Sums


@dataclass(slots=True)
class Replay:
    """The ledger written once more, step after step; `faults` as they are met, `sums` and `open` at the end."""

    accounts: Mapping[int, Stand]
    sums: dict[int, Sums] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    latest: dict[int, datetime] = field(default_factory=dict)
    promises: dict[int, Step] = field(default_factory=dict)
    standing: dict[int, Step] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)

    def take(self, step: Step, lines: Iterable[Line] | None = None) -> None:
        """Write one step; where its lines are given, they must say the same."""
        if not self._balanced(step):
            return
        last = self._before(step)
        before = (last.phase, last.amount) if last else None
        if not may_follow(step.phase, step.amount, before) or (
            last and (last.source, last.target) != (step.source, step.target)
        ):
            self._fault(
                step, "ledger_step_out_of_turn", step=step.id, phase=step.phase, after=before[0] if before else "-"
            )
            return
        if step.phase is Phase.EXPIRE and last and (last.expires is None or step.at < last.expires):
            self._fault(step, "ledger_expired_early", step=step.id)
        self._remember(step)
        said = {line.account: line for line in lines} if lines is not None else None
        for account, change in zip((step.source, step.target), effects(step.phase, step.amount, before), strict=True):
            self._book(step, account, change, said)

    def _balanced(self, step: Step) -> bool:
        source, target = self.accounts.get(step.source), self.accounts.get(step.target)
        if source is None or target is None or step.source == step.target or source.book != target.book:
            self.faults.append(Problem(Place(f"#{step.id}"), "ledger_unbalanced", {"step": step.id}))
            return False
        return True

    def _before(self, step: Step) -> Step | None:
        if step.phase is Phase.REVERSE:
            return self.standing.get(step.reverses or 0)
        return self.promises.get(step.promise) if step.promise is not None else None

    def _remember(self, step: Step) -> None:
        if step.promise is not None:
            self.promises[step.promise] = step
        if step.phase in (Phase.MOVE, Phase.POST):
            self.standing[step.id] = step
        elif step.phase is Phase.REVERSE:
            self.standing.pop(step.reverses or 0, None)

    def _book(self, step: Step, account: int, change: Sums, said: Mapping[int, Line] | None) -> None:
        stand = self.accounts[account]
        sums = self.sums[account] = self.sums.get(account, Sums()) + change
        seq = self.counts[account] = self.counts.get(account, 0) + 1
        if not sums.sound or (stand.bounded and sums.available < 0):
            self._fault(step, "ledger_below_zero", account=account, step=step.id, available=sums.available)
        if step.at < self.latest.get(account, step.at):
            self._fault(step, "ledger_back_in_time", account=account, step=step.id)
        self.latest[account] = step.at
        if said is not None:
            line = said.get(account)
            if line is None or len(said) != 2:
                self._fault(step, "ledger_side_missing", account=account, step=step.id)
            elif (line.seq, line.at, line.sums) != (seq, step.at, sums):
                self._fault(step, "ledger_line_wrong", account=account, step=step.id, seq=seq)

    def _fault(self, step: Step, code: str, /, *, account: int | None = None, **facts: object) -> None:
        stand = self.accounts[step.source if account is None else account]
        self.faults.append(Problem(Place(stand.name), code, facts))

    def settle(self) -> Iterator[Problem]:
        """What was met, and what does not agree at the end: the accounts' sums, and each book's two sides."""
        yield from self.faults
        books: dict[str, Sums] = {}
        for number, stand in self.accounts.items():
            sums = self.sums.get(number, Sums())
            if (stand.sums, stand.count) != (sums, self.counts.get(number, 0)):
                yield Problem(
                    Place(stand.name), "ledger_sums_differ", {"said": stand.sums.available, "found": sums.available}
                )
            books[stand.book] = books.get(stand.book, Sums()) + sums
        for book, total in books.items():
            if total.balance or total.promised != total.expected:
                yield Problem(
                    Place(book),
                    "ledger_book_unbalanced",
                    {"over": total.balance, "open": total.promised - total.expected},
                )

    def open(self) -> dict[int, Step]:
        """The promises that stand, by number, each with its last step."""
        return {number: step for number, step in self.promises.items() if step.phase in PENDING}
