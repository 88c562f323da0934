"""The files that a library is written into, as often as it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lib.console.library_told import shown
from lib.library import Song, export, write_playlists
from lib.wording import count


class Outputs:
    """Writes a library into the files that were asked for.

    Parameters
    ----------
    exports : sequence of Path
        Tables, or JSON.
    playlists : Path or None
        The folder of a playlist for each genre.
    """

    def __init__(self, exports: Sequence[Path], playlists: Path | None) -> None:
        self._exports, self._playlists = exports, playlists
        self._lists: set[Path] = set()

    def write(self, heard: Iterable[Song]) -> list[str]:
        """Write all of them; return a line about each.

        A playlist that was written before, and whose genre no song is of any more, is removed.

        Raises
        ------
        LibraryError
            Where a file can't be written.
        """
        songs = sorted(heard, key=lambda song: song.path)
        told = []
        for path in self._exports:
            export(songs, path)
            told.append(f"{count(len(songs), 'song')} written to {shown(path)}")
        if self._playlists is not None:
            lists = write_playlists(songs, self._playlists)
            for path in self._lists.difference(lists):
                path.unlink(missing_ok=True)
            self._lists = set(lists)
            told.append(f"{count(len(lists), 'playlist')} written to {shown(self._playlists)}")
        return told
