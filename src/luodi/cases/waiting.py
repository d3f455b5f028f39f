"""What a matter still waits for: prerequisites, letters that stand for certificates, halts on the site."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from luodi.cases.held import Held, Subject, catalogue
from luodi.cases.limits import SETTLED, mode_of
from luodi.cases.models import Halt
from luodi.cases.progress import now_progress
from luodi.debts.readers import LetterRow, letters_of
from luodi.domain.catalogue.matters import Matter
from luodi.domain.clock.office import day_of
from luodi.domain.facts.project import Progress
from luodi.domain.handling.lettering import letter_blocks
from luodi.domain.planning.building import applicable
from luodi.domain.planning.plan import choose_levers
from luodi.domain.vocabulary import Refusal, Text

START = "construction_start"


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of a project when matters are opened: applicable matters, levers, what is done, letters."""

    subject: Subject
    today: date
    levers: tuple[str, ...]
    matters: Mapping[str, Matter]  # applicable ones that need a case, in catalogue order
    settled: frozenset[str]  # applicable, but done by the zone or covered by another permit
    done: Mapping[str, date]
    begun: frozenset[str]
    letters: tuple[LetterRow, ...]
    modes: Mapping[str, str]


def ground(subject: Subject, today: date) -> Ground:
    """What opening matters of a project has to know.  Two queries."""
    _, levers = choose_levers(subject.file, catalogue(), None, None)
    every = {one.id: one for one in applicable(subject.file, catalogue())}
    modes = {id_: mode_of(one, subject.file, levers, today) for id_, one in every.items()}
    progress: dict[str, Progress] = {**subject.file.progress, **now_progress(subject.id, today)}
    return Ground(
        subject,
        today,
        levers,
        {id_: one for id_, one in every.items() if modes[id_] not in SETTLED},
        frozenset(id_ for id_, mode in modes.items() if mode in SETTLED),
        {id_: one.finished for id_, one in progress.items() if one.finished and one.finished <= today},
        frozenset(progress),
        letters_of(subject.id),
        modes,
    )


def needs(matter: Matter, known: Ground) -> tuple[str, ...]:
    """The matters and milestones a matter still waits for; () when it may begin.

    The same rules as the plan's network: what a lever lets come later is not waited for; a letter that is in force and
    names the matter stands for the certificate it replaces.
    """
    later: set[str] = set()
    if matter.front and "front_loading" in known.levers:
        later.update(matter.front.waives)
    if matter.deferral and not matter.hard_gate and "deferral" in known.levers:
        later.update(matter.deferral.waives)
    found = [one for one in matter.requires if one not in later and not _met(one, matter, known)]
    found += [one for one in matter.starts_with if one in known.matters and one not in known.begun]
    if START in matter.requires and START not in found:
        found += _unredeemed(known)
    if (
        "signed" not in found
        and not (matter.front and "front_loading" in known.levers)
        and not _reached("signed", known)
    ):
        found.append("signed")
    return tuple(found)


def _met(needed: str, matter: Matter, known: Ground) -> bool:
    if needed in catalogue().milestones:
        return _reached(needed, known)
    if needed not in known.matters or needed in known.done:
        return True
    letter = matter.letter
    if letter is None or letter.replaces != needed or "letter" not in known.levers or matter.hard_gate:
        return False
    return any(one.stands_for(needed, matter.id, known.today) for one in known.letters)


def _unredeemed(known: Ground) -> list[str]:
    """The certificates that works under way rest on without a letter that holds today: nothing goes on before they come."""
    found = []
    for matter in known.matters.values():
        letter = matter.letter
        if letter is None or matter.id not in known.done or letter.replaces in known.done:
            continue
        stood = [one for one in known.letters if one.replaces == letter.replaces and matter.id in one.accepted_by]
        if stood and all(letter_blocks(known.today, one.letter()) for one in stood):
            found.append(letter.replaces)
    return list(dict.fromkeys(found))


def _reached(milestone: str, known: Ground) -> bool:
    day = known.subject.file.milestones.get(milestone)
    return day is not None and day <= known.today


def check_letter(held: Held, today: date) -> None:
    """Raise `Refusal("letter_expired_blocks")` where a case rests on a letter that has expired.  At most two queries.

    It rests on one when the certificate that the letter replaces is not there yet.
    """
    letter = held.matter.letter
    if letter is None or held.matter.hard_gate:
        return
    held_letters = [one for one in letters_of(held.subject.id) if one.replaces == letter.replaces]
    if not held_letters:
        return
    progress = {**held.subject.file.progress, **now_progress(held.subject.id, today)}
    certificate = progress.get(letter.replaces)
    if certificate is not None and certificate.finished is not None:
        return
    if any(one.stands_for(letter.replaces, held.row.matter, today) for one in held_letters):
        return
    last = max(held_letters, key=lambda one: one.expires)
    raise Refusal("letter_expired_blocks", letter=catalogue().matters[letter.replaces].name, expires=last.expires)


def check_halts(held: Held) -> None:
    """Raise `Refusal("frozen_by_halt")` for a step that an open stop of works freezes.  One query."""
    rows = Halt.objects.filter(project=held.subject.id, resumed_at=None).values_list("freezes", "found", "found_at")
    for freezes, found, at in rows:
        if held.row.matter in json.loads(freezes):
            raise Refusal("frozen_by_halt", found=found[:80], since=day_of(at))


def names(ids: Collection[str]) -> Text:
    """Matters and milestones as a list in a sentence."""
    rules = catalogue()
    found = [rules.matters[one].name if one in rules.matters else rules.milestones[one].name for one in ids]
    return Text("、".join(one.zh for one in found), "; ".join(one.en for one in found))
