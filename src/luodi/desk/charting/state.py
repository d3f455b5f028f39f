"""What a wall chart shows, as it stands in its address: every switch is a link to another state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from luodi.desk.charting.actuals import Announced
from luodi.desk.charting.gantt import GROUPS, STATES, UNTIL, Look
from luodi.desk.charting.scale import ZOOMS
from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.vocabulary import Refusal


@dataclass(frozen=True, slots=True)
class ChartState:
    """The switches of the chart.  `levers` None: as the project's own options say."""

    levers: tuple[str, ...] | None = None
    group: str = "stage"
    zoom: str = "month"
    unit: str | None = None
    state: str | None = None
    until: str = "start"

    def query(self) -> str:
        """The state as the part of an address after `?`; what is usual is left out."""
        usual = ChartState()
        pairs: list[tuple[str, str]] = []
        if self.levers is not None:
            pairs.append(("levers", ",".join(self.levers)))
        for key in ("group", "zoom", "unit", "state", "until"):
            value = getattr(self, key)
            if value is not None and value != getattr(usual, key):
                pairs.append((key, value))
        return "?" + urlencode(pairs, safe=",") if pairs else "?"

    def changed(self, **values: object) -> str:
        """The address of the same chart with some switches changed."""
        return replace(self, **values).query()  # type: ignore[arg-type]

    def flipped(self, lever: str, shown: tuple[str, ...], known: tuple[str, ...]) -> str:
        """The address with one lever flipped, the levers in catalogue order."""
        return self.changed(levers=tuple(one for one in known if (one in shown) != (one == lever)))

    def look(
        self,
        language: str,
        against: Announced | None = None,
        today: date | None = None,
        cases: Mapping[str, str] | None = None,
    ) -> Look:
        """The same as the drawing understands it, for the page; of a live project with what was announced, the day it is,
        and the pages of its cases.
        """
        return Look(
            language=language,
            group=self.group,
            zoom=self.zoom,
            unit=self.unit,
            state=self.state,
            until=self.until,
            names=False,
            fluid=True,
            against=against,
            today=today,
            cases=cases or {},
        )


def read_state(query: QueryDict, catalogue: Catalogue) -> ChartState:
    """The state an address asks for.  Raises `Refusal` for a switch or value that does not exist."""
    levers = None
    if "levers" in query:
        asked = [name for name in query.get("levers", "").split(",") if name]
        unknown = [name for name in asked if name not in catalogue.levers]
        if unknown:
            raise Refusal("unknown_lever", lever=", ".join(unknown)[:200], known=", ".join(catalogue.levers))
        levers = tuple(name for name in catalogue.levers if name in asked)
    if name := query.get("regime"):
        if name not in catalogue.regimes:
            raise Refusal("unknown_regime", regime=name[:200], known=", ".join(catalogue.regimes))
        levers = tuple(catalogue.regimes[name])
    return ChartState(
        levers=levers,
        group=_one(query, "group", GROUPS, "stage") or "stage",
        zoom=_one(query, "zoom", ZOOMS, "month") or "month",
        unit=_one(query, "unit", tuple(catalogue.units), None),
        state=_one(query, "state", STATES, None),
        until=_one(query, "until", UNTIL, "start") or "start",
    )


def _one(query: QueryDict, key: str, known: tuple[str, ...], usual: str | None) -> str | None:
    value = query.get(key) or usual
    if value is not None and value not in known:
        raise Refusal("unknown_switch", switch=key, value=value[:200], known=", ".join(known))
    return value
