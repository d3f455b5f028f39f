"""Investment by size of project with shares, and what a published table of that kind tells about the totals it hides."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from luodi.domain.indicators.rounding import Interval, percent, printed, rounded, whole_of
from luodi.domain.source import asking as ask
from luodi.domain.source.faults import Faults
from luodi.domain.source.grounds import confidence_of, source_of, text_of
from luodi.domain.source.reading import read_data
from luodi.domain.vocabulary import Confidence, Source, Text

FILE = "indicators/sizes.yaml"


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A class of total investment in 亿元: `least` belongs to it, `below` (None: no bound) does not."""

    id: str
    name: Text
    least: Decimal
    below: Decimal | None

    def __contains__(self, total: Decimal) -> bool:
        return self.least <= total and (self.below is None or total < self.below)


@dataclass(frozen=True, slots=True)
class Part:
    """A published row: so many projects of a class, what was done (亿元, as printed) and its share in per cent."""

    size: str
    projects: int
    done: str
    share: str

    @property
    def total(self) -> Interval:
        """What the total may be of which this is the share."""
        return whole_of(self.done, self.share)


@dataclass(frozen=True, slots=True)
class Published:
    """A published table of size classes.  `of`: what each share is of; `together_of`: what the sum of the rows is a share of."""

    name: Text
    projects: int
    rows: tuple[Part, ...]
    of: Text
    together: str
    together_of: Text
    source: Source

    @property
    def total(self) -> Interval | None:
        """What all rows together allow the first total to be; None where they contradict one another."""
        found: Interval | None = self.rows[0].total
        for row in self.rows[1:]:
            found = found.meet(row.total) if found else None
        return found

    @property
    def done(self) -> Decimal:
        """The rows together, 亿元."""
        return sum((Decimal(row.done) for row in self.rows), Decimal(0))

    @property
    def point(self) -> Decimal:
        """The total that fits the rows best: all that was done over the sum of its shares."""
        shares = sum((Decimal(row.share) for row in self.rows), Decimal(0))
        return rounded(Fraction(self.done) * 100 / Fraction(shares), 1)

    @property
    def together_point(self) -> Decimal:
        """The second total as the printed figures give it."""
        return rounded(Fraction(self.done) * 100 / Fraction(Decimal(self.together)), 1)

    @property
    def together_total(self) -> Interval:
        """What the second total may be: the sum of the rows, each rounded, over its share."""
        parts = printed(self.rows[0].done)
        for row in self.rows[1:]:
            parts = parts.plus(printed(row.done))
        return parts.times(100).over(printed(self.together))


@dataclass(frozen=True, slots=True)
class Sizes:
    """The whole file."""

    classes: tuple[SizeClass, ...]
    published: Published
    confidence: Confidence
    source: Source


@dataclass(frozen=True, slots=True)
class Sized:
    """A project with its total investment and what of it was done in the period, 亿元."""

    total: Decimal
    done: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """A class: projects, total investment and done in 亿元, and the share of all that was done, in per cent."""

    size: SizeClass
    projects: int
    total: Decimal
    done: Decimal
    share: Decimal | None


@cache
def sizes() -> Sizes:
    """The file.  Raises `BadInput` with every fault of it."""
    faults = Faults(FILE)
    root = ask.row(read_data(FILE, faults), faults)
    classes = tuple(_class(row) for row in ask.children(root, "classes"))
    found = Sizes(classes, _published(ask.child(root, "published"), classes), confidence_of(root), source_of(root))
    ask.close(root)
    faults.settle()
    return found


def table(projects: Sequence[Sized], classes: Sequence[SizeClass]) -> tuple[Row, ...]:
    """Projects by class of size; shares are of what all of them did together."""
    all_ = sum((one.done for one in projects), Decimal(0))
    rows = []
    for size in classes:
        inside = [one for one in projects if one.total in size]
        done = sum((one.done for one in inside), Decimal(0))
        total = sum((one.total for one in inside), Decimal(0))
        rows.append(Row(size, len(inside), total, done, percent(done, all_, 1)))
    return tuple(rows)


def _class(row: ask.Row) -> SizeClass:
    below = ask.number(row, "below", None, low=0)
    found = SizeClass(
        ask.text(row, "id"), ask.pair(row), Decimal(str(ask.number(row, "from", 0, low=0))),
        Decimal(str(below)) if below is not None else None,
    )  # fmt: skip
    ask.close(row)
    return found


def _published(row: ask.Row, classes: Sequence[SizeClass]) -> Published:
    known = [one.id for one in classes]
    parts = []
    for one in ask.children(row, "rows"):
        parts.append(
            Part(
                ask.choice(one, "class", known),
                ask.whole(one, "projects", low=0),
                ask.code(one, "done"),
                ask.code(one, "share"),
            )
        )
        ask.close(one)
    together = ask.child(row, "together")
    found = Published(
        ask.pair(row), ask.whole(row, "projects", low=0), tuple(parts), text_of(row, "of"), ask.code(together, "share"),
        text_of(together, "of"), source_of(row),
    )  # fmt: skip
    ask.close(together)
    ask.close(row)
    return found
