"""Projects by rows: recorded where they are not, changed where a row says something else."""

import re
from collections.abc import Mapping

from luodi.domain.events.canonical import Json
from luodi.domain.vocabulary import Refusal
from luodi.exchange.sheets.cells import Value
from luodi.exchange.sheets.loading.documents import SLASH
from luodi.exchange.sheets.loading.finding import slug_of
from luodi.exchange.sheets.loading.recorded import Meant, OnRecord

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
REGIME = "reform"


class Projects(OnRecord):
    """The project ledger."""

    kind = "projects"

    def wanted(self, meant: Meant, values: Mapping[str, Value]) -> dict[str, Json]:
        """What the row states, and for a new project what every file has."""
        found = super().wanted(meant, values)
        if not meant.document:
            name = self.known.names.get(meant.zone)
            found |= {
                f"project{SLASH}id": meant.slug,
                f"about{SLASH}name": str(values.get("name")),
                f"about{SLASH}zone": {"zh": name.zh, "en": name.en} if name else meant.zone or "—",
                f"options{SLASH}as_of": self.today.isoformat(),
                f"options{SLASH}regime": REGIME,
                f"options{SLASH}projected": True,
            }
        return found

    def new_slug(self, values: Mapping[str, Value], zone: str) -> str:
        """The number in the row, else one made of zone and name.  Raises Refusal for a number that cannot be one."""
        given = values.get("slug")
        if given is None:
            return slug_of(zone, str(values.get("name")))
        slug = str(given).lower()
        if not SLUG.fullmatch(slug):
            raise Refusal("sheet_slug_shape", slug=slug[:64])
        return slug

    def live(self, values: Mapping[str, Value], meant: Meant) -> bool | None:
        """What the row says, where it says otherwise than is so."""
        said = values.get("live")
        if not isinstance(said, bool) or said == (meant.listed.live if meant.listed else False):
            return None
        return said
