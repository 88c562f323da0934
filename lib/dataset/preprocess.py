"""From a folder of songs to the tables of a data set, by many processes, in any number of runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from lib.audio import likely_length
from lib.dataset.activation_table import Kept
from lib.dataset.assembly import EXCERPTS, assemble, read_tables
from lib.dataset.extraction import Heard, Unheard, hear_song
from lib.dataset.genre_folders import doubts
from lib.dataset.layout import Layout, Refusal, Song, read_layout
from lib.dataset.remote import Place, signature
from lib.dataset.store import Store, open_store
from lib.dataset.summary import Summary, summarise
from lib.dataset.tables import FAILED
from lib.errors import Cancelled, DatasetError
from lib.progress import Progress, silent
from lib.workers import Lost, Pool, Workers, usable_cores

Hear = Callable[[Place], Heard | Unheard]
OpenPool = Callable[[Hear], AbstractContextManager[Pool[Place, Heard | Unheard]]]


def preprocess(
    source: Place,
    target: Path,
    *,
    workers: int | None = None,
    open_pool: OpenPool | None = None,
    hear: Hear = hear_song,
    on_found: Callable[[Layout], None] = lambda _layout: None,
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
    source : Path or Address
        The songs, in one of the layouts of `~lib.dataset.layout`.
    target : Path
        The folder of the tables; it is made.
    workers : int or None
        Processes that hear; None for one per core.
    open_pool : callable or None
        Given `hear`, opens other processes than those: machines of a `~lib.cluster.Cluster`.
    hear : callable
        What they do with a file; a function at the top of a module.  What the backbone hears there
        is kept as well (see `~lib.dataset.activation_table`).
    on_found : callable
        Told which songs of which genres there are, before any is heard.
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
    WorkerError
        Where the processes can't be started, or the machines not reached.
    """
    source, target = source.resolve() if isinstance(source, Path) else source, target.resolve()
    progress("Looking for songs", None)
    layout = read_layout(source, without=target if target != source else target / EXCERPTS)
    on_found(layout)
    with open_store(target, source=source) as store:
        read_tables(target)  # a broken table is to be mended now, not after a night's work
        changed = {s for s in layout.songs if not store.is_current(s.relative, s.path)}
        store.forget(song.relative for song in changed)
        # What an earlier Earmark heard stays in the tables until it is heard anew.
        waiting = [s for s in layout.songs if s in changed or store.lacks_extra(s.relative)]
        failures: list[Refusal] = []
        try:
            pool = open_pool or partial(Workers, count=workers or usable_cores())
            with Kept(target, len(waiting)) as kept, pool(hear) as processes:
                _hear_all(waiting, store, kept, failures, processes, progress)
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
    heard, known = len(waiting) - len(failures), len(layout.songs) - len(waiting)
    return summarise(target, tables, failed, heard=heard, kept=known, notes=doubts(layout))


def _hear_all(
    songs: Sequence[Song],
    store: Store,
    kept: Kept,
    failures: list[Refusal],
    processes: Pool[Place, Heard | Unheard],
    progress: Progress,
) -> None:
    """Hear songs and keep each result at once; add the files that gave nothing to `failures`."""
    # The longest first, so that at the end no process works alone on a long one.
    by_path = {song.path: song for song in sorted(songs, key=_likely_length, reverse=True)}
    done = 0
    for result in processes.run(by_path):
        if result is not None:
            song, found = by_path[result[0]], result[1]
            if isinstance(found, Heard):
                store.keep(song.relative, found)
                kept.take(song.track, found)
            else:
                failures.append(Refusal(song.path, _reason(found), song.genre))
            done += 1
        progress("Hearing songs", done / len(songs))


def _likely_length(song: Song) -> float:
    try:
        size, _ = signature(song.path)
    except OSError:  # it is gone, which whoever hears it will tell
        return 0.0
    return likely_length(song.path.suffix, size)


def _reason(found: Unheard | Lost) -> str:
    if isinstance(found, Unheard):
        return found.reason
    return f"Hearing it ended its process ({found.how}): the file may be damaged."
