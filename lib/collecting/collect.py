"""Growing a data set from a playlist, in any number of runs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from lib.collecting.database import one_run, open_store
from lib.collecting.desk import Desk
from lib.collecting.events import Listener, Outcome, State, ignore
from lib.collecting.excerpts import hear_kept
from lib.collecting.genres import check_genre
from lib.collecting.listing import Source, list_songs
from lib.collecting.options import Options
from lib.collecting.run import Run
from lib.collecting.store import Store
from lib.collecting.tables import kept_excerpts, sweep
from lib.dataset.assembly import read_tables
from lib.dataset.summary import summarise
from lib.dataset.tables import FAILED
from lib.errors import AudioError, Cancelled, DatasetError
from lib.progress import Progress, silent
from lib.youtube import Refusal, YouTube


def never() -> bool:
    """Pause at no time."""
    return False


def collect(
    link: str,
    genre: str,
    folder: Path,
    *,
    youtube: YouTube,
    options: Options | None = None,
    on_event: Listener = ignore,
    paused: Callable[[], bool] = never,
    chance: random.Random | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Add the songs of a playlist to a data set.

    Each song is put down the moment it is decided on, and the tables follow at a second's distance
    while the run goes on.  Stopped at any moment, the next call with the same link and genre goes
    on where this one was and comes to the same tables.  What a person changed in tracks.csv stays;
    a song whose row was deleted there, or that `remove` took out, is not added again.  What could
    not be had is tried again each time: the reason may have gone.

    Parameters
    ----------
    link : str
        Of a playlist, or of one video.
    genre : str
        What its songs are.
    folder : Path
        Of the data set; it is made.
    youtube : YouTube
        Its limits say how long and how large a song may be.
    options : Options or None
        None for the usual ones.
    on_event : callable
        Is told of every song's every state, from the thread that called this function: first that
        each is waiting, in the end what became of it.
    paused : callable
        No song is begun while it returns True; what is on its way is finished.  Asked ten times a
        second, from the same thread.
    chance : random.Random or None
        Draws the pauses between downloads; None for one seeded by the system.
    progress : Progress
        ``"Reading the playlist"``, ``"Collecting song 3 of 60: …"``.

    Returns
    -------
    Outcome
        How many songs were added, and what became of the others.

    Raises
    ------
    Refusal
        Where the link is none of YouTube's, there is no such playlist, or YouTube or the network
        refuse so that the next song would be refused, too: a bot check, a rate limit.  All songs
        until then are kept.
    DatasetError
        Where the genre or the set can't be used, another run works on it, or there is no song in it
        at the end.
    Cancelled
        From `progress`; all is kept.
    """
    options = options or Options()
    folder = folder.resolve()
    genre = check_genre(genre, {row["genre"] for row in read_tables(folder).tracks.values()})
    source = list_songs(link, youtube, limit=options.limit, progress=progress)
    with one_run(folder), open_store(folder) as store:
        sweep(folder)
        renew(folder, store, progress=progress)
        desk = Desk(
            folder,
            store,
            source,
            genre,
            keep_audio=options.keep_audio,
            again=options.again,
            on_event=on_event,
        )
        for candidate in desk.candidates:
            desk.tell(candidate, State.WAITING)
        run = Run(
            desk,
            youtube,
            options,
            paused=paused,
            chance=chance or random.Random(),  # noqa: S311 (pauses, no secrets)
            progress=progress,
        )
        try:
            run.work()
        except (KeyboardInterrupt, Cancelled, Refusal):
            desk.write()
            raise
        desk.write()
        store.forget_waiting(source.link, genre)
    return _outcome(folder, source, genre, desk)


def renew(folder: Path, store: Store, *, progress: Progress = silent) -> None:
    """Compute features that are another version's anew, from the excerpts that were kept.

    Where those were not kept, the song's row stays without features until a run meets its video
    again; one that lacks nothing but the extra features stays without those.
    """
    songs = [song for song in store.songs() if not song.current or song.extra is None]
    for i, song in enumerate(songs):
        progress("Hearing the excerpts anew", i / len(songs))
        paths = kept_excerpts(folder, song.id)
        if len(paths) == len(song.features):
            try:
                store.renew(song.id, hear_kept(paths))
            except AudioError:  # damaged since: as if it had not been kept
                continue


def _outcome(folder: Path, source: Source, genre: str, desk: Desk) -> Outcome:
    """Count what became of the songs, and what the set holds."""
    tables, settled = read_tables(folder), desk.settled
    if not tables.tracks:
        raise DatasetError(
            f"{source.link}: none of its {settled.total()} songs could be added; "
            f"{folder / FAILED} says why."
        )
    added, known = settled[State.ADDED], settled[State.KNOWN]
    duplicates, skipped, failed = (
        settled[state] for state in (State.DUPLICATE, State.SKIPPED, State.FAILED)
    )
    refused = Counter({genre: duplicates + skipped + failed})
    summary = summarise(folder, tables, +refused, heard=added, kept=known, source="video")
    return Outcome(folder, source.title, genre, added, known, duplicates, skipped, failed, summary)
