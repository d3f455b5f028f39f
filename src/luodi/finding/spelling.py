"""How things are looked up: the beginnings under which a name or a code stands in the index.

A name stands there from each of its characters on, as written, in pinyin and in initials (能源 of 晶科能源: 能源, nengyuan,
ny), so that a word in the middle of a name is the beginning of an entry, and one range of an index finds it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.reading import read_data

FILE = "finding/readings.yaml"
WRITTEN, SPELLED, INITIALS = 16, 24, 12
"""How many letters of an entry are kept: of what is written, of pinyin, of initials."""
VARIANTS = 6
"""Ways of reading one name, at most."""
USCC = 18


@dataclass(frozen=True, slots=True)
class Readings:
    """Characters read in several ways, and endings of company names that are left out of pinyin."""

    ways: dict[str, tuple[str, ...]]
    endings: tuple[str, ...]


@cache
def readings() -> Readings:
    """The table of readings, read once in a process.  Raises `BadInput` with every problem of the file."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    rows = ask.child(root, "readings")
    ways = {key: ask.texts(rows, key) for key, _ in list(ask.entries(rows))}
    found = Readings(ways, ask.texts(root, "endings"))
    ask.close(root)
    faults.settle()
    return found


def plain(text: str) -> str:
    """Letters, digits and characters alone: narrow, in small letters, without spaces and marks."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).lower() if letter.isalnum())


def marks(names: Iterable[str], codes: Iterable[str] = ()) -> frozenset[tuple[int, str]]:
    """The entries of names and codes: 0 where it is the beginning of one, 1 where it lies within."""
    found: dict[str, int] = {}
    for place, mark in (*_of_names(names), *_of_codes(codes)):
        found[mark] = min(place, found.get(mark, 1))
    return frozenset((place, mark) for mark, place in found.items() if mark)


def words(names: Sequence[str], codes: Sequence[str] = ()) -> str:
    """Everything by which a thing may be found, in lines: for a second word, and for lists of few things."""
    lines = [plain(one) for one in (*names, *codes)]
    for one in names:
        for syllables in _spelled(_pieces(_core(one))):
            lines += ["".join(syllables), "".join(_first(syllable) for syllable in syllables)]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _of_names(names: Iterable[str]) -> Iterator[tuple[int, str]]:
    for name in names:
        pieces = _pieces(name)
        yield from _from_each(pieces, WRITTEN)
        for syllables in _spelled(_pieces(_core(name))):
            yield from _from_each(syllables, SPELLED)
            yield from _from_each([_first(one) for one in syllables], INITIALS)


def _of_codes(codes: Iterable[str]) -> Iterator[tuple[int, str]]:
    for code in codes:
        pieces = _pieces(code)
        yield from _from_each(pieces, SPELLED)
        for piece in pieces[1:]:
            if piece.isdigit():
                yield 1, piece.lstrip("0")
        if len(pieces) == 1 and len(pieces[0]) == USCC:
            yield 1, pieces[0][8:]  # the number of the organisation within its credit code


def _from_each(pieces: Sequence[str], longest: int) -> Iterator[tuple[int, str]]:
    for place in range(len(pieces)):
        yield min(place, 1), "".join(pieces[place : place + longest])[:longest]


def _pieces(text: str) -> list[str]:
    """Each Chinese character, and each run of other letters and digits."""
    found: list[str] = []
    run = ""
    for letter in unicodedata.normalize("NFKC", text).lower():
        if letter.isalnum() and not _chinese(letter):
            run += letter
            continue
        if run:
            found.append(run)
            run = ""
        if letter.isalnum():
            found.append(letter)
    return [*found, run] if run else found


def _chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or letter >= "\U00020000"


def _first(syllable: str) -> str:
    """The initial of a syllable; a code within a name stays whole."""
    return syllable[:1] if syllable.isalpha() else syllable


def _core(name: str) -> str:
    """A name without the ending that says only that it is a company."""
    return next((name[: -len(one)] for one in readings().endings if name.endswith(one) and name != one), name)


def _spelled(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The ways of reading a name, its likeliest first; none where it holds no Chinese."""
    if not any(_chinese(one[0]) for one in pieces):
        return
    likely = _likely(tuple(pieces))
    known = readings().ways
    choices = [dict.fromkeys((said, *known.get(piece, ()))) for piece, said in zip(pieces, likely, strict=True)]
    yield from islice(product(*choices), VARIANTS)


@lru_cache(maxsize=4096)
def _likely(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """What pypinyin reads, with the words of its dictionary: one syllable for each piece.

    The dictionary is loaded by the first name that is spelled, not by the first page.
    """
    from pypinyin import lazy_pinyin

    found: list[str] = []
    run = ""
    for piece in (*pieces, ""):
        if piece and _chinese(piece[0]):
            run += piece
            continue
        if run:
            said = lazy_pinyin(run)
            found += said if len(said) == len(run) else [lazy_pinyin(one)[0] for one in run]
            run = ""
        if piece:
            found.append(piece)
    return tuple(found)
