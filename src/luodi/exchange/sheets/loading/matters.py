"""Matters in progress by rows: what was accepted and decided before this system was used."""

from collections.abc import Mapping

from luodi.cases.readers import progress_of
from luodi.domain.catalogue.reading import load
from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.cells import Value
from luodi.exchange.sheets.loading.documents import SLASH, stated
from luodi.exchange.sheets.loading.recorded import Meant, OnRecord


class Matters(OnRecord):
    """The ledger of matters.  What is a case here is told by the case."""

    kind = "matters"

    def wanted(self, meant: Meant, values: Mapping[str, Value]) -> dict[str, Json]:
        """The progress of one matter.  One query where the project is handled here.  Raises `sheet_matter_is_case`."""
        matter, listed = str(values["matter"]), meant.listed
        if listed and listed.live and listed.id and matter in progress_of(listed.id, today=self.today):
            raise Refusal("sheet_matter_is_case", matter=load().matters[matter].name)
        path = f"progress{SLASH}{matter}{SLASH}"
        return {f"{path}{key}": stated(values[key]) for key in ("started", "finished") if key in values}
