"""What is told of an entry of the record: what happened in words, its facts with their labels, and the page it is about."""

import json
from collections.abc import Mapping
from functools import cache

from luodi.desk import durations
from luodi.desk.casework import spoken, telling
from luodi.desk.charting import answers
from luodi.desk.owing import telling as debt_telling
from luodi.desk.tongue import language
from luodi.domain.events.kinds import kinds
from luodi.domain.events.record import Record
from luodi.domain.handling.breaching import ladder
from luodi.domain.handling.states import State, state_rules
from luodi.domain.vocabulary import Text

GROUPS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "cases": (Text("办件", "Cases"), ("case", "rating")),
    "owed": (Text("承诺与容缺", "Commitments and debts"), ("debt", "letter")),
    "halts": (Text("停工", "Halts"), ("halt",)),
    "plan": (Text("计划", "Plan"), ("plan",)),
    "project": (Text("项目与团队", "Project and team"), ("project",)),
    "leading": (Text("督办与诉求", "Orders and requests"), ("order", "visit", "campaign", "request")),
    "powers": (Text("授权", "Powers"), ("power", "zone")),
}
"""What officers read, by the first word of the kind.  Signing in, people and what was read are the auditor's."""

FIELDS: Mapping[str, Text] = {
    "accepted_by": Text("可凭函办理", "may be taken by"),
    "affected": Text("受影响单位", "units affected"),
    "basis": Text("依据", "basis"),
    "case": Text("办件号", "case"),
    "cases": Text("办件", "cases"),
    "category": Text("类别", "category"),
    "checker": Text("核查单位", "checked by"),
    "commitment": Text("凭承诺", "on a commitment"),
    "conditions": Text("条件与证明", "conditions and evidence"),
    "days": Text("天数", "days"),
    "decision": Text("决定事项", "what was decided"),
    "deferred": Text("后补材料", "papers to follow"),
    "digest": Text("资料指纹", "digest of the facts"),
    "document": Text("文件", "document"),
    "due": Text("期限", "due"),
    "ends": Text("至", "until"),
    "evidence": Text("办理情况", "what was done"),
    "extension": Text("延期种类", "kind of extension"),
    "finish": Text("目标完成日", "finish"),
    "found": Text("发现", "found"),
    "goal": Text("目标", "goal"),
    "heard": Text("已听取意见", "party heard"),
    "kind": Text("种类", "kind"),
    "limit": Text("改正期限", "to be put right by"),
    "live": Text("在办", "live"),
    "matter": Text("事项", "matter"),
    "meeting": Text("会议", "meeting"),
    "name": Text("名称", "name"),
    "note": Text("说明", "note"),
    "notice": Text("第几次补正通知", "notice number"),
    "offer": Text("建议计划号", "offer"),
    "opinion": Text("意见", "opinion"),
    "organisation": Text("单位", "organisation"),
    "papers": Text("材料", "papers"),
    "passed": Text("是否兑现", "kept"),
    "pause": Text("停表事由", "ground of the pause"),
    "problem": Text("问题", "problem"),
    "reason": Text("理由", "reason"),
    "result": Text("结果", "result"),
    "revision": Text("版本", "revision"),
    "role": Text("角色", "role"),
    "rung": Text("措施", "rung"),
    "sample": Text("示例", "sample"),
    "standard": Text("标准", "standard"),
    "starts": Text("自", "from"),
    "state": Text("状态", "state"),
    "states": Text("办件状态", "states"),
    "stars": Text("星级", "stars"),
    "target": Text("目标节点", "target"),
    "text": Text("内容", "text"),
    "to": Text("报告对象", "reported to"),
    "told": Text("已书面告知", "party told in writing"),
    "unit": Text("单位", "unit"),
    "until": Text("至", "until"),
    "waiting": Text("尚须等待", "waiting"),
}
SHORT = (
    "reason", "text", "found", "decision", "problem", "evidence", "result", "note", "to", "pause", "papers", "deferred",
    "rung", "passed", "due", "until", "limit", "finish", "days", "document",
)  # fmt: skip
"""The facts that the list shows, in this order; the page of the entry shows all."""
SEEN_ELSEWHERE = ("project.recorded", "plan.announced", "plan.offered", "plan.accepted")
YES, NO = Text("是", "yes"), Text("否", "no")
ENDS_OF_PLAN = {
    "start": Text("公布的目标完成日", "the announced finish"), "end": Text("新的目标完成日", "the new finish"),
    "unit": durations.CALENDAR,
}  # fmt: skip
ENDS_OF_EXTENSION = {
    "start": Text("原期限届满", "the end of the limit"), "end": Text("延长后的期限届满", "the end of the limit extended"),
    "unit": Text("该事项时限的单位", "the unit of that limit"),
}  # fmt: skip


