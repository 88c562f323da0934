"""What a run of the preprocessing came to, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lib.dataset.assembly import Tables
from lib.wording import count


@dataclass(frozen=True)
class GenreSummary:
    """A genre's songs, windows, length in seconds, and files that gave nothing."""

    genre: str
    songs: int
    windows: int
    seconds: float
    failed: int


@dataclass(frozen=True)
class Summary:
    """What lies in the tables now.

    Parameters
    ----------
    folder : Path
        Where they lie.
    genres : tuple of GenreSummary
        Sorted; a genre without a name holds what failed outside of every genre.
    heard, kept : int
        Songs heard in this run, and songs known from an earlier one.
    notes : tuple of str
        What a person should know before training.
    """

    folder: Path
    genres: tuple[GenreSummary, ...]
    heard: int
    kept: int
    notes: tuple[str, ...]

    @property
    def failed(self) -> int:
        """Files that gave nothing."""
        return sum(genre.failed for genre in self.genres)

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as plain values, for JSON."""
        return {
            "folder": str(self.folder),
            "genres": [vars(genre) for genre in self.genres],
            "heard": self.heard,
            "kept": self.kept,
            "failed": self.failed,
            "notes": list(self.notes),
        }

    def table(self) -> str:
        """Return the summary as lines of text, a genre each and all of them together.

        Examples
        --------
        >>> blues = GenreSummary("blues", 2, 5, 90.0, 0)
        >>> print(Summary(Path("data"), (blues,), 2, 0, ()).table())
        genre  songs  windows  minutes  failed
        blues      2        5      1.5       0
        all        2        5      1.5       0
        """
        total = GenreSummary(
            "all",
            sum(g.songs for g in self.genres),
            sum(g.windows for g in self.genres),
            sum(g.seconds for g in self.genres),
            self.failed,
        )
        width = max(len("genre"), *(len(_name(g)) for g in (*self.genres, total)))
        lines = [f"{'genre':{width}}  songs  windows  minutes  failed"]
        lines += [
            f"{_name(g):{width}}{g.songs:7}{g.windows:9}{g.seconds / 60:9.1f}{g.failed:8}"
            for g in (*self.genres, total)
        ]
        return "\n".join(lines)


def _name(genre: GenreSummary) -> str:
    return genre.genre or "(none)"


def count_genres(
    songs: list[tuple[str, int, float]], failed: Counter[str]
) -> tuple[GenreSummary, ...]:
    """Count songs by genre.

    Parameters
    ----------
    songs : list of (str, int, float)
        Genre, windows and seconds of each song.
    failed : Counter of str
        Files that gave nothing, by genre.
    """
    return tuple(
        GenreSummary(
            genre,
            sum(name == genre for name, _, _ in songs),
            sum(windows for name, windows, _ in songs if name == genre),
            sum(seconds for name, _, seconds in songs if name == genre),
            failed[genre],
        )
        for genre in sorted({name for name, _, _ in songs} | set(failed))
    )


def summarise(
    folder: Path,
    tables: Tables,
    failed: Counter[str],
    *,
    heard: int,
    kept: int,
    source: str = "file",
    notes: Sequence[str] = (),
) -> Summary:
    """Sum up what lies in the tables after a run.

    Parameters
    ----------
    folder : Path
        Where they lie.
    tables : Tables
    failed : Counter of str
        What gave nothing, by genre.
    heard, kept : int
        As in `Summary`.
    source : str
        What a song comes from, in the singular.
    notes : sequence of str
        What was seen before anything was heard.
    """
    songs = [
        (row["genre"], len(tables.features.get(track, ())), float(row["seconds"] or 0.0))
        for track, row in tables.tracks.items()
    ]
    notes = list(notes)
    if len({genre for genre, _, _ in songs}) < 2:
        notes.append(
            "A model needs at least two genres: give each its own folder of songs or playlist."
        )
    if warned := sum(bool(row["warnings"]) for row in tables.tracks.values()):
        notes.append(f"{count(warned, 'song')} used with a warning: tracks.csv names it.")
    if failed.total():
        notes.append(f"{count(failed.total(), source)} gave nothing: failed.csv says why.")
    return Summary(folder, count_genres(songs, failed), heard, kept, tuple(notes))
