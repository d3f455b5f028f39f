"""The proof that an exported record is as it was written: one pass over its lines, a few numbers kept for each chain.

Found are entries that were edited, inserted, reordered or removed; an end that was cut off or written anew is found against
a checkpoint.  What is said of an edited entry is taken from the entries around it, so that one change is one fault.
docs/algorithms/record.md says what this proves, and what it cannot.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from luodi.domain.events.reading import Line, NoEntry, read_line
from luodi.domain.events.record import START
from luodi.domain.events.sealing import Checkpoint, Heads
from luodi.domain.vocabulary import Place, Problem

GAPS = 100
"""Gaps of one chain that are remembered in case their entries turn up later; what comes back after that is an insertion."""


@dataclass(slots=True)
class _Gap:
    """Places of a chain that have not been seen, and the line at which that was noticed."""

    first: int
    last: int
    line: int


@dataclass(slots=True)
class _Chain:
    """How far a chain has been read: its last place, and the hashes that the next entry may say it follows."""

    seq: int = 0
    ends: tuple[str, ...] = (START,)
    at: str = ""
    gaps: list[_Gap] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """The state of one pass."""

    file: str
    heads: Heads
    chains: dict[str, _Chain] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)

    def note(self, line: int | None, code: str, **facts: object) -> None:
        """Note a fault at a line of the file."""
        shown = {key: _shown(one) if isinstance(one, str) else one for key, one in facts.items()}
        self.found.append(Problem(Place(self.file, line), code, shown))


def verify(lines: Iterable[str], checkpoint: Checkpoint | None = None, *, file: str = "record",
           chain: str | None = None) -> Iterator[Problem]:  # fmt: skip
    """Every fault of the lines of an export, as they are read; none where all is as it was written.

    With `checkpoint` also what is missing at the end of a chain, or was written anew before it was sealed; `chain` limits that
    to one chain, for the export of a single project.  The checkpoint's own signature is the matter of `sealing.seal_faults`.
    """
    heads = checkpoint.heads if checkpoint else {}
    if chain is not None:
        heads = {name: head for name, head in heads.items() if name == chain}
    reading = _Reading(file, heads)
    for number, text in enumerate(lines, 1):
        try:
            line = read_line(text.removesuffix("\n"))
        except NoEntry as error:
            reading.note(number, "record_fields" if error.detail else "record_malformed", fields=error.detail)
        else:
            _take(reading, line, number)
        if reading.found:
            yield from reading.found
            reading.found.clear()
    _finish(reading)
    yield from reading.found


def _take(reading: _Reading, line: Line, number: int) -> None:
    """One entry: note what is wrong with it, and move its chain on."""
    known = reading.chains.get(line.chain)
    chain = known or _Chain()
    if line.hash == line.computed:
        if not line.canonical:
            reading.note(number, "record_rewritten", chain=line.chain, seq=line.seq)
        _place(reading, chain, line, number)
        _against_seal(reading, line, number)
    else:
        reading.note(number, "record_edited", chain=line.chain, seq=line.seq, who=line.who)
        if line.previous not in chain.ends and line.seq != chain.seq + 1:
            return  # its chain or place cannot be believed either
        chain.seq, chain.ends = chain.seq + 1, (line.hash, line.computed)
    if known is None:
        reading.chains[line.chain] = chain


def _place(reading: _Reading, chain: _Chain, line: Line, number: int) -> None:
    """Where an entry whose own hash is right stands in its chain."""
    expected = chain.seq + 1
    if line.seq < expected:
        if not _fills(chain, line.seq):
            reading.note(number, "record_inserted", chain=line.chain, seq=line.seq, who=line.who)
            if line.seq == chain.seq:
                chain.ends = (*chain.ends[:2], line.hash)
            return
        reading.note(number, "record_reordered", chain=line.chain, seq=line.seq, after=chain.seq)
        return
    if line.seq > expected:
        chain.gaps.append(_Gap(expected, line.seq - 1, number))
        if len(chain.gaps) > GAPS:
            _tell_gap(reading, line.chain, chain.gaps.pop(0))
    elif line.previous not in chain.ends:
        reading.note(number, "record_unlinked", chain=line.chain, seq=line.seq, before=chain.seq)
    if line.at < chain.at:
        reading.note(number, "record_earlier", chain=line.chain, seq=line.seq, at=line.at, latest=chain.at)
    chain.seq, chain.ends, chain.at = line.seq, (line.hash,), line.at


def _fills(chain: _Chain, seq: int) -> bool:
    """Whether a place was missing so far; it is not any more."""
    for index, gap in enumerate(chain.gaps):
        if gap.first <= seq <= gap.last:
            parts = _Gap(gap.first, seq - 1, gap.line), _Gap(seq + 1, gap.last, gap.line)
            chain.gaps[index : index + 1] = [part for part in parts if part.first <= part.last]
            return True
    return False


def _against_seal(reading: _Reading, line: Line, number: int) -> None:
    """Whether the entry at the place of a sealed head is the one that was sealed."""
    sealed = reading.heads.get(line.chain)
    if sealed and line.seq == sealed[0] and line.hash != sealed[1]:
        reading.note(number, "record_not_sealed", chain=line.chain, seq=line.seq, who=line.who)


def _finish(reading: _Reading) -> None:
    """What never came: gaps, and the ends that the checkpoint knows of."""
    for name, chain in reading.chains.items():
        for gap in chain.gaps:
            _tell_gap(reading, name, gap)
    for name, (count, _) in reading.heads.items():
        last = reading.chains[name].seq if name in reading.chains else 0
        if last < count:
            reading.note(None, "record_cut_off", chain=name, last=last, count=count, lost=count - last)


def _shown(text: str) -> str:
    """What a stranger's file says, safe to print: no control characters, no half characters, not endless."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text[:200])


def _tell_gap(reading: _Reading, name: str, gap: _Gap) -> None:
    count = gap.last - gap.first + 1
    reading.note(gap.line, "record_removed", chain=name, first=gap.first, last=gap.last, count=count)