@cache
def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds of entry of a group; of all groups where there is none of that name."""
    firsts = GROUPS[group][1] if group in GROUPS else tuple(one for _, words in GROUPS.values() for one in words)
    return tuple(id_ for id_ in kinds() if id_.split(".", 1)[0] in firsts)


def what(one: Record) -> Text:
    """What happened, as the kind is called."""
    rule = kinds().get(one.kind)
    return rule.name if rule else Text(one.kind, one.kind)


def subject(one: Record) -> Text | None:
    """The matter it is about, if any."""
    id_ = read(one).get("matter")
    known = answers.catalogue().matters.get(str(id_)) if id_ else None
    return known.name if known else None


def about(one: Record) -> tuple[str, dict[str, object]] | None:
    """The name and arguments of the page it is about: a case, a debt, a halt."""
    facts = read(one)
    if one.kind.startswith("case.") and isinstance(facts.get("case"), str):
        return "case", {"number": facts["case"]}
    for word in ("debt", "halt"):
        if isinstance(facts.get(word), int):
            return word, {word: facts[word]}
    return None


def facts(one: Record, *, whole: bool = False) -> list[tuple[str, str]]:
    """Label and value of its facts: the few of the list, or all."""
    flat = read(one)
    details = flat.pop("details", None)
    flat = (details if isinstance(details, dict) else {}) | flat
    names = flat if whole else [name for name in SHORT if name in flat]
    if not whole and one.kind in SEEN_ELSEWHERE:
        names = [name for name in names if name != "document"]
    shown = [(label(name), value(name, flat[name])) for name in names if flat[name] not in (None, "", [], {})]
    return [pair for pair in shown if pair[1]]


def lasting(one: Record, said: str, shown: str) -> dict[str, Text] | None:
    """From what to what the days of an entry count, and in what unit, if `said` is the label of its number of days."""
    if said != label("days") or not shown.removeprefix("-").isdecimal():
        return None
    if one.kind.startswith("plan."):
        return ENDS_OF_PLAN
    return ENDS_OF_EXTENSION if one.kind == "case.extended" else {}


def label(name: str) -> str:
    """What a fact is called; one without a word keeps its name."""
    return FIELDS[name][language()] if name in FIELDS else name


def value(name: str, fact: object) -> str:
    """A fact as a person reads it."""
    if isinstance(fact, bool):
        return (YES if fact else NO)[language()]
    if isinstance(fact, list):
        return "；".join(filter(None, (value(name, one) for one in fact)))
    if isinstance(fact, dict) and isinstance(fact.get("state"), int):
        return state_rules()[State(fact["state"])].name[language()]
    if isinstance(fact, dict):
        return telling.paper(fact) if "kind" in fact else "，".join(f"{key} {said}" for key, said in fact.items())
    return word(name, fact)


def word(name: str, fact: object) -> str:
    """A single value: ids in the words of their tables, anything else as it stands."""
    matters, en = answers.catalogue().matters, language()
    if name in ("matter", "accepted_by") and str(fact) in matters:
        return matters[str(fact)].name[en]
    if name == "pause":
        return spoken.pause(str(fact), en)
    tables: Mapping[str, Mapping[str, Text]] = {
        "kind": debt_telling.KINDS,
        "state": debt_telling.STATES,
        "role": spoken.ROLES,
        "rung": {rung.id: rung.name for rung in ladder()},
    }
    found = tables.get(name, {}).get(str(fact))
    return found[en] if found else str(fact)


def read(one: Record) -> dict[str, object]:
    """The facts as they were recorded."""
    facts = json.loads(one.payload)
    return facts if isinstance(facts, dict) else {}
