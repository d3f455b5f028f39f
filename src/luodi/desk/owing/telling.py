"""What is told of a debt: its names, its states, its light with the days left, and what was done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from luodi.debts.readers import DebtRow, StepRow
from luodi.desk.charting import answers
from luodi.desk.charting.words import THIN
from luodi.domain.handling.breaching import Rung, ladder
from luodi.domain.vocabulary import Text

KINDS: Mapping[str, Text] = {
    "commitment": Text("承诺", "Commitment"),
    "deferral": Text("容缺", "Deferral"),
    "letter": Text("以函代证", "Letter"),
}
STATES: Mapping[str, Text] = {
    "open": Text("待了结", "owed"),
    "grace": Text("宽限期", "in grace"),
    "met": Text("已了结", "kept"),
    "broken": Text("未兑现", "broken"),
    "returned": Text("已退件", "given back"),
    "expired": Text("已失效", "expired"),
}
OWED: Mapping[str, Text] = {
    "commitment": Text("待核查", "to be checked"),
    "deferral": Text("待补齐", "papers to follow"),
    "letter": Text("有效", "in force"),
}
"""What being owed is called, by kind."""
STEPS: Mapping[str, Text] = {
    "owed": Text("记欠", "Owed from now on"),
    "issued": Text("出具函", "Letter issued"),
    "handed_in": Text("材料补齐", "Papers handed in"),
    "checked": Text("核查", "Checked"),
    "reminded": Text("提醒", "Reminded"),
    "grace": Text("进入宽限期", "Period of grace begins"),
    "returned": Text("退件", "Given back"),
    "exchanged": Text("换发正式证件", "Exchanged for the certificate"),
    "expired": Text("函失效", "Letter expired"),
    "repaired": Text("信用修复", "Repaired"),
    **{one.id[:24]: one.name for one in ladder()},
}
GRAVE = ("expired", "returned", *(one.id[:24] for one in ladder() if one.number > 1))


@dataclass(frozen=True, slots=True)
class RungShown:
    """A rung of the ladder; `taken`: the step that took it; `next`: whether it is the one that may come now."""

    rung: Rung
    taken: StepRow | None
    next: bool


def matter(row: DebtRow) -> Text:
    """The name of the matter it is about."""
    known = answers.catalogue().matters.get(row.matter)
    return known.name if known else Text(row.matter, row.matter)


def what(row: DebtRow) -> Text:
    """What is owed, in a word or two."""
    name, kind = matter(row), KINDS[row.kind]
    return Text(f"“{name.zh}”的{kind.zh}", f"the {kind.en.lower()} on “{name.en}”")


def state(row: DebtRow) -> Text:
    """The word of its state."""
    return OWED[row.kind] if row.state == "open" else STATES[row.state]


def left(row: DebtRow, language: str) -> str:
    """The word of its light: `剩 3 个工作日`, `超期 2 个工作日`, or its state where nothing runs."""
    en = language.startswith("en")
    if row.days_left is None:
        return STATES[row.state][language]
    grace = ("grace, " if en else "宽限，") if row.state == "grace" else ""
    days = abs(row.days_left)
    if row.days_left < 0:
        return f"{grace}{days}{THIN}wd overdue" if en else f"{grace}超期 {days}{THIN}个工作日"
    return f"{grace}{days}{THIN}wd left" if en else f"{grace}剩 {days}{THIN}个工作日"


def light(row: DebtRow) -> str:
    """The light; what was broken, given back or has expired stays red, what was kept is done."""
    if row.state == "met":
        return "done"
    return "red" if row.state in ("broken", "returned", "expired") else row.light


def rungs(row: DebtRow, steps: Sequence[StepRow], following: Rung | None) -> tuple[RungShown, ...]:
    """The ladder with what was done of it since the last repair."""
    since = max((i for i, one in enumerate(steps) if one.step == "repaired"), default=-1)
    taken = {one.step: one for one in steps[since + 1 :]}
    return tuple(
        RungShown(one, taken.get(one.id[:24]), following is not None and one.number == following.number)
        for one in ladder()
    )


def then(row: DebtRow, steps: Sequence[StepRow]) -> DebtRow:
    """The debt as its steps up to a moment have left it."""
    numbers = {one.id[:24]: one.number for one in ladder()}
    rung = 0
    for one in steps:
        rung = 0 if one.step == "repaired" else numbers.get(one.step, rung)
    state = steps[-1].state if steps else "open"
    settled = state not in ("open", "grace")
    return replace(
        row, state=state, rung=rung, days_left=None if settled else row.days_left, light="none" if settled else row.light
    )  # fmt: skip
