"""A small catalogue in a temporary folder, to be spoiled one way at a time."""

import json
from pathlib import Path

from luodi.domain.catalogue import reading

SOURCE = {"title": "某法", "article": "第1条"}
UNITS = {"office": {"zh": "某局", "en": "Office"}}
TIMING = {
    "stages": {1: {"zh": "一", "en": "one"}, 2: {"zh": "二", "en": "two"}},
    "phases": {"land": {"zh": "地", "en": "land"}},
    "milestones": {
        key: {"zh": key, "en": key}
        for key in (
            "contact",
            "signed",
            "land_supplied",
            "construction_start",
            "completion",
            "production",
            "statistics",
        )
    },
}
FACTS = {
    "area": {"zh": "面积", "en": "Area", "type": "number", "unit": "m2", "source": SOURCE},
    "dirty": {"zh": "有污染", "en": "Dirty", "type": "bool", "if_missing": False, "source": SOURCE},
    "kind": {
        "zh": "类别（a 甲 / b 乙）",
        "en": "Kind (a / b)",
        "type": "choice",
        "choices": ["a", "b"],
        "source": SOURCE,
    },
}
LEVERS = {
    "levers": {"parallel": {"zh": "并联", "en": "Parallel", "effect": "parallel", "meaning": {"zh": "并", "en": "p"},
                            "source": SOURCE}},
    "regimes": {"before_reform": [], "reform": ["parallel"]},
}  # fmt: skip


def number(**changes):
    """A sound number of the law, with changes; a change to None takes the key away."""
    whole = {"since": "2020-01-01", "days": 20, "unit": "working_days", "kind": "max", "confidence": "law",
             "source": SOURCE} | changes  # fmt: skip
    return {key: value for key, value in whole.items() if value is not None}


def matter(name, **changes):
    """A sound matter with changes; a change to None takes the key away."""
    whole = {
        "matter": name, "zh": name, "en": name, "stage": 1, "phase": "land", "unit": "office", "mode": "approval",
        "legal_basis": "某法", "applies": {"when": "always", "zh": "都要", "en": "always"}, "limits": [number()],
        "inputs": ["applicant"], "output": {"zh": "批复", "en": "decision"}, "source": SOURCE, "confidence": "law",
    } | changes  # fmt: skip
    return {key: value for key, value in whole.items() if value is not None}


class Small:
    """The folder; `matter`, `overlay` and `table` write files, `load` reads the catalogue there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.table("units.yaml", UNITS)
        self.table("milestones.yaml", TIMING | {"works": number(kind="assumed", confidence="assumption")})
        self.table("facts.yaml", FACTS)
        self.table("levers.yaml", LEVERS)
        self.table("forms/fields.yaml", {"fields": [{"id": "applicant"}]})

    def table(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1), "utf-8"
        )
        return path

    def matter(self, name, **changes):
        return self.table(f"catalogue/national/{name}.yaml", matter(name, **changes))

    def overlay(self, name, folder="catalogue/shanxi", **content):
        return self.table(f"{folder}/{name}.yaml", {"matter": name, **content})

    def load(self, *overlays, zone=None):
        return reading._read(overlays, zone)
