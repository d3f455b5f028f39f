"""Rows of the approval flows, their stages and matters, from the catalogue."""

from collections.abc import Iterator, Mapping

from luodi.domain.catalogue.matters import Catalogue, Matter, Number
from luodi.domain.vocabulary import DayUnit
from luodi.exchange.national.choices import Choices, Flow, Stage, Version
from luodi.exchange.national.rows import Row, Value

FLOWS, STAGES, MATTERS = "SPGL_DFXMSPLCXXB", "SPGL_DFXMSPLCJDXXB", "SPGL_DFXMSPLCJDSXXXB"
BASICS = "SPGL_SPSXJBXXB"


def flow_rows(catalogue: Catalogue, choices: Choices, flow: Flow, version: Version, city: str) -> Iterator[Row]:
    """A flow, its stages and its matters, for the city that reports them."""
    key = f"{city}-{flow.code}-{version.version}"
    named: dict[str, Value] = {"XZQHDM": city, "SPLCBM": flow.code, "SPLCBBH": version.version}
    yield Row(FLOWS, key, flow.zh, {
        **named, "SPLCMC": flow.zh, "SPLCSXSJ": version.since, "SPLCLX": flow.type, "SXRQ": version.since, **flow.more,
    })  # fmt: skip
    sent = matters_of(catalogue, choices)
    for number, stage in choices.stages.items():
        stage_key = f"{key}-{number}"
        of_stage = [one for one in sent.values() if one.stage == number]
        yield Row(STAGES, stage_key, catalogue.stages[number].zh, {
            **named, "SPJDBM": f"{flow.code}-{number}", "SPJDMC": catalogue.stages[number].zh, "SPJDXH": number,
            "SPJDSX": stage_limit(of_stage, stage, choices), "LCBSXLX": stage.milestone_kind, "DYBZSPJDXH": stage.standard,
        }, (FLOWS, key))  # fmt: skip
        for matter in of_stage:
            values = {**named, "SPJDXH": number, **_matter(matter, catalogue, choices, version)}
            yield Row(MATTERS, f"{key}-{matter.id}", matter.name.zh, values, (STAGES, stage_key))


def basic_rows(catalogue: Catalogue, choices: Choices, version: Version, city: str) -> Iterator[Row]:
    """The matters as 3.0 has them, each for itself: those whose official codes this place has filled in, and no others."""
    for matter in matters_of(catalogue, choices).values():
        if matter.id in choices.basics:
            law, promise = law_limit(matter, choices), matter_limit(matter, choices)
            yield Row(BASICS, f"{city}-{matter.id}-{version.version}", matter.name.zh, {
                "XZQHDM": city, "SPSXBM": matter.id, "SPSXBBH": version.version, "SPSXMC": matter.name.zh,
                "SDYJ": matter.legal_basis or None, "SSZT": catalogue.units[matter.unit].zh, "SXRQ": version.since,
                "FDBJSX": law, "FDBJSXSM": f"{law}个工作日", "CNBJSX": promise, "CNBJSXSM": f"{promise}个工作日",
                "BJLX": choices.matter["instant"] if promise == 0 else choices.matter["promised"],
                **choices.basic, **choices.basics[matter.id],
            })  # fmt: skip


def matters_of(catalogue: Catalogue, choices: Choices) -> Mapping[str, Matter]:
    """The matters we send: not what the enterprise does by itself."""
    return {id_: one for id_, one in catalogue.matters.items() if one.unit not in choices.left_out_units}


def stage_limit(matters: list[Matter], stage: Stage, choices: Choices) -> int:
    """Working days of a stage: as published, else the longest of its matters, since none may be longer than its stage."""
    longest = max((matter_limit(one, choices) for one in matters), default=0)
    return stage.limit or max(longest, choices.stage_range[0])


def matter_limit(matter: Matter, choices: Choices) -> int:
    """Working days of a matter: the shortest promise, else the longest limit of the law."""
    if matter.promises:
        return min(in_working_days(one.days, one.unit, choices) for one in matter.promises)
    return law_limit(matter, choices)


def law_limit(matter: Matter, choices: Choices) -> int:
    """Working days of a matter by the longest limit of the law."""
    return max((in_working_days(one.days, one.unit, choices) for one in _limits(matter)), default=0)


def in_working_days(days: int, unit: str, choices: Choices) -> int:
    """A period in working days, which alone the exchange counts; others are converted (`calendar_to_working`)."""
    if unit == DayUnit.WORKING or not days:
        return days
    rule = choices.calendar
    calendar = days * rule["days_of_month"] if unit == DayUnit.MONTHS else days
    return max(1, calendar * rule["numerator"] // rule["denominator"])


def _limits(matter: Matter) -> tuple[Number, ...]:
    return tuple(one for one in matter.limits if one.when is None) or matter.limits


def _matter(matter: Matter, catalogue: Catalogue, choices: Choices, version: Version) -> dict[str, Value]:
    limit, chosen = matter_limit(matter, choices), choices.matter
    return {
        "SPSXBM": matter.id,
        "SPSXBBH": version.version,
        "SPSXMC": matter.name.zh,
        "DYBZSPSXBM": choices.matter_codes.get(matter.id, chosen["standard"]),
        "SFSXGZCNZ": int(matter.commitment is not None),
        "BJLX": chosen["instant"] if limit == 0 else chosen["promised"],
        "SQDX": chosen["applicant"],
        "BLJGSDFS": chosen["delivery"],
        "SPSXBLSX": limit,
        "SPBMBM": matter.unit,
        "SPBMMC": catalogue.units[matter.unit].zh,
        "QZSPSXBM": ",".join(one for one in matter.requires if one in matters_of(catalogue, choices)) or None,
        "SFLCBSX": int(matter.id in choices.milestone_matters),
    }
