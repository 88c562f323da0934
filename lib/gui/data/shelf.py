"""What the Data page's threads do: read a data set, add songs to it, correct it, play from it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lib.errors import DatasetError
from lib.gui.asking import Lines
from lib.gui.data.state import Contents, Order
from lib.gui.data.wording import song_row
from lib.progress import Progress, silent
from lib.wording import clean

if TYPE_CHECKING:  # at run time these are imported in a thread, after the window stands
    from lib.audio import Samples
    from lib.collecting import Event, Outcome
    from lib.playback import Player

NEW_SET = "youtube"
"""The name of the set that songs are added to where a person names none."""
LONGEST_NAME = 100  # characters
DOWNLOADS = "downloads"  # lies beside the sets, and is none
# As lib.dataset calls it, which takes too long to import before the window stands.
TABLE = "tracks.csv"


@dataclass(frozen=True)
class View:
    """A data set's contents, and the names of all sets that there are."""

    contents: Contents
    sets: tuple[str, ...]


class Shelf:
    """The folder that data sets lie in.

    Everything here but `first`, `folder_of` and `name_of` runs in a thread other than the window's.

    Parameters
    ----------
    root : Path
        The folder; it may not be there yet.
    lines : Lines
        To YouTube.
    player : Player or None
        Plays excerpts; None for one on this machine's device.
    """

    def __init__(self, root: Path, lines: Lines, player: Player | None = None) -> None:
        self.root = root
        self._lines = lines
        self._player = player
        self._lock = threading.Lock()

    def first(self, last: str) -> Path:
        """Return the folder to begin with: of the set worked on last, else of one that there is."""
        new = self.root / NEW_SET
        # The new one counts once it is there: it is shown, and remembered, without being chosen.
        if (last and Path(last) != new) or (new / TABLE).is_file():
            return Path(last or new)
        return next((self.root / name for name in self._names()), new)

    def folder_of(self, text: str) -> Path:
        """Return the folder of a data set that a person names, by its name or its path.

        Raises
        ------
        DatasetError
            Where it can't be the name of one.
        """
        name = text.strip()
        path = Path(name if name.isprintable() else "")
        with suppress(RuntimeError):  # a home of nobody's
            path = path.expanduser()
        if path.is_absolute():
            return path
        if path.name != name or name in {"", ".", "..", DOWNLOADS} or len(name) > LONGEST_NAME:
            raise DatasetError(
                f"“{clean(name, longest=80)}” can't be a data set's name: type a plain name, or "
                f"choose a folder."
            )
        return self.root / name

    def name_of(self, folder: Path) -> str:
        """Return how a data set is named: by its path only where it lies elsewhere."""
        return folder.name if folder.parent == self.root else str(folder)

    def read(self, folder: Path, progress: Progress = silent) -> View:
        """Read what a data set holds.

        Raises
        ------
        DatasetError
            Where its tables can't be read.
        """
        progress("Reading the data set", None)
        # numpy takes longer to import than the whole window to open.
        from lib.collecting import read_genres, read_songs, read_unfinished

        songs = read_songs(folder)
        rows = tuple(map(song_row, songs))
        contents = Contents(folder, read_genres(folder), songs, rows, read_unfinished(folder))
        return View(contents, self._names())

    def collect(
        self,
        folder: Path,
        order: Order,
        *,
        on_event: Callable[[Event], None],
        paused: Callable[[], bool],
        progress: Progress,
    ) -> Outcome:
        """Add songs; see `lib.collecting.collect`.

        Raises
        ------
        Refusal
            Where YouTube or the network refuse.
        DatasetError
            Where the genre or the set can't be used.
        """
        progress("Opening", None)
        from lib.collecting import Options, collect

        pause = self._lines.asking.pause
        options = Options(
            limit=order.limit,
            excerpts=order.excerpts,
            keep_audio=order.keep_audio,
            again=order.again,
            pause=Options.pause if pause is None else pause,
        )
        return collect(
            order.link,
            order.genre,
            folder,
            youtube=self._lines.youtube(longest=order.longest * 60),
            options=options,
            on_event=on_event,
            paused=paused,
            progress=progress,
        )

    def leave_out(self, folder: Path, tracks: Sequence[str], progress: Progress = silent) -> None:
        """Keep songs out of a data set; see `lib.collecting.leave_out`."""
        from lib.collecting import leave_out

        for number, track in enumerate(tracks):
            progress("Removing songs", number / len(tracks))
            leave_out(folder, track)

    def correct(
        self, folder: Path, tracks: Sequence[str], genre: str, progress: Progress = silent
    ) -> None:
        """Give songs another genre; see `lib.collecting.correct_genre`."""
        from lib.collecting import correct_genre

        for number, track in enumerate(tracks):
            progress("Correcting the genre", number / len(tracks))
            correct_genre(folder, track, genre)

    def play(self, folder: Path, track: str, progress: Progress) -> None:
        """Play what a song was heard in, to its end.

        Raises
        ------
        DatasetError
            Where its sound was not kept.
        AudioError
            Where it can't be read.
        PlaybackError
            Where this machine has no device.
        """
        progress("Opening", None)
        from lib.audio import SAMPLE_RATE
        from lib.collecting import excerpts

        paths = excerpts(folder, track)
        if not paths:
            raise DatasetError(
                f"The sound of {clean(track)} was not kept, or has been moved since, so there is "
                f"nothing to play. Open its link instead."
            )
        for path in paths:
            self.sound().play(_excerpt(path, progress), rate=SAMPLE_RATE, progress=progress)

    def _names(self) -> tuple[str, ...]:
        """Name the sets that there are."""
        return tuple(sorted(table.parent.name for table in self.root.glob(f"*/{TABLE}")))

    def sound(self) -> Player:
        """Return what plays; there is one, so that nothing plays over another."""
        from lib.playback import Player

        with self._lock:
            if self._player is None:
                self._player = Player()
            return self._player


def _excerpt(path: Path, progress: Progress) -> Samples:
    """Read a short sound, or the 30 s in the middle of a long one."""
    import numpy as np

    from lib.audio import LONGEST_WHOLE_SECONDS, SAMPLE_RATE, WINDOW_SECONDS, open_audio

    parts, place = [], 0
    with open_audio(path) as stream:
        seconds = stream.info.seconds or 0.0
        start, length = 0.0, LONGEST_WHOLE_SECONDS
        if seconds > LONGEST_WHOLE_SECONDS:
            start, length = (seconds - WINDOW_SECONDS) / 2, WINDOW_SECONDS
        first, last = round(start * SAMPLE_RATE), round((start + length) * SAMPLE_RATE)
        for block in stream.blocks():
            progress("Opening", None)
            parts.append(block[max(first - place, 0) : max(last - place, 0)].copy())
            place += len(block)
            if place >= last:
                break
    return np.concatenate(parts)
