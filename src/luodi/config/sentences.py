"""The table from refusal code to sentence: `data/sentences/*.yaml`, Chinese and English side by side."""

from functools import cache
from typing import cast

from luodi.domain.source.reading import data_names, read_data
from luodi.domain.source.tree import plain
from luodi.domain.vocabulary import Problem, Refusal


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every sentence by code, from all files of the folder."""
    found: dict[str, dict[str, str]] = {}
    for name in data_names("sentences"):
        found.update(cast(dict[str, dict[str, str]], plain(read_data(name))))
    return found


def phrase(code: str, language: str, /, **facts: object) -> str:
    """The sentence of a code in a language, its facts filled in; of a `Text` it takes `{fact[zh]}` or `{fact[en]}`."""
    return sentences()[code]["en" if language.startswith("en") else "zh"].format(**facts)


def say(said: Problem | Refusal, language: str = "zh") -> str:
    """The sentence for a problem or refusal; a problem's place in its file comes first."""
    words = phrase(said.code, language, **said.facts)
    if isinstance(said, Refusal):
        return words
    where = said.where.file if said.where.line is None else f"{said.where.file}:{said.where.line}"
    return f"{where}: {words}"
