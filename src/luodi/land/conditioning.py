"""Standard land: the bars set for a parcel, what its investor promised, and the checks at completion and full production."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from django.db import transaction

from luodi.accounts.acting import Acting
from luodi.domain import written
from luodi.domain.land.parcels import Check, Numbers
from luodi.domain.land.standard import STAGES, indicators
from luodi.domain.vocabulary import Refusal
from luodi.land.moving import keep_change, past
from luodi.land.revising import hold

BEFORE_SALE = ("raw", "net")
LARGEST = 1e9


def set_conditions(*, parcel: int, seq: int, values: Mapping[str, float], by: Acting, at: datetime) -> None:
    """Set the bars of a parcel, before it is listed: afterwards they belong to the contract.

    Raises `Refusal`: `conditions_after_listing`, `indicator_unknown`, `indicator_out_of_range`, `no_such_parcel`,
    `parcel_changed`.
    """
    numbers = _numbers(values)
    with transaction.atomic():
        held = hold(parcel, seq)
        if held.parcel.state not in BEFORE_SALE:
            raise Refusal("conditions_after_listing", parcel=held.parcel.number)
        keep_change(held, replace(held.parcel, conditions=numbers), "parcel.conditioned", by, at, values=_told(numbers))


def promise(*, parcel: int, seq: int, values: Mapping[str, float], by: Acting, at: datetime) -> None:
    """Record what the investor promised.  Raises as `set_conditions`."""
    numbers = _numbers(values)
    with transaction.atomic():
        held = hold(parcel, seq)
        keep_change(held, replace(held.parcel, promised=numbers), "parcel.promised", by, at, values=_told(numbers))


def check(
    *, parcel: int, seq: int, stage: str, on: date, values: Mapping[str, float], evidence: str, by: Acting, at: datetime
) -> None:
    """Record what was measured at completion or at full production; what follows a person decides.

    Raises `Refusal`: `check_before_delivery`, `check_of_no_stage`, and as `set_conditions`.
    """
    if stage not in STAGES:
        raise Refusal("check_of_no_stage", field="stage")
    numbers = _numbers(values)
    found = Check(stage, past(on, at), numbers, written.line(evidence, "evidence"))
    with transaction.atomic():
        held = hold(parcel, seq)
        if held.parcel.state != "delivered":
            raise Refusal("check_before_delivery", parcel=held.parcel.number)
        changed = replace(held.parcel, checks=(*held.parcel.checks, found))
        keep_change(
            held, changed, "parcel.checked", by, at, stage=stage, on=on, values=_told(numbers), evidence=found.evidence
        )


def _numbers(values: Mapping[str, float]) -> Numbers:
    """The values, each of a known indicator and within reason."""
    for key, value in values.items():
        if key not in indicators():
            raise Refusal("indicator_unknown", indicator=key[:40])
        if not 0 <= value <= LARGEST:
            raise Refusal("indicator_out_of_range", field=key, indicator=indicators()[key].name, value=value)
    return MappingProxyType(dict(values))


def _told(numbers: Numbers) -> dict[str, str]:
    """Numbers as the record keeps them: it holds no fractions, so as text."""
    return {key: f"{value:g}" for key, value in sorted(numbers.items())}
