"""What the application of a matter says: every input it needs, with the value and where that came from; nothing is asked anew."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from luodi.domain.catalogue.matters import Catalogue, Matter
from luodi.domain.facts.boundary import Boundary
from luodi.domain.facts.checking import Secret, Value
from luodi.domain.facts.fields import Field, the_form
from luodi.domain.facts.project import Origin, ProjectFile
from luodi.domain.facts.quantities import Quantity
from luodi.domain.vocabulary import Scalar, Text

FORM, FACT, OUTPUT = "form", "fact", "output"
SEALED = "●●●●●●（已加密留存，不打印）"
EMPTY = "（未填）"


@dataclass(frozen=True, slots=True)
class Line:
    """One input of an application.  `basis`: form | derived | given | article | sample | assumption | output."""

    input: str
    kind: str
    number: int | None
    name: Text
    value: str
    basis: str
    source: Text


def lines(matter: Matter, catalogue: Catalogue, project: ProjectFile, by: Mapping[str, str]) -> tuple[Line, ...]:
    """The lines of a matter's application in the order of its inputs; `by`: by field, who answers for what it says."""
    return tuple(_line(one, catalogue, project, by) for one in matter.inputs)


def digest(found: Iterable[Line]) -> str:
    """Of everything that was filled in: the same digest is the same application."""
    filled = [(one.input, one.value) for one in found if one.kind != OUTPUT]
    return hashlib.sha256(json.dumps(filled, ensure_ascii=False).encode()).hexdigest()


def written(found: Iterable[Line]) -> list[dict[str, object]]:
    """The lines as a table keeps them."""
    return [asdict(one) for one in found]


def read(kept: Iterable[Mapping[str, object]]) -> tuple[Line, ...]:
    """The lines that `written` kept."""
    return tuple(Line(**{**one, "name": Text(**one["name"]), "source": Text(**one["source"])}) for one in kept)  # type: ignore[arg-type]


def differing(before: Iterable[Line], after: Iterable[Line]) -> tuple[str, ...]:
    """The inputs whose value is another."""
    was = {one.input: one.value for one in before if one.kind != OUTPUT}
    return tuple(one.input for one in after if one.kind != OUTPUT and was.get(one.input) != one.value)


def said(value: Value | None, field: Field) -> str:
    """A value of the form as a paper prints it."""
    match value:
        case None:
            return EMPTY
        case Secret():
            return SEALED
        case Quantity():
            plain = f"{value.amount:,f} {value.unit or field.unit or ''}".strip()
            as_typed = value.written.replace(" ", "")
            return plain if as_typed.replace(",", "") == f"{value.amount:f}" else f"{plain}（填报：{as_typed}）"
        case Decimal():
            return f"{value:,f}"
        case date():
            return value.isoformat()
        case Boundary():
            points = sum(len(ring) - 1 for rings in value.polygons for ring in rings)
            return f"{len(value.polygons)} 个面，{points} 个界址点，面积 {value.area:,.2f} m²（坐标随数据提交）"
        case dict():
            parts = [f"{field.parts[key].name.zh} {said(one, field.parts[key])}" for key, one in value.items()]
            return "，".join(
                parts
                + [f"{one.name.zh} {SEALED}" for one in field.parts.values() if one.secret and one.id not in value]
            )
        case list():
            return "；".join(said(one, field) for one in value) if value else "无"
        case _:
            return str(value)


def _line(one: str, catalogue: Catalogue, project: ProjectFile, by: Mapping[str, str]) -> Line:
    if (field := the_form().fields.get(one)) is not None:
        who = by.get(one, "")
        source = Text(
            f"一张表单第{field.no}项" + (f"，{who}" if who else ""),
            f"The one form, item {field.no}" + (f", {who}" if who else ""),
        )
        return Line(one, FORM, field.no, field.name, said(project.form.get(one), field), "form", source)  # type: ignore[arg-type]
    if (rule := catalogue.facts.get(one)) is not None:
        origin = project.origins.get(one, Origin("assumption", rule.source))
        value = _fact(project.facts.get(one), rule.unit)
        if rule.from_field and origin.basis in ("form", "derived"):
            number = the_form().fields[rule.from_field.partition(".")[0]].no
            return Line(one, FACT, None, rule.name, value, "derived",
                        Text(f"由一张表单第{number}项推出", f"Follows from item {number} of the one form"))  # fmt: skip
        words = SOURCES.get(origin.basis, SOURCES["given"])
        return Line(
            one,
            FACT,
            None,
            rule.name,
            value,
            origin.basis,
            Text(words.zh.format(source=rule.source), words.en.format(source=rule.source)),
        )
    other = catalogue.matters[one]
    return Line(one, OUTPUT, None, other.output, "",
                OUTPUT, Text(f"由“{other.name.zh}”产生，系统内取用，不再要求提交",
                             f"Produced by “{other.name.en}”, taken from the system"))  # fmt: skip


SOURCES = {
    "given": Text("项目档案（{source}）", "the project's file ({source})"),
    "article": Text("项目档案，报道所载", "the project's file, as published"),
    "sample": Text("项目档案，示例数值", "the project's file, a sample value"),
    "assumption": Text(
        "尚无人提供，暂按规则从严取值（{source}）", "nobody has said yet; taken as the rules take it ({source})"
    ),
}


def _fact(value: Scalar | None, unit: str | None) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:,} {unit or ''}".strip() if isinstance(value, int | float) else str(value)
