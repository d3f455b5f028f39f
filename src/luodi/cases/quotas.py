"""What a case does to the quota ledgers, in the transaction of its act: the matter that uses a quota uses up the promise."""

from datetime import datetime

from luodi.accounts.acting import Acting
from luodi.cases.held import Held
from luodi.ledgers import using


def use_up(held: Held, by: Acting, at: datetime, paper: str = "") -> None:
    """A grant uses up what was promised for its matter.  One query where the matter uses a quota."""
    document = f"{held.row.number} {paper}".strip()
    using.use_up(project=held.subject.slug, matter=held.row.matter, document=document, by=by, at=at)


def free(held: Held, why: str, by: Acting, at: datetime) -> None:
    """A withdrawal frees what was reserved."""
    using.free(project=held.subject.slug, matter=held.row.matter, why=why, by=by, at=at)


def give_back(held: Held, why: str, by: Acting, at: datetime) -> None:
    """A revoked grant gives back what it used up."""
    using.give_back(project=held.subject.slug, matter=held.row.matter, case=held.row.number, why=why, by=by, at=at)
