"""Two live projects in the demo's own folder, for the stories of casework: recorded beside the demo, in a process of its own.

Run as `python -m tests.browser.stage`: a test's own Django knows another database.
"""

import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

FIRST, SECOND = "stage-one", "stage-two"
NAMES = {FIRST: ("戏台一号项目", "Stage one"), SECOND: ("戏台二号项目", "Stage two")}
PEOPLE = {"navigator": "zhaolei", "agent": "qiye", "leader": "guolin"}
GRANTED = "temp_utilities"
"""The matter of the first project that is granted already, so that it can be rated."""


def prepare(folder: Path) -> None:
    """Set the stage in the demo's folder."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LUODI_", "DJANGO_"))}
    env |= {"LUODI_DEMO_DIR": str(folder), "LUODI_DEMO": "1", "DJANGO_SETTINGS_MODULE": "luodi.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.stage"],
        cwd=Path(__file__).parents[2], env=env, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def document(slug: str, contact: date) -> str:
    """A sample project under another name, its dates moved so that it begins on a day (signed 77 days later)."""
    from luodi.domain.catalogue.reading import load
    from luodi.domain.facts import samples

    name, folder = samples.load("jinko", load()).name, Path(sys.modules["luodi"].__path__[0]) / "data" / "samples"
    text = (folder / "jinko.yaml").read_text(encoding="utf-8")
    first = re.search(r"contact: (\d{4}-\d\d-\d\d)", text)
    assert first
    moved = contact - date.fromisoformat(first[1])
    text = re.sub(r"\b20\d\d-\d\d-\d\d\b", lambda day: f"{date.fromisoformat(day[0]) + moved}", text)
    zh, en = NAMES[slug]
    return text.replace(name.zh, zh).replace(name.en, en)


def set_up() -> None:
    """The projects, their team, their announced plans, and the first project's cases."""
    from luodi.accounts import readers as accounts
    from luodi.accounts.acting import SYSTEM
    from luodi.cases import actions
    from luodi.domain.clock.office import SHANGHAI, day_of
    from luodi.plans.actions import announce
    from luodi.projects.actions import assign_member, record_project
    from luodi.zones.reaching import acting_as

    at = datetime.now(SHANGHAI)
    today = day_of(at)
    posts = {one.username: one for one in reversed(accounts.sample_posts(today))}
    people = {name: acting_as(one.id, today) for name, one in posts.items()}
    applicant = next(one.id for one in accounts.organisations(kind="enterprise") if one.code == "sample_enterprise")
    for slug in (FIRST, SECOND):
        text = document(slug, today - timedelta(days=90))
        record_project(
            slug=slug, document=text, sample=True, by=SYSTEM, at=at, zone="zgsfq", applicant=applicant, live=True
        )
        for role, name in PEOPLE.items():
            assign_member(project=slug, post=posts[name].id, role=role, starts=today, by=SYSTEM, at=at)
        announce(project=slug, by=SYSTEM, at=at)
    navigator = people[PEOPLE["navigator"]]
    assert navigator
    opened = actions.dispatch(project=FIRST, by=navigator, at=at).opened
    case = next(one for one in opened if one.matter == GRANTED)
    officer = next(one for one in people.values() if one and one.organisation_name == case.organisation)
    seq = 1
    for verb, more in (("accept", {}), ("decide", {"outcome": "granted"})):
        seq = getattr(actions, verb)(
            case=case.case, seq=seq, by=officer, at=at + timedelta(seconds=2 * seq), **more
        ).seq


if __name__ == "__main__":
    import django

    django.setup()
    set_up()
