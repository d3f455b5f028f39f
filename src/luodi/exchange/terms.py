"""The field's words for ids that appear in files: modes, kinds of limit, column heads (`data/terms.yaml`)."""

from functools import cache
from typing import cast

from luodi.domain.source.reading import read_data
from luodi.domain.source.tree import plain


@cache
def terms() -> dict[str, dict[str, str]]:
    """Every term by id, in both languages."""
    return cast(dict[str, dict[str, str]], plain(read_data("terms.yaml")))


def term(id_: str, language: str) -> str:
    """The word for an id."""
    return terms()[id_]["en" if language.startswith("en") else "zh"]
