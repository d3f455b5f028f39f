"""May this limit be extended?  Once, on a named ground, by no more than that ground gives, before it runs out."""

from datetime import date

from luodi.domain.clock.rules import ExtensionRule, extension_rules
from luodi.domain.source.faults import hint
from luodi.domain.vocabulary import DayUnit, Refusal


def check_extension(
    kind: str, *, days: int, earlier: int, due: date | None, today: date, unit: DayUnit = DayUnit.WORKING
) -> ExtensionRule:
    """The rule an extension rests on.  `earlier`: extensions the case already has; `due`: its statutory due day.

    Raises `Refusal`: `no_extension_kind`, `nothing_to_extend`, `extension_twice`, `extension_too_late`,
    `extension_without_days`, `extension_other_unit`, `extension_too_long`.
    """
    rules = extension_rules()
    if kind not in rules:
        raise Refusal("no_extension_kind", key=kind[:80], hint=hint(kind, rules))
    rule = rules[kind]
    if due is None:
        raise Refusal("nothing_to_extend")
    if earlier:
        raise Refusal("extension_twice", basis=rule.basis)
    if today > due:
        raise Refusal("extension_too_late", due=due)
    if days < 1:
        raise Refusal("extension_without_days")
    if rule.days is not None:
        if unit is not rule.unit:
            raise Refusal("extension_other_unit", basis=rule.basis)
        if days > rule.days:
            raise Refusal("extension_too_long", days=days, most=rule.days, basis=rule.basis)
    return rule
