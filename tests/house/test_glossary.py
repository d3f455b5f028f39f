"""The glossary says each word once, in both languages, and points at identifiers that exist."""

import re
import subprocess
import sys

import yaml
from tests.house.tree import ROOT, SOURCE, modules, text


def terms() -> list[dict[str, str]]:
    """All terms, in the order of the file."""
    groups = yaml.safe_load(text(SOURCE / "data/glossary.yaml"))["groups"]
    return [term for group in groups for term in group["terms"]]


def test_the_page_is_current() -> None:
    cmd = [sys.executable, str(ROOT / "docs/generate.py"), "--check"]
    done = subprocess.run(cmd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_term_has_both_languages_and_a_meaning() -> None:
    assert len(terms()) >= 50
    for term in terms():
        assert {"zh", "en", "means"} <= set(term) <= {"zh", "en", "code", "means"}, term
        assert re.search(r"[一-鿿]", term["means"]), term
        assert re.search(r"[a-z]{3}", term["means"]), term


def test_a_word_means_one_thing() -> None:
    for language in ("zh", "en"):
        words = [term[language] for term in terms()]
        assert len(words) == len(set(words))


def test_identifiers_exist() -> None:
    source = " ".join([*map(text, modules()), *map(str, modules())])
    words = set(re.findall(r"\w+", source))
    assert not [term["code"] for term in terms() if "code" in term and term["code"] not in words]
