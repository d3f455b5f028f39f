"""What the forms beside a case offer: the acts that can be done, those that cannot with why, and every list to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from luodi.accounts import readers as accounts
from luodi.accounts.acting import Acting
from luodi.accounts.offices import kind_name
from luodi.cases.readers import Act, CasePage
from luodi.desk import asked
from luodi.desk.casework import spoken
from luodi.desk.tongue import language
from luodi.domain.clock.rules import extension_rules, pause_rules
from luodi.domain.handling.askings import asking_kinds, opinions
from luodi.domain.handling.corrections import CorrectionKind, correction_kinds
from luodi.domain.handling.staging import Condition, stage_conditions
from luodi.domain.vocabulary import Text
from luodi.zones import readers as zones

ORDER = (
    "accept", "start_handling", "receive_correction", "resume", "decide", "ask_correction", "pause", "ask", "deny",
    "commit", "extend", "assign", "release", "refuse", "withdraw", "revoke", "answer",
)  # fmt: skip
RELEASE = Act("release", True, Text("", ""), True)
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """The lists of the forms, in the reader's language; empty where no form on the page needs them."""

    corrections: dict[str, CorrectionKind]
    pauses: Pairs
    extensions: Pairs
    askings: Pairs
    opinions: Pairs
    opinion_names: dict[str, str]
    roles: Pairs
    correction_due: date | None = None
    deferrable: tuple[Text, ...] = ()
    conditions: tuple[Condition, ...] = ()
    document: str = ""
    posts: Pairs = field(default_factory=list)
    holders: Pairs = field(default_factory=list)
    units: Pairs = field(default_factory=list)


def of(page: CasePage, acts: Sequence[Act], acting: Acting, today: date) -> dict[str, object]:
    """The acts split into those that can be done now and those that cannot, and what their forms offer.

    Queries: one each where a form needs colleagues, units, or the power to decide.
    """
    split = sorted(acts, key=lambda act: ORDER.index(act.verb) if act.verb in ORDER else len(ORDER))
    able = [act for act in split if act.allowed]
    return {
        "able": [*able, *([RELEASE] if any(act.verb == "assign" for act in able) and page.parts else [])],
        "unable": [act for act in split if not act.allowed],
        "offer": offer(page, {act.verb for act in able}, today),
        "key": lambda _verb: asked.new_key(),
    }


def offer(page: CasePage, verbs: set[str], today: date) -> Offer:
    """The lists that the forms of these verbs need."""
    spoken_in = language()
    matter = page.matter
    deciding = "decide" in verbs
    colleagues: Pairs = []
    if "assign" in verbs:
        rows = accounts.posts_of(page.row.organisation, today)
        colleagues = [(str(one.id), f"{one.name} · {kind_name(one.kind)[spoken_in]}") for one in rows]
    units: Pairs = []
    if "ask" in verbs:
        rows_of = accounts.organisations(zones=zones.chain(page.row.zone), on=today)
        units = [(str(one.id), one.name[spoken_in]) for one in rows_of if one.unit and one.id != page.row.organisation]
    power = zones.may_decide(page.row.organisation, page.row.matter, today) if deciding else None
    return replace(
        lists(page.row.matter, spoken_in),
        deferrable=matter.deferral.papers if matter.deferral and ("accept" in verbs or deciding) else (),
        conditions=stage_conditions(page.row.matter) if deciding else (),
        document=power.document if power else "",
        posts=colleagues,
        holders=[(str(part.post), part.name) for part in page.parts if part.until is None],
        units=units,
    )


@cache
def lists(matter: str, spoken_in: str) -> Offer:
    """The lists that come from rules alone."""
    return Offer(
        corrections=dict(correction_kinds()),
        pauses=[
            (id_, f"{rule.name[spoken_in]} · {rule.basis}" if rule.basis else rule.name[spoken_in])
            for id_, rule in pause_rules(matter).items()
            if id_ != "correction"
        ],
        extensions=[(id_, rule.name[spoken_in]) for id_, rule in extension_rules().items()],
        askings=[(id_, kind.name[spoken_in]) for id_, kind in asking_kinds().items()],
        opinions=[(id_, name[spoken_in]) for id_, name in opinions().items()],
        opinion_names={id_: name[spoken_in] for id_, name in opinions().items()},
        roles=[(id_, name[spoken_in]) for id_, name in spoken.ROLES.items()],
    )
