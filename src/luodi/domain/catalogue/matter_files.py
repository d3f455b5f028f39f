"""One file of the catalogue: a matter of the national law, or what a province or zone promises about one."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from luodi.domain.catalogue.matters import Commitment, Deferral, Front, Letter, Matter, Number
from luodi.domain.catalogue.parts import condition_of, notes_of, number_of, numbers_of
from luodi.domain.source import asking as ask
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.vocabulary import Text

MODES = (
    "approval", "record_filing", "government_service", "municipal_utility", "self_managed", "contract", "payment",
)  # fmt: skip
FRONTS = ("decision", "clearing", "land", "approval", "supporting")


@dataclass(frozen=True, slots=True)
class MatterFile:
    """A matter with the row it was read from, so that later checks can name the line."""

    matter: Matter
    row: ask.Row


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a province or zone says differently of one matter: promises, a commitment, notes."""

    matter: str
    promises: tuple[Number, ...]
    commitment: Commitment | None
    notes: tuple[Text, ...]
    row: ask.Row


def read_matter(row: ask.Row) -> MatterFile:
    """A matter of `catalogue/national`; the file carries the name of its matter."""
    applies = ask.child(row, "applies")
    matter = Matter(
        id=_id_of(row),
        name=ask.pair(row),
        stage=ask.whole(row, "stage"),
        phase=ask.text(row, "phase"),
        unit=ask.text(row, "unit"),
        mode=ask.choice(row, "mode", MODES),
        legal_basis=ask.text(row, "legal_basis"),
        applies=condition_of(ask.node(applies, "when"), row.faults),
        because=ask.pair(applies) if applies.table.entries else Text("", ""),
        requires=ask.texts(row, "requires"),
        starts_with=ask.texts(row, "starts_with"),
        limits=numbers_of(row, "limits"),
        promises=(),
        preparation=numbers_of(row, "preparation"),
        prepare_after=ask.texts(row, "prepare_after"),
        inputs=ask.texts(row, "inputs"),
        output=text_of(row, "output"),
        hard_gate=ask.choice(row, "gate", ("hard",), None) == "hard",
        regional=ask.flag(row, "regional", False),
        standard_land=ask.flag(row, "standard_land", False),
        front=_front(row),
        deferral=_deferral(row),
        letter=_letter(row),
        commitment=None,
        notes=notes_of(row),
        source=source_of(row),
        confidence=confidence_of(row),
        at=ask.place(row),
    )
    if applies.table.entries and not ask.has(applies, "when"):
        row.faults.add(ask.line(applies), "missing_key", key="when")
    if not matter.limits:
        row.faults.add(ask.line(row, "limits"), "missing_key", key="limits")
    ask.close(applies)
    ask.close(row)
    return MatterFile(matter, row)


def read_overlay(row: ask.Row) -> Overlay:
    """An overlay file; it too carries the name of its matter."""
    overlay = Overlay(_id_of(row), numbers_of(row, "promises"), _commitment(row), notes_of(row), row)
    ask.close(row)
    for promise in overlay.promises:
        line = promise.at.line if promise.at else None
        if promise.source.title and not promise.source.place:
            row.faults.add(line, "promise_without_place")
        if promise.kind not in ("max", "duty"):
            row.faults.add(line, "promise_not_a_limit", kind=promise.kind.value)
    return overlay


def laid_over(matter: Matter, overlay: Overlay) -> Matter:
    """The matter with the overlay applied: its promises come first, its commitment replaces, its notes follow."""
    return replace(
        matter,
        promises=overlay.promises + matter.promises,
        commitment=overlay.commitment or matter.commitment,
        notes=matter.notes + overlay.notes,
    )


def _id_of(row: ask.Row) -> str:
    name = ask.text(row, "matter")
    stem = PurePath(row.faults.file).stem
    if name and name != stem:
        row.faults.add(ask.line(row, "matter"), "file_not_named_so", key=name, file_name=stem)
    return name


def _front(owner: ask.Row) -> Front | None:
    row = ask.child_or_none(owner, "front")
    if row is None:
        return None
    front = Front(ask.choice(row, "name", FRONTS), ask.texts(row, "waives"), ask.pair_or_none(row))
    ask.close(row)
    return front


def _deferral(owner: ask.Row) -> Deferral | None:
    row = ask.child_or_none(owner, "deferral")
    if row is None:
        return None
    deferral = Deferral(tuple(_paper(paper) for paper in ask.children(row, "papers")), ask.texts(row, "waives"))
    if not deferral.papers:
        row.faults.add(ask.line(row), "missing_key", key="papers")
    ask.close(row)
    return deferral


def _paper(row: ask.Row) -> Text:
    name = ask.pair(row)
    ask.close(row)
    return name


def _letter(owner: ask.Row) -> Letter | None:
    row = ask.child_or_none(owner, "letter")
    if row is None:
        return None
    letter = Letter(
        ask.text(row, "replaces"), ask.text(row, "by"), number_of(ask.child(row, "expires")), source_of(row)
    )
    ask.close(row)
    return letter


def _commitment(owner: ask.Row) -> Commitment | None:
    row = ask.child_or_none(owner, "commitment")
    if row is None:
        return None
    commitment = Commitment(ask.day(row, "since", None), text_of(row, "check"), source_of(row), confidence_of(row))
    ask.close(row)
    return commitment
