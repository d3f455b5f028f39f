"""Why a row would be refused: the finding, and the shape every check has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from luodi.exchange.national.rows import Row


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason against one row; its sentence is `data/sentences/national.yaml` under `code`.

    `grave` False: the row goes out, but somebody should know (a label nobody has seen in the standard).
    `below`: rows that cannot go out either because this one does not.
    """

    row: Row
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    grave: bool = True
    below: int = 0
