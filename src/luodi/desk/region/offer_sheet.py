"""The offer sheet of a zone as PDF: two pages of A4 by typst, the same parts as its page."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypedDict

from luodi.desk.charting import answers
from luodi.desk.region import telling
from luodi.desk.region.comparing import joined
from luodi.desk.region.offering import LAND, Group, Offer
from luodi.domain.regions.published import policies
from luodi.domain.vocabulary import Text
from luodi.papers.rendering import printable
from luodi.zones.registry import registry

FOLDER = Path(__file__).parent.parent / "templates" / "region"
TEMPLATE = FOLDER / "offer.typ"
NOT_ENTERED = Text("尚未登记", "not entered yet")


class Line(TypedDict):
    """A line of a part: its name, the figure or text, what is said of it, the number of its source (0: none)."""

    name: str
    figure: str
    about: str
    source: int


class Part(TypedDict):
    """A part of the sheet under its heading."""

    title: str
    lines: list[Line]


def pdf(offer: Offer, language: str, *, printed: object) -> bytes:
    """The sheet.  About 100 ms, the first of a process half a second."""
    import typst

    sources: list[str] = []
    en = language.startswith("en")
    first, second = parts(offer, language, sources)
    spoken = {
        "title": offer.zone.name[language],
        "under": joined([registry().kinds[offer.zone.kind], *([registry().levels[offer.zone.level]] if offer.zone.level in
                         registry().levels else []), Text(offer.zone.city, offer.zone.city)])[language],
        "mark": "" if offer.zone.checked else ("Name not checked" if en else "名称未核实"),
        "sample": ("Sample data" if en else "含示例数据") if offer.sample else "",
        "pages": [first, second],
        "sources": sources,
        "heads": {"sources": "Sources" if en else "来源", "offer": "What this zone offers" if en else "投资推介单"},
        "foot": f"luodi · {'as of' if en else '截至'} {offer.on} · {'printed' if en else '打印于'} {printed}",
        "language": "en" if en else "zh",
    }  # fmt: skip
    made = typst.compile(
        TEMPLATE,
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(_printable(spoken), ensure_ascii=False)},
    )
    return bytes(made)


def parts(offer: Offer, language: str, sources: list[str]) -> tuple[list[Part], list[Part]]:
    """The parts of both pages; the sources they name are added to `sources`."""
    said, groups = _Speaker(language, sources), {one.id: one for one in offer.groups}
    return _first(offer, said, groups), _second(offer, said, groups)


def _first(offer: Offer, said: "_Speaker", groups: Mapping[str, Group]) -> list[Part]:
    known, language = offer.known, said.language
    where = [said.line(Text("面积", "Area"), f"{known.area} km²", known.area_about)] if known.area else []
    if offer.parks or known.parks:
        parks = joined([*known.parks, *(one.name for one in offer.parks)])
        where.append(said.line(Text("园区", "Parks"), parks[language]))
    if known.about:
        where.append(said.line(Text("概况", "About"), known.about[language]))
    industries = said.line(Text("产业", "Industries"), joined(known.industries)[language])
    resources = [*said.group(groups, "power"), *said.group(groups, "energy")]
    return [
        Part(title=said(Text("在哪里", "Where")), lines=[*where, *said.group(groups, "place")]),
        Part(title=said(Text("主导产业", "Leading industries")), lines=[industries, *said.group(groups, "economy")]),
        Part(
            title=said(Text("资源", "Resources")),
            lines=resources or [said.line(Text("资源", "Resources"), said(NOT_ENTERED))],
        ),
    ]


def _second(offer: Offer, said: "_Speaker", groups: Mapping[str, Group]) -> list[Part]:
    language = said.language
    days = Text("服务时限（公布计划的中位数，日历日）", "Days promised (median of announced plans, calendar days)")
    province = [said.line(Text("全省", "Province"), text[language], source=source) for text, source in policies()]
    unit = said.line(Text("联系单位", "Unit"), said(offer.contact.name if offer.contact else NOT_ENTERED))
    return [
        Part(
            title=said(Text("土地与标准厂房", "Land and standard plants")),
            lines=[*said.ready(offer), *said.group(groups, LAND)],
        ),
        Part(title=said(days), lines=said.days(offer)),
        Part(title=said(Text("政策", "Policies")), lines=[*said.group(groups, "policy"), *province]),
        Part(title=said(Text("联系", "Contact")), lines=[unit, *said.group(groups, "contact")]),
    ]


class _Speaker:
    """Puts lines into one language and numbers their sources."""

    def __init__(self, language: str, sources: list[str]) -> None:
        self.language, self.sources, self.en = language, sources, language.startswith("en")

    def __call__(self, text: Text) -> str:
        return text[self.language]

    def line(self, name: Text, figure: str, about: Text | None = None, source: str = "") -> Line:
        """A line; its source gets the next number, or the one it has."""
        if source and source not in self.sources:
            self.sources.append(source)
        number = self.sources.index(source) + 1 if source else 0
        return Line(name=self(name), figure=figure, about=self(about) if about else "", source=number)

    def group(self, groups: Mapping[str, Group], key: str) -> list[Line]:
        """The lines of a profile's group."""
        found = groups.get(key)
        lines = []
        for item, one in found.lines if found else ():
            unit = f"\u2009{self(item.unit)}" if item.unit else ""
            figure = f"{one.figure}{unit}" if one.value is not None else one.about
            small = f"{one.about} · {one.on}" if one.value is not None and one.about else f"{one.on}"
            lines.append(self.line(item.name, figure, Text(small, small), one.source))
        return lines

    def ready(self, offer: Offer) -> list[Line]:
        """Parcels and plants recorded here."""
        land, none = offer.ready, "none recorded" if self.en else "没有登记"
        parcels = f"{land.mu:,.1f}\u2009{'mu' if self.en else '亩'}" if land.parcels else none
        plants = f"{land.vacant:,.0f}\u2009m²" if land.buildings else none
        return [
            self.line(
                Text("净地与挂牌地块", "Net and listed parcels"),
                parcels,
                Text(f"{land.parcels} 宗", f"parcels: {land.parcels}"),
            ),
            self.line(
                Text("空置标准厂房", "Empty standard plants"),
                plants,
                Text(f"{land.buildings} 栋", f"buildings: {land.buildings}"),
            ),
        ]

    def days(self, offer: Offer) -> list[Line]:
        """Days promised and days it took."""
        unit, names = "\u2009d" if self.en else "\u2009天", answers.catalogue().milestones
        lines = [
            self.line(
                Text(f"签约→{names[target].name.zh}", f"Signing → {names[target].name.en}"),
                f"{telling.middle(one)}{unit}",
                telling.spread(one),
            )
            for target, one in offer.promised.items()
            if target in names
        ]
        if offer.started:
            name = Text("已开工项目实际：签约→开工", "As it went: signing → start")
            lines.append(self.line(name, f"{telling.middle(offer.started)}{unit}", telling.spread(offer.started)))
        none = "no plan announced yet" if self.en else "还没有公布的计划"
        return lines or [self.line(Text("时限", "Days"), none)]


def _printable(value: object) -> object:
    if isinstance(value, str):
        return printable(value.replace(telling.THIN, " "))  # no font of ours has the thin space
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value


@cache
def _fonts() -> Path:
    from pylopdf_fonts_zh_cn import sans_path

    return Path(sans_path()).parent
