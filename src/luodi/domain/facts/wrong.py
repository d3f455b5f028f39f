"""What a check of one value answers when the value cannot be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wrong:
    """The code of the sentence and the facts it speaks of; the caller knows where the value stands."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
