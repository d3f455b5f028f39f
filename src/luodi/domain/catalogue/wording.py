"""Why a matter applies, in words an officer can check: the fact, its value, and the threshold it meets."""

from collections.abc import Mapping

from luodi.domain.catalogue.conditions import Test, deciding
from luodi.domain.catalogue.matters import Catalogue, FactRule, Matter
from luodi.domain.vocabulary import DayUnit, Scalar, Text

SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤"}
UNITS = {
    "tce": Text("吨标准煤", "tce"),
    "kWh": Text("千瓦时", "kWh"),
    "m2": Text("m²", "m²"),
    "m3": Text("m³", "m³"),
    "t/a": Text("吨/年", "t/a"),
    "万元": Text("万元", "×10⁴ yuan"),
}
PERIODS = {
    DayUnit.WORKING: Text("个工作日", " working days"),
    DayUnit.CALENDAR: Text("天（日历日）", " calendar days"),
    DayUnit.MONTHS: Text("个月", " months"),
}


def why(catalogue: Catalogue, matter: Matter, facts: Mapping[str, Scalar]) -> Text:
    """Why the matter applies to a project with these facts; for one that always applies, the catalogue's reason.

    A matter that does not apply answers with the catalogue's reason too: the caller knows that it does not.
    """
    tests = deciding(matter.applies, facts) if matter.applies is not None else ()
    if not tests:
        return matter.because
    return Text(
        "；".join(said(catalogue, test, facts).zh for test in tests),
        "; ".join(said(catalogue, test, facts).en for test in tests),
    )


def said(catalogue: Catalogue, test: Test, facts: Mapping[str, Scalar]) -> Text:
    """One comparison with the project's own value: "年综合能源消费量 450 000 吨标准煤 ≥ 1 000"."""
    rule = catalogue.facts.get(test.fact)
    name = bare_name(rule, test.fact)
    if test.op == "is_true":
        return Text(f"{name.zh}：是", f"{name.en}: yes")
    if test.op == "is_false":
        return Text(f"{name.zh}：否", f"{name.en}: no")
    got = facts.get(test.fact)
    if test.op in SIGNS and isinstance(test.value, int | float) and isinstance(got, int | float):
        unit = unit_of(rule)
        sign, bound = SIGNS[test.op], figure(test.value)
        return Text(
            f"{name.zh} {figure(got)}{_before(unit.zh)} {sign} {bound}",
            f"{name.en} {figure(got)}{_before(unit.en)} {sign} {bound}",
        )
    chosen = choice_of(rule, str(got))
    return Text(f"{name.zh}：{chosen.zh}", f"{name.en}: {chosen.en}")


def figure(number: float) -> str:
    """A number as the form prints it: groups of three, no needless decimals."""
    text = f"{number:,.4f}".rstrip("0").rstrip(".")
    return text.replace(",", "\N{NO-BREAK SPACE}")


def period(days: int, unit: DayUnit) -> Text:
    """A number of days in words: "60 天（日历日）", "20 working days"."""
    words = PERIODS[unit]
    return Text(f"{days} {words.zh}", f"{days}{words.en.removesuffix('s') if days == 1 else words.en}")


def unit_of(rule: FactRule | None) -> Text:
    """The unit of a fact in words; empty where it has none."""
    unit = rule.unit if rule and rule.unit else ""
    return UNITS.get(unit, Text(unit, unit))


def bare_name(rule: FactRule | None, fact: str) -> Text:
    """The name of a fact without the list of its choices in brackets."""
    if rule is None:
        return Text(fact, fact)
    if rule.type != "choice":
        return rule.name
    return Text(rule.name.zh.split("（")[0].strip(), rule.name.en.split(" (")[0].strip())


def choice_of(rule: FactRule | None, value: str) -> Text:
    """A choice in words, taken from the name of its fact: "环评类别（report 报告书 / form 报告表）" -> "报告书"."""
    if rule is None or "（" not in rule.name.zh:
        return Text(value, value)
    listed = rule.name.zh.split("（", 1)[1].rstrip("）")
    for part in listed.split("/"):
        word, _, words = part.strip().partition(" ")
        if word == value and words:
            return Text(words.strip(), value.replace("_", " "))
    return Text(value, value)


def _before(unit: str) -> str:
    return f" {unit}" if unit else ""
