"""What an inbox shows, as it stands in its address: every filter is a link, so a list can be saved and sent."""

from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.http import QueryDict

from luodi.domain.handling.states import State
from luodi.domain.vocabulary import Refusal

WHOSE = ("mine", "unit", "zone")
LIGHTS = ("red", "amber", "green", "none")
TURNS = ("window", "unit", "applicant", "other")
OPEN_STATES = tuple(str(int(state)) for state in State if state not in (2, 4, 5, 11, 12, 13, 14, 15))


@dataclass(frozen=True, slots=True)
class InboxState:
    """The filters.  None: not filtered.  `case`: the number whose detail stands beside the list."""

    whose: str | None = None
    state: str | None = None
    light: str | None = None
    turn: str | None = None
    project: str | None = None
    after: str | None = None
    case: str | None = None

    def query(self) -> str:
        """The filters as the part of an address after `?`; what is not filtered is left out."""
        pairs = [(one.name, value) for one in fields(self) if (value := getattr(self, one.name)) is not None]
        return "?" + urlencode(pairs) if pairs else "?"

    def changed(self, **values: str | None) -> str:
        """The address of the same list with one filter changed, from its first page on."""
        return replace(self, after=None, case=None, **values).query()

    def page(self, after: str | None) -> str:
        """The address of another page of the same list."""
        return replace(self, after=after, case=None).query()

    def opened(self, case: str | None) -> str:
        """The address of the same list with a case beside it, or none."""
        return replace(self, case=case).query()

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return any((self.state, self.light, self.turn, self.project))


def read_inbox(query: QueryDict) -> InboxState:
    """The state an address asks for.  Raises `Refusal` for a filter that does not exist."""
    return InboxState(
        whose=_one(query, "whose", WHOSE),
        state=_one(query, "state", OPEN_STATES),
        light=_one(query, "light", LIGHTS),
        turn=_one(query, "turn", TURNS),
        project=query.get("project", "")[:64] or None,
        after=query.get("after", "")[:120] or None,
        case=query.get("case", "")[:64] or None,
    )


def _one(query: QueryDict, key: str, known: tuple[str, ...]) -> str | None:
    value = query.get(key) or None
    if value is not None and value not in known:
        raise Refusal("unknown_switch", switch=key, value=value[:200], known=", ".join(known))
    return value
