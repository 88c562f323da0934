"""What the hearing thread does: understand what was given, hear it, keep what the plots need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.asking import Lines
from lib.gui.chosen_model import ChosenModel
from lib.gui.told import About, Heard, Results, Songs, Told
from lib.progress import Progress, silent

if TYPE_CHECKING:  # at run time these are imported in the thread, after the window stands
    from lib.prediction import Event, Prediction

# As many as fit the smallest window, and as there are number keys to pick one.
MOST_RESULTS = 8
LONG_SECONDS = 600.0
"""From what length on a person is offered to hear the middle of a song alone."""


class Ear(ChosenModel):
    """Hears songs with the model that answers.

    Everything here runs in a thread other than the window's.

    Parameters
    ----------
    folder, forgiving
        As `~lib.gui.chosen_model.ChosenModel` has them.
    lines : Lines
        To YouTube.
    """

    def __init__(self, folder: Path | None, lines: Lines, *, forgiving: bool = False) -> None:
        super().__init__(folder, forgiving=forgiving)
        self._lines = lines

    def listen(
        self, text: str, progress: Progress, *, unlimited: bool = False, quick: bool = False
    ) -> Iterator[Told]:
        """Do what a line of text asks for.

        Parameters
        ----------
        text : str
            See `lib.prediction.read_source`.
        progress : Progress
            May raise `~lib.errors.Cancelled`.
        unlimited : bool
            Whether a video may be of any length and size.
        quick : bool
            Whether the middle of a file is enough.

        Yields
        ------
        About or Heard or Results or Songs
            Of a file and a video what it is, then what was heard; of words what they found; of a
            playlist that it is one.

        Raises
        ------
        AudioError
            If a file can't be heard, or what looks like one is not there.
        YouTubeError
            If a link is none of YouTube's, or YouTube, the network or the disk refuse.
        ModelError
            If the model can't be used.
        """
        progress("Opening", None)
        from lib.prediction import File, Folder, read_source
        from lib.youtube import Playlist, Video, Words

        match read_source(text):
            case File(path) | Folder(path):
                yield About(path.name or str(path))
                if not quick and is_long(path):
                    yield About(path.name, long=True)
                yield self.hear(path, progress, quick=quick)
            case Video() as video:
                yield About(video.link)
                yield self.hear_video(video.id, progress, unlimited=unlimited)
            case Words(words):
                yield About(words, "Searching YouTube for")
                videos = self._lines.youtube().search(words, MOST_RESULTS, progress=progress)
                yield Results(words, videos)
            case Playlist() as playlist:
                yield Songs(playlist.link)

    def hear(self, path: Path, progress: Progress = silent, *, quick: bool = False) -> Heard:
        """Hear a song, or of a long one the 30 s in its middle alone.

        Raises
        ------
        AudioError
            If it can't be heard.
        ModelError
            If the model can't be used.
        Cancelled
            From `progress`.
        """
        progress("Opening", None)
        from lib.features import Overview
        from lib.prediction import Given, hear

        model = self.model()
        overview, given = Overview(), list[Given]()
        prediction = hear(
            path,
            model,
            quick=quick,
            on_window=overview.add,
            on_given=given.append,
            progress=progress,
        )
        return Heard(prediction, overview, given[0], model)

    def hear_video(
        self, video_id: str, progress: Progress = silent, *, unlimited: bool = False
    ) -> Heard:
        """Fetch a song from YouTube, or from the cache, and hear it.

        Raises
        ------
        YouTubeError
            If it can't be had or heard.
        ModelError
            If the model can't be used.
        Cancelled
            From `progress`.
        """
        progress("Opening", None)
        from lib.features import Overview
        from lib.prediction import Given, hear_video

        model = self.model()
        overview, given = Overview(), list[Given]()
        prediction = hear_video(
            video_id,
            self._lines.youtube(unlimited=unlimited),
            model,
            on_window=overview.add,
            on_given=given.append,
            progress=progress,
        )
        return Heard(prediction, overview, given[0], model)

    @contextmanager
    def sound_of(self, prediction: Prediction, progress: Progress = silent) -> Iterator[Path]:
        """Give the file that a song's sound lies in, held until the block ends.

        A video's is fetched anew where the cache has dropped it.

        Raises
        ------
        YouTubeError
            If it can't be had again.
        Cancelled
            From `progress`.
        """
        if prediction.video is None:
            yield Path(prediction.source)
            return
        youtube, name = self._lines.youtube(unlimited=True), prediction.video.id
        with youtube.cached(name) or youtube.fetch(name, progress=progress) as song:
            yield song.path

    def go_through(self, link: str, progress: Progress) -> Iterator[Event]:
        """Hear a playlist, song by song; see `lib.prediction.Listener.hear`."""
        progress("Opening", None)
        from lib.prediction import PAUSE_SECONDS, Listener

        asking = self._lines.asking
        pause = PAUSE_SECONDS if asking.pause is None else asking.pause
        listener = Listener(
            self.model(),
            self._lines.youtube(),
            limit=asking.most,
            pause=pause,
            progress=progress,
        )
        yield from listener.hear(link)

    def picture(self, video_id: str, progress: Progress = silent) -> bytes:
        """Return a video's picture as a JPEG; see `lib.youtube.YouTube.thumbnail`."""
        return self._lines.youtube().thumbnail(video_id, progress=progress)


def is_long(path: Path) -> bool:
    """Tell whether a song lasts `LONG_SECONDS` or longer, as far as its file says.

    Raises
    ------
    AudioError
        If it can't be heard at all.
    """
    from lib.audio import open_audio

    with open_audio(path) as stream:
        return (stream.likely_seconds or 0.0) >= LONG_SECONDS
