"""Checks of one row by itself: what is required, which codes there are, what goes with what."""

import re
from collections.abc import Iterator
from decimal import Decimal

from luodi.domain.facts.codes import wrong_industry, wrong_uscc
from luodi.exchange.national.choices import Choices
from luodi.exchange.national.flow_rows import BASICS, MATTERS, STAGES
from luodi.exchange.national.objecting import Objection
from luodi.exchange.national.project_rows import PROJECTS
from luodi.exchange.national.rows import Row, Value, written
from luodi.exchange.national.standard import Column, Standard, Table

PROJECT_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}", re.ASCII)
MATTER_CODES = {MATTERS: re.compile(r"\d{4}(,\d{4})*", re.ASCII), BASICS: re.compile(r"\d{7}(,\d{7})*", re.ASCII)}
"""What the standard's own codes of matters look like: four digits, in 3.0 seven."""
PARALLEL_STAGE = "5"
NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
REGION = re.compile(r"\d{6}", re.ASCII)


def value_checks(row: Row, standard: Standard, choices: Choices) -> Iterator[Objection]:
    """Everything wrong with a row by itself."""
    table = standard.tables[row.table]
    for column in table.columns.values():
        if column.code in FILLED_IN:
            continue
        value = row.values.get(column.code)
        if value is None or value == "":
            yield from _missing(row, column, standard)
        else:
            yield from _wrong(row, column, value, standard)
    yield from _together(row, table, standard, choices)


FILLED_IN = frozenset(("LSH", "DFSJZJ", "SJYXBS", "SJWXYY", "SJSCZT", "SBYY"))
"""Columns that the writing fills."""


def _missing(row: Row, column: Column, standard: Standard) -> Iterator[Objection]:
    facts = {"column": column.code, "name": column.zh}
    if column.need == "required":
        code = "national_code_unknown_yet" if _unestablished(column, standard) else "national_value_missing"
        yield Objection(row, code, facts)
    elif column.need == "expected":
        yield Objection(row, "national_value_expected", facts, grave=False)


def _wrong(row: Row, column: Column, value: Value, standard: Standard) -> Iterator[Objection]:
    if column.type == "text" and not column.list and column.length is None:
        return
    facts: dict[str, object] = {"column": column.code, "name": column.zh, "value": str(written(value))[:60]}
    if column.length is not None and isinstance(value, str) and len(value) > column.length:
        yield Objection(row, "national_value_long", {**facts, "length": len(value), "most": column.length})
    if column.type in ("whole", "decimal") and not column.list and not _counts(value):
        yield Objection(row, "national_not_a_number", facts)
    if column.list and not _unestablished(column, standard):
        known = standard.codes[column.list]
        for one in str(value).split(",") if column.several else (str(value),):
            if one not in known:
                yield Objection(row, "national_code_unknown", {**facts, "value": one, "list": column.list})
            elif not known[one].verified:
                yield Objection(row, "national_label_unverified", {**facts, "value": one, "label": known[one].zh or "?"},
                                grave=False)  # fmt: skip


def _counts(value: Value) -> bool:
    """Whether it is a number, not below zero; versions are written as text."""
    if isinstance(value, int | Decimal):
        return value >= 0
    return isinstance(value, str) and NUMBER.fullmatch(value) is not None


def _unestablished(column: Column, standard: Standard) -> bool:
    return bool(column.list) and not standard.codes[column.list]


def _together(row: Row, table: Table, standard: Standard, choices: Choices) -> Iterator[Objection]:
    values = row.values
    if table.name == PROJECTS:
        yield from _project(row, choices)
    elif table.name == STAGES and values.get("DYBZSPJDXH") != PARALLEL_STAGE:
        low, high = choices.stage_range
        limit = values.get("SPJDSX")
        if isinstance(limit, int) and not low <= limit <= high:
            yield Objection(row, "national_stage_limit", {"limit": limit, "low": low, "high": high})
    elif table.name in MATTER_CODES and "DYBZSPSXBM" in table.columns:
        matter = str(values.get("DYBZSPSXBM") or "")
        if not MATTER_CODES[table.name].fullmatch(matter):
            yield Objection(row, "national_matter_code", {"value": matter[:40]})
    if "TBCX" in values and values["TBCX"] == choices.other_special and not values.get("TBCXMC"):
        yield Objection(row, "national_special_unnamed", {})
    code = values.get("DWTYSHXYDM")
    if isinstance(code, str) and code and "DWTYSHXYDM" in table.columns:
        yield from _identity(row, code)


def _project(row: Row, choices: Choices) -> Iterator[Objection]:
    values = row.values
    code, starts, ends = values.get("XMDM"), values.get("NKGSJ"), values.get("NJCSJ")
    if isinstance(code, str) and not PROJECT_CODE.fullmatch(code):
        yield Objection(row, "national_project_code", {"value": code[:40]})
    for column in ("XZQHDM", "JSDDXZQH"):
        if values.get(column) and not REGION.fullmatch(str(values[column])):
            yield Objection(row, "national_region", {"column": column, "value": str(values[column])[:40]})
    industry = values.get("GBHY")
    if isinstance(industry, str) and wrong_industry(industry):
        yield Objection(row, "national_industry", {"value": industry[:40]})
    if starts is not None and ends is not None and str(written(ends)) < str(written(starts)):
        yield Objection(row, "national_dates_reversed", {"starts": written(starts), "ends": written(ends)})
    if values.get("XMSFWQBJ") == 1 and not values.get("XMWQBJSJ"):
        yield Objection(row, "national_done_without_day", {})
    if values.get("SPLCLX") not in {flow.type for flow in choices.flows}:
        yield Objection(row, "national_flow_type", {"value": values.get("SPLCLX")})


def _identity(row: Row, code: str) -> Iterator[Objection]:
    """The shape of a credit code is required; its check character only warned of: some codes in the wild fail it."""
    wrong = wrong_uscc(code)
    if wrong is not None:
        yield Objection(row, "national_uscc", {"value": code[:40]}, grave=wrong.code != "uscc_check")
