"""Rows of a project, its units and the boundary of its plot, from the one form."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from luodi.domain.catalogue.matters import Catalogue
from luodi.domain.clock.office import day_of
from luodi.domain.facts.boundary import Boundary
from luodi.domain.facts.codes import INDUSTRY_YEAR
from luodi.domain.facts.project import ProjectFile
from luodi.exchange.national.choices import Choices, Flow, Version
from luodi.exchange.national.flow_rows import FLOWS
from luodi.exchange.national.rows import Row, Value, city_of
from luodi.exchange.national.subjects import Sent

PROJECTS, UNITS, BOUNDARIES = "SPGL_XMJBXXB", "SPGL_XMDWXXB", "SPGL_XMYDHXJZXXB"
REGIONAL = "regional_assessment"


def project_key(sent: Sent) -> str:
    """The project's key in the exchange: its own name, which it keeps when the national code comes or changes."""
    return sent.slug


def project_rows(sent: Sent, catalogue: Catalogue, choices: Choices) -> Iterator[Row]:
    """The project, the enterprise that builds it, and its boundary where one was drawn."""
    form, key = sent.file.form, project_key(sent)
    city, code = city_of(_text(sent.file, "site_region")), _text(sent.file, "project_code") or None
    flow, version = flow_of(sent, choices)
    parent = (PROJECTS, key)
    flow_key = f"{city}-{flow.code}-{version.version}"
    values = {"XZQHDM": city, **_project(sent, catalogue, choices), **_flow(flow, version)}
    yield Row(PROJECTS, key, sent.file.name.zh, values, (FLOWS, flow_key))
    yield Row(UNITS, f"{key}-1", sent.file.name.zh, {
        "XZQHDM": city, "XMDM": code, "GCDM": code, "DWTYSHXYDM": _text(sent.file, "uscc") or None,
        "DWMC": _text(sent.file, "applicant_name") or None, "DWLX": choices.unit_kind,
    }, parent)  # fmt: skip
    boundary = form.get("site_boundary")
    if isinstance(boundary, Boundary):
        yield Row(BOUNDARIES, f"{key}-1", sent.file.name.zh, {
            "XZQHDM": city, "XMDM": code, "JZWJXH": 1, "JZWJMC": f"{key}.geojson", "JZWJSM": "用地界址（GeoJSON）",
            "JZWJFJ": geojson(boundary),
        }, parent)  # fmt: skip


def flow_of(sent: Sent, choices: Choices) -> tuple[Flow, Version]:
    """The flow a project takes, in the version of the day it was begun."""
    return choices.flow_of(_text(sent.file, "industry_code")), choices.version_on(day_of(sent.begun))


def geojson(boundary: Boundary) -> bytes:
    """The boundary as a GeoJSON MultiPolygon, in the coordinates it was given in."""
    shape = {
        "type": "MultiPolygon",
        "coordinates": [[list(map(list, ring)) for ring in one] for one in boundary.polygons],
    }
    return json.dumps(shape, separators=(",", ":")).encode()


def _project(sent: Sent, catalogue: Catalogue, choices: Choices) -> dict[str, Value]:
    file, form = sent.file, sent.file.form
    code, options = _text(file, "project_code") or None, file.options
    levers = options.levers if options.levers is not None else catalogue.regimes.get(options.regime or "", ())
    done, centre = sent.reached.get(choices.done_at), _centre(form.get("site_boundary"))
    year = choices.project.get("GBHYDMFBND", str(INDUSTRY_YEAR))
    return {
        **choices.project,
        "XMDM": code,
        "XMMC": _text(file, "project_name") or file.name.zh,
        "GCDM": code,
        "TDHQFS": choices.land.get(str(file.facts.get("land.supply_mode", ""))),
        "SFWCQYPG": int(REGIONAL in levers),
        "JSXZ": choices.nature.get(_text(file, "construction_nature")),
        "GBHYDMFBND": str(year),
        "GBHY": _text(file, "industry_code") or None,
        "NKGSJ": _day(form.get("planned_start")),
        "NJCSJ": _day(form.get("planned_production")),
        "XMSFWQBJ": int(done is not None),
        "XMWQBJSJ": done,
        "ZTZE": _amount(form.get("total_investment")),
        "JSDDXZQH": _text(file, "site_region") or None,
        "JSDD": _text(file, "site_address") or None,
        "XMJSDDX": centre[0] if centre else None,
        "XMJSDDY": centre[1] if centre else None,
        "JSGMJNR": _text(file, "construction_content") or None,
        "YDMJ": _amount(form.get("land_area")),
        "JZMJ": _amount(form.get("floor_area")),
        "SBSJ": sent.begun,
        "JSDW": _text(file, "applicant_name") or None,
        "JSDWDM": _text(file, "uscc") or None,
        "XMJWDZB": f"{centre[0]},{centre[1]}" if centre else None,
    }


def _flow(flow: Flow, version: Version) -> dict[str, Value]:
    return {"SPLCLX": flow.type, "SPLCBM": flow.code, "SPLCBBH": version.version}


def _text(file: ProjectFile, field: str) -> str:
    value = file.form.get(field)
    return value.strip() if isinstance(value, str) else ""


def _day(value: object) -> Value:
    return value if isinstance(value, date) else None


def _amount(value: object) -> Decimal | None:
    """The number of a quantity, in the unit of the form (万元, m²); of a split one its total."""
    if isinstance(value, dict):
        value = value.get("total")
    found = getattr(value, "amount", value)
    return found if isinstance(found, Decimal) else None


def _centre(boundary: object) -> tuple[Decimal, Decimal] | None:
    """The middle of the box around the plot, where it was drawn in degrees."""
    if not isinstance(boundary, Boundary):
        return None
    if boundary.metric:  # of a projection whose zone the exchange has no column for
        return None
    points = [point for polygon in boundary.polygons for point in polygon[0]]
    east, north = ([point[axis] for point in points] for axis in (0, 1))
    middle = [(min(one) + max(one)) / 2 for one in (east, north)]
    return Decimal(f"{middle[0]:.6f}"), Decimal(f"{middle[1]:.6f}")
