"""The library and the tags of its files: what to write into them, and what was written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

from lib.library.database import open_store
from lib.library.errors import LibraryError
from lib.library.song import Song, Stamp, stamp_of
from lib.library.store import Store
from lib.tagging import Answer, Change, FileRefused, read_tags

Follow = Callable[[Change], None]


def answer_of(song: Song) -> Answer:
    """Return what was heard in a song, as it is written into tags."""
    return Answer(
        song.path, song.genre, song.confidence, song.probabilities, song.unsure, song.outlier
    )


def tag_of(path: Path) -> str:
    """Return what a file's tags call its genre; "" where they don't, or can't be read."""
    try:
        return read_tags(path).genre
    except FileRefused:
        return ""


@contextmanager
def following(file: Path) -> Iterator[Follow]:
    """Give what keeps a library in step with tags that are written, or undone.

    The sound in these files is what was heard, so they needn't be heard anew for their other size.
    A song that was not known as it was before is left to be heard.

    Parameters
    ----------
    file : Path
        Where what was heard is kept.  Where there is none, or it can't be used, nothing is done:
        that is no reason to write no tags, and who hears the library is told.

    Yields
    ------
    callable
        To be given each `~lib.tagging.Change` once it was made.
    """
    with ExitStack() as stack:
        try:
            store = stack.enter_context(open_store(file)) if file.exists() else None
        except LibraryError:
            store = None
        names = _names(store) if store is not None else {}

        def follow(change: Change) -> None:
            if store is None or change.replaced is None:
                return
            after = stamp_of(change.path)
            if after is None:
                return
            tag = tag_of(change.path)
            with suppress(sqlite3.Error):
                for name in names.get(change.path, ()):
                    store.renew(name, Stamp(*change.replaced), after, tag)

        yield follow


def _names(store: Store) -> dict[Path, list[Path]]:
    """Return by which names, links among them, the library knows a file."""
    folder_of = cache(os.path.realpath)
    names: dict[Path, list[Path]] = {}
    for path in store.paths():
        # Links are rare, and folders few: each of them is followed once.
        real = Path(folder_of(path.parent), path.name)
        names.setdefault(real.resolve() if real.is_symlink() else real, []).append(path)
    return names
