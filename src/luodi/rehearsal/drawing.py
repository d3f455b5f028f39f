"""The project files of the invented province: the sample files with other names, facts and days, all marked sample."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from luodi.domain.catalogue.reading import load
from luodi.domain.facts import samples
from luodi.domain.facts.project import ProjectFile
from luodi.domain.facts.reading import read_project
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data
from luodi.domain.source.tree import plain
from luodi.domain.vocabulary import Text
from luodi.rehearsal.chance import Chance
from luodi.rehearsal.habits import habits

FIRM_CODE = "91149999MA0DEMX00K"
"""An invented credit code: right by its own check character, of a region (149999) that does not exist, with an inner check
character no organisation can have."""
NOTE = {
    "zh": "示例项目：事实、人员、日期均为演示而设。",
    "en": "An invented project: facts, people and days are made up.",
}
APPLICANT = "示例企业（为演示而设）"
FULL = ("jinko", "jinko", "jinko", "jinko", "sany", "tongfu", "taishan")
"""Most invented projects have as many matters as the large sample files."""
SWITCHES = ("site.urban_green_or_trees", "site.municipal_works", "site.pipes_to_move", "site.irrigation_affected",
            "site.geohazard_prone", "project.needs_gas", "project.needs_heat", "project.special_equipment",
            "project.wastewater_to_sewer", "site.flood_area", "site.near_weather_station")  # fmt: skip
PREPARED = ("regional_assessment", "standard_land")
"""Levers of zones that have prepared their land; elsewhere each project does those matters itself."""


@dataclass
class Draft:
    """A project file while it is lived with: the text, and what it means.  Milestones are added as they are reached."""

    values: dict[str, Any]
    file: ProjectFile
    text: str = field(default="")

    def __post_init__(self) -> None:
        self.text = written(self.values)

    def reach(self, milestone: str, on: date) -> None:
        """Add a milestone that has been reached: the file is then as of that day."""
        self.values["milestones"][milestone] = on.isoformat()
        self.values["options"]["as_of"] = on.isoformat()
        self.text = written(self.values)
        options = replace(self.file.options, as_of=on)
        self.file = replace(self.file, options=options, milestones={**self.file.milestones, milestone: on})


def drawn(seed: int, index: int, zone: Text, contact: date) -> Draft:
    """An invented project, with the days of its first contact and its signing."""
    chance = Chance(seed, "project", index)
    values: dict[str, Any] = json.loads(_base(chance.pick((*FULL, chance.pick(samples.names())))))
    name = _name(chance, index)
    _dress(values, name, zone, contact, contact + timedelta(days=chance.days("signing")), index)
    _vary(values, chance)
    return draft_of(values)


def full_swing(zone: Text, contact: date) -> Draft:
    """晋科, as the demo handles it: the sample file with days of the present."""
    values: dict[str, Any] = json.loads(_base("jinko"))
    name = Text("晋科能源年产56GW垂直一体化大基地项目（演示办理）", "Jinko Energy 56 GW base (handled here, invented)")
    _dress(values, name, zone, contact, contact + timedelta(days=28))
    values["milestones"]["signed"] = (contact + timedelta(days=28)).isoformat()
    return draft_of(values)


def draft_of(values: dict[str, Any]) -> Draft:
    """Values with what they mean.  Raises `BadInput` where the catalogue does not know them."""
    return Draft(values, read_project(written(values), load()))


def written(values: dict[str, Any]) -> str:
    """The text that is recorded."""
    return json.dumps(values, ensure_ascii=False, indent=1)


@cache
def _base(name: str) -> str:
    faults = Faults(name)
    return json.dumps(plain(read_data(f"{samples.FOLDER}/{name}.yaml", faults)), ensure_ascii=False, default=str)


def _dress(values: dict[str, Any], name: Text, zone: Text, contact: date, signed: date, index: int = 0) -> None:
    """Names and days; what a sample file says of the article it comes from does not hold here."""
    about = values["about"]
    for key in ("sources", "claims"):
        about.pop(key, None)
    about |= {"name": {"zh": name.zh, "en": name.en}, "zone": {"zh": zone.zh, "en": zone.en}, "notes": [NOTE]}
    about["basis"] = {"default": "sample"}
    values.pop("progress", None)
    values["project"] = {"id": values["project"]["id"]}
    values["milestones"] = {"contact": contact.isoformat(), "signed": signed.isoformat()}
    values["options"] = {"as_of": contact.isoformat(), "regime": "reform", "projected": True}
    form = values["form"]
    form["project_name"], form["applicant_name"] = name.zh, APPLICANT
    form["uscc"], form["project_code"] = (
        FIRM_CODE,
        f"{contact:%y%m}-149999-04-01-9{index:05d}",
    )  # 149999: no such region
    form["planned_start"] = (contact + timedelta(days=240)).isoformat()
    form["planned_production"] = (contact + timedelta(days=600)).isoformat()
    form.setdefault("site_address", f"{zone.zh}示例地块")
    form.setdefault("construction_content", f"{name.zh}（示例）")


def _vary(values: dict[str, Any], chance: Chance) -> None:
    facts = values["facts"]
    for switch in SWITCHES:
        if chance.between(1, 4) > 1:
            facts[switch] = chance.between(1, 10) <= 6
    facts["site.forest_land_m2"] = chance.pick((0, 0, 20_000))
    facts["site.new_construction_land"] = chance.between(1, 10) <= 7
    for key in ("site_boundary", "building_footprint", "fixed_investment"):  # they would have to fit what is varied
        values["form"].pop(key, None)
    if not chance.happens("prepared"):
        values["options"]["levers"] = [one for one in load().regimes["reform"] if one not in PREPARED]
        del values["options"]["regime"]
    if chance.between(1, 2) == 1:
        for one in values["form"].get("hazardous_substances", ()):
            one["use"] = "储存"
    values["form"]["land_area"] = f"{chance.between(40, 1500)} 亩"
    values["form"]["total_investment"] = f"{chance.between(1, 80)} 亿元"


def _name(chance: Chance, index: int) -> Text:
    names = habits().names
    firm, trade, sort = chance.pick(names.firms), chance.pick(names.trades), chance.pick(names.sorts)
    return Text(f"示例{firm}{trade.zh}{sort.zh}（{index:04d}）", f"Sample {trade.en} {sort.en} ({index:04d})")
