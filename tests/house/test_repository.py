"""What a stranger finds: no host of a package registry, no path of somebody's machine, and docs that name everything."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.house.tree import ROOT, files, modules, name, text

# Written in two halves, so that this file does not break its own rule.
HOSTS = ["py" + "pi.org", "python" + "hosted", "npm" + "js.", "npm" + "js.org", "npm" + "mirror", "deb." + "debian.org",
         "pip." + "conf", "registry." + "yarnpkg", "crates" + ".io"]  # fmt: skip
PERSONAL = re.compile(r"(?<![\w.~-])/(work|root|home|Users|mnt|tmp/luodi)/")
READMES = ("README.md", "README.zh-CN.md")


def test_no_registry_host_is_named() -> None:
    found = [f"{name(path)}: {host}" for path in files() for host in HOSTS if host in text(path)]
    assert not found


def test_no_path_of_a_machine_is_named() -> None:
    found = [f"{name(p)}: {m.group()}" for p in files() if (m := PERSONAL.search(text(p)))]
    assert not found


def test_no_lock_with_hosts_is_kept() -> None:
    assert {"uv.lock", "pylock.toml"} <= set(text(ROOT / ".gitignore").splitlines())


def test_every_locked_package_has_its_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"\n(?=\S)", text(ROOT / lock).strip())
        assert all("--hash=sha256:" in block for block in blocks if "==" in block), lock


def test_the_locks_agree() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+==\S+)", text(ROOT / lock), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_dependency_says_why() -> None:
    project = text(ROOT / "pyproject.toml")
    for dependency in tomllib.loads(project)["project"]["dependencies"]:
        line = next(one for one in project.splitlines() if f'"{dependency}"' in one)
        assert "#" in line, dependency


def settings() -> set[str]:
    """Every environment variable the program reads."""
    return {one for path in modules() for one in re.findall(r"\bLUODI_[A-Z0-9_]*[A-Z0-9]\b", text(path))}


def verbs() -> list[str]:
    """The recipes of ./dev, as it lists them itself."""
    said = subprocess.run([sys.executable, ROOT / "dev"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"\./dev (\w+)", said)


def commands() -> tuple[str, ...]:
    """The commands of the command line."""
    from luodi.cli import COMMANDS

    return tuple(COMMANDS)


@pytest.mark.parametrize("what", ["settings", "commands", "verbs"])
def test_the_docs_name_everything(what: str) -> None:
    reference = text(ROOT / "docs/reference.md")
    wanted = {
        "settings": [f"`{one}`" for one in settings()],
        "commands": [f"`luodi {one}" for one in commands()],
        "verbs": [f"`./dev {one}" for one in verbs()],
    }[what]
    assert wanted
    assert not [one for one in wanted if one not in reference]


def test_the_docs_name_nothing_that_is_gone() -> None:
    reference = text(ROOT / "docs/reference.md")
    assert set(re.findall(r"`(LUODI_[A-Z_]+)`", reference)) <= settings()
    assert set(re.findall(r"`luodi (\w+)", reference)) <= set(commands())
    assert set(re.findall(r"`\./dev (\w+)", reference)) <= set(verbs())


@pytest.mark.parametrize("leaf", files(".md"), ids=name)
def test_links_between_pages_lead_somewhere(leaf: Path) -> None:
    wanted = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text(leaf))
    gone = [one for one in wanted if not (leaf.parent / one).exists()]
    assert not gone


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_gives_the_two_commands(readme: str) -> None:
    assert "./dev demo" in text(ROOT / readme)
    assert "./dev test" in text(ROOT / readme)


def test_every_decision_is_dated() -> None:
    for path in files(".md", "docs/adr"):
        assert re.search(r"^Date: \d{4}-\d\d-\d\d$", text(path), re.MULTILINE), name(path)
        assert all(f"## {part}" in text(path) for part in ("Context", "Decision", "Consequences")), name(path)
