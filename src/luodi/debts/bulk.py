"""Debts of invented projects, written in memory and kept at once; the entries are the ones the actions write."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from luodi.accounts.acting import Acting
from luodi.debts.models import Debt, DebtStep
from luodi.domain.events.canonical import Json
from luodi.journal.bulk import last_number

TABLE = "debts_debt"
LOST = 4
"""The rung that closes the commitment route to a project."""
Tie = Callable[[str, Acting, datetime, Mapping[str, Json]], str]
"""Ties an entry on to the project's chain: kind, who, when, payload; its hash."""


def last_debt() -> int:
    """The highest number given so far.  One query."""
    return last_number(TABLE)


@dataclass
class Book:
    """The debts of one project.  `first`: the number of its first."""

    first: int
    project: int
    zone: str
    tie: Tie
    debts: list[Debt] = field(default_factory=list)
    steps: list[DebtStep] = field(default_factory=list)

    def owe(
        self, *, matter: str, kind: str, text: str, due: date, standard: str = "", papers: Sequence[str] = (), checker: str,
        by: Acting, at: datetime,
    ) -> Debt:  # fmt: skip
        """As `actions.owe`."""
        row = Debt(
            id=self.first + len(self.debts), project_id=self.project, zone=self.zone, matter=matter, kind=kind, text=text,
            due=due, standard=standard, papers=json.dumps(list(papers), ensure_ascii=False), checker=checker, since=at,
            state="open",
        )  # fmt: skip
        self.debts.append(row)
        said: dict[str, Json] = {"kind": kind, "text": text, "standard": standard, "papers": list(papers)}
        self.step(row, "owed", "debt.owed", by, at, more={**said, "due": due, "checker": checker})
        return row

    def step(
        self, row: Debt, name: str, kind: str, by: Acting, at: datetime, *, note: str = "",
        more: Mapping[str, Json] | None = None,
    ) -> None:  # fmt: skip
        """As `actions.stepping.step`."""
        payload: dict[str, Json] = {"debt": row.pk, "matter": row.matter, "state": row.state, **(more or {})}
        if note:
            payload["note"] = note
        entry = self.tie(kind, by, at, payload)
        self.steps.append(
            DebtStep(debt_id=row.pk, at=at, step=name, who=by.label[:200], note=note, state=row.state, entry=entry)
        )

    def lost(self) -> bool:
        """As `readers.commitment_lost`, of this project."""
        return any(one.kind == "commitment" and one.rung >= LOST for one in self.debts)

    def papers_owed(self, matter: str) -> bool:
        """As `readers.papers_owed`."""
        return any(
            one.matter == matter and one.kind == "deferral" and one.state in ("open", "grace") for one in self.debts
        )

    def keep(self) -> None:
        """Write them."""
        Debt.objects.bulk_create(self.debts, batch_size=200)
        DebtStep.objects.bulk_create(self.steps, batch_size=200)
