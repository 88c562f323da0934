"""What was compared as text: for a terminal, a page and a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from lib.judgement import FoldsBy
from lib.search.comparison import Figures
from lib.search.entries import Entry, InputsEntry
from lib.wording import percent

PROTOCOLS: tuple[FoldsBy, ...] = ("random", "artist")
_GROUPS = {"inputs": "features", "networks": "network", "classic": "classic algorithm"}


@dataclass(frozen=True)
class Line:
    """A line of the one table: an entry with its figures by protocol."""

    entry: Entry
    figures: Mapping[FoldsBy, Figures]

    @property
    def name(self) -> str:
        """What to call it: a set of features by its number alone."""
        if isinstance(self.entry, InputsEntry):
            return f"{self.entry.features} features"
        return self.entry.name

    @property
    def songs(self) -> int:
        """How many songs were judged."""
        return max((found.songs for found in self.figures.values()), default=0)

    @property
    def judged(self) -> dict[FoldsBy, Figures]:
        """The figures of the protocols by which it could be judged."""
        return {by: found for by, found in self.figures.items() if not found.reason}

    @property
    def seconds(self) -> float:
        """That learning took in a fold, on average over the protocols."""
        told = [found.seconds for found in self.judged.values()]
        return sum(told) / len(told) if told else 0.0

    @property
    def seconds_told(self) -> str:
        """Return these seconds with two digits that count."""
        return f"{self.seconds:.1f}" if self.seconds >= 1 else f"{self.seconds:.2g}"

    @property
    def reason(self) -> str:
        """Why nothing could be judged, or empty."""
        return "" if self.judged else next((f.reason for f in self.figures.values()), "")

    @property
    def gaps(self) -> tuple[str, ...]:
        """What could not be judged and why, as sentences: such as folds by artist."""
        if self.reason:
            return (f"{self.name}: {self.reason}",)
        missing = [found for found in self.figures.values() if found.reason]
        return tuple(f"{self.name}, {found.protocol} folds: {found.reason}" for found in missing)


def make_lines(entries: Sequence[Entry], figures: Sequence[Figures]) -> tuple[Line, ...]:
    """Put the figures of each entry together, a set of features by its usual setting alone.

    Returns
    -------
    tuple of Line
        Best first by the artist folds (else the random ones); what couldn't be judged comes last.
    """
    lines = []
    for entry in entries:
        if isinstance(entry, InputsEntry) and not entry.is_usual:
            continue
        own = {found.protocol: found for found in figures if found.name == entry.name}
        lines += [Line(entry, own)] if own else []
    return tuple(sorted(lines, key=_rank))


def _rank(line: Line) -> tuple[bool, float]:
    found = line.judged.get("artist") or next(iter(line.judged.values()), None)
    return found is None, -found.mean if found else 0.0


def terminal_table(lines: Sequence[Line]) -> str:
    """Return the one table as lines of text of even width."""
    heads = ["", "songs", *(_head(lines, protocol) for protocol in PROTOCOLS), "seconds"]
    rows = [[line.name, *_cells(line)] for line in lines if not line.reason]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    text = []
    for row in [heads, *rows]:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        text.append("  ".join([row[0].ljust(widths[0]), *cells]))
    return "\n".join([*text, *(gap for line in lines for gap in line.gaps)])


def markdown_table(lines: Sequence[Line]) -> str:
    """Return the one table as Markdown."""
    heads = [_head(lines, protocol) for protocol in PROTOCOLS]
    text = [
        f"| | what it is | songs | {' | '.join(heads)} | seconds to train |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for line in lines:
        words = f"{_GROUPS[line.entry.group]}: {line.entry.words}"
        cells = [line.reason, "–", "–", "–"] if line.reason else _cells(line)
        text.append(f"| {line.name} | {words} | {' | '.join(cells)} |")
    return "\n".join([*text, ""])


def csv_table(figures: Sequence[Figures]) -> str:
    """Return all figures, those of every setting, as CSV."""
    text = io.StringIO()
    columns = [each.name for each in fields(Figures)]
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for found in figures:
        cells = asdict(found)
        rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in cells.items()}
        writer.writerow(rounded)
    return text.getvalue()


def _head(lines: Sequence[Line], protocol: FoldsBy) -> str:
    folds = {line.figures[protocol].folds for line in lines if protocol in line.figures}
    return f"{' or '.join(map(str, sorted(folds)))} {protocol} folds".strip()


def _cells(line: Line) -> list[str]:
    return [str(line.songs), *_accuracies(line), line.seconds_told]


def _accuracies(line: Line) -> Iterator[str]:
    for protocol in PROTOCOLS:
        if protocol not in line.judged:
            yield "–"
            continue
        found = line.judged[protocol]
        low, high = (f"{100 * end:.1f}" for end in (found.low, found.high))
        yield f"{percent(found.mean, digits=1)} ({low}–{high})"
