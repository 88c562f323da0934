"""From a folder of songs to the tables of a data set, by many processes, in any number of runs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from lib.dataset.assembly import EXCERPTS, assemble, read_tables
from lib.dataset.extraction import Heard, Unheard, hear_song
from lib.dataset.layout import Refusal, Song, read_layout
from lib.dataset.store import Store, open_store
from lib.dataset.summary import Summary, summarise
from lib.dataset.tables import FAILED
from lib.dataset.workers import Lost, Workers
from lib.errors import Cancelled, DatasetError
from lib.progress import Progress, silent


def preprocess(
    source: Path,
    target: Path,
    *,
    workers: int | None = None,
    hear: Callable[[Path], Heard | Unheard] = hear_song,
    progress: Progress = silent,
) -> Summary:
    """Compute the features of all songs of a folder and write the tables.

    Each song is kept the moment it is heard.  Stopped at any moment, the next call goes on where
    this one was; a file is heard anew only where its size or time of change, or the features
    themselves, are other than before.  The tables are written at the end and when the person stops
    the work.  What a person changed in tracks.csv since then stays, as do rows that didn't come
    from this folder.  A file that gave nothing is tried again each time: the reason may lie outside
    of it.

    Parameters
    ----------
    source : Path
        The songs, in one of the layouts of `~lib.dataset.layout`.
    target : Path
        The folder of the tables; it is made.
    workers : int or None
        Processes that hear; None for one per core.
    hear : callable
        What they do with a file; a function at the top of a module.
    progress : Progress
        ``"Looking for songs"``, ``"Hearing songs"``, ``"Writing the tables"``.

    Returns
    -------
    Summary
        What the tables hold.

    Raises
    ------
    DatasetError
        Where there are no songs or none could be heard, where the tables there can't be read or
        were made from other songs, and where another run works on them.
    """
    source, target = source.resolve(), target.resolve()
    progress("Looking for songs", None)
    layout = read_layout(source, without=target if target != source else target / EXCERPTS)
    with open_store(target, source=source) as store:
        read_tables(target)  # a broken table is to be mended now, not after a night's work
        waiting = [s for s in layout.songs if not store.is_current(s.relative, s.path)]
        store.forget(song.relative for song in waiting)
        failures: list[Refusal] = []
        try:
            _hear_all(waiting, store, failures, workers or _cores(), hear, progress)
        except (KeyboardInterrupt, Cancelled):
            assemble(target, layout, store, failures)
            raise
        progress("Writing the tables", None)
        tables = assemble(target, layout, store, failures)
    if not tables.tracks:
        raise DatasetError(
            f"{source}: none of its {len(layout.songs)} songs could be heard; "
            f"{target / FAILED} says why."
        )
    failed = Counter(refusal.genre for refusal in (*layout.refused, *failures))
    heard, kept = len(waiting) - len(failures), len(layout.songs) - len(waiting)
    return summarise(target, tables, failed, heard=heard, kept=kept)


def _hear_all(
    songs: Sequence[Song],
    store: Store,
    failures: list[Refusal],
    workers: int,
    hear: Callable[[Path], Heard | Unheard],
    progress: Progress,
) -> None:
    """Hear songs and keep each result at once; add the files that gave nothing to `failures`."""
    by_path = {song.path: song for song in songs}
    done = 0
    with Workers[Path, Heard | Unheard](hear, count=workers) as processes:
        for result in processes.run(by_path):
            if result is not None:
                song, found = by_path[result[0]], result[1]
                if isinstance(found, Heard):
                    store.keep(song.relative, found)
                else:
                    failures.append(Refusal(song.path, _reason(found), song.genre))
                done += 1
            progress("Hearing songs", done / len(songs))


def _reason(found: Unheard | Lost) -> str:
    if isinstance(found, Unheard):
        return found.reason
    return f"Hearing it ended its process ({found.how}): the file may be damaged."


def _cores() -> int:
    """Return how many cores this process may use, which can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
