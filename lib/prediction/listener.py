"""Hear all that a person gave, song by song, whatever becomes of each.

Slow to import, for the numerical libraries; ``lib.prediction`` does so when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lib.audio import Window
from lib.errors import Cancelled, EarmarkError
from lib.features import Analysis
from lib.model import Model
from lib.prediction.given import Given
from lib.prediction.guest import Guest
from lib.prediction.hearing import hear
from lib.prediction.many import hear_many
from lib.prediction.outcome import Event, Found, Outcome, Place
from lib.prediction.pace import PAUSE_SECONDS
from lib.prediction.prediction import Prediction
from lib.prediction.sources import File, Folder, Source, find_songs, read_source
from lib.prediction.video import hear_video
from lib.progress import Progress, silent
from lib.youtube import Entry, Kind, Playlist, Refusal, Video, Words, YouTube

# How many results of a search to look at for one that can be heard.
RESULTS = 5


@dataclass(frozen=True)
class Crew:
    """Processes that hear files.

    Parameters
    ----------
    model : Path
        The folder of the model that judges, which each reads for itself.
    workers : int
        How many.
    """

    model: Path
    workers: int


class Listener:
    """Hears one thing after another.

    A song that can't be heard doesn't stop the others.  What makes YouTube useless for now ends a
    playlist (see `~lib.prediction.guest.Guest`); what is in the cache is still heard.

    Parameters
    ----------
    model : Model
        What judges.
    youtube : YouTube
        Where songs come from that are no files.
    crew : Crew or None
        Processes that share the files; None to hear them here, one after the other.
    quick : bool
        Hear of files only the window in the middle; see `~lib.prediction.hear`.
    why : bool
        Say of each answer why.
    limit : int or None
        How many songs of a playlist at most, from the first; None for all.
    pause : float
        Seconds between one download and the next; songs from the cache wait for nothing.
    on_window, on_given : callable or None
        See `~lib.prediction.hear`; only without a crew, whose processes keep what they hear.
    progress : Progress
        Called as work goes on; may raise `~lib.errors.Cancelled`.
    """

    def __init__(
        self,
        model: Model,
        youtube: YouTube,
        *,
        crew: Crew | None = None,
        quick: bool = False,
        why: bool = False,
        limit: int | None = None,
        pause: float = PAUSE_SECONDS,
        on_window: Callable[[Window, Analysis], None] | None = None,
        on_given: Callable[[Given], None] | None = None,
        progress: Progress = silent,
    ) -> None:
        self._model = model
        self._youtube = youtube
        self._guest = Guest(youtube, pause=pause)
        self._crew = crew
        self._quick = quick
        self._why = why
        self._limit = limit
        self._on_window, self._on_given = on_window, on_given
        self._progress = progress

    def hear_all(self, texts: Iterable[str]) -> Iterator[Event]:
        """Hear what lines of text mean, files and folders among them side by side.

        Parameters
        ----------
        texts : iterable of str
            See `read_source`.

        Yields
        ------
        Found or Listing or Outcome
            As `hear` does.  The songs of files and folders that follow one another come in the
            order in which they are finished, where there is a crew.

        Raises
        ------
        Cancelled
            From `progress`.
        """
        if self._crew is None:
            for text in texts:
                yield from self.hear(text)
            return
        files: list[Path] = []
        for text in texts:
            try:
                source = read_source(text)
                if isinstance(source, File | Folder):
                    files += find_songs(source.path)
                    continue
            except EarmarkError as error:
                yield Outcome(text, error)
                continue
            yield from self._side_by_side(files, self._crew)
            files = []
            yield from self.hear(text)
        yield from self._side_by_side(files, self._crew)

    def hear(self, text: str) -> Iterator[Event]:
        """Hear what a line of text means.

        Parameters
        ----------
        text : str
            See `read_source`.

        Yields
        ------
        Found or Listing or Outcome
            An `Outcome` for every song.  Words yield what they were taken for first, and a
            playlist its `lib.youtube.Listing`, before the first song is fetched.

        Raises
        ------
        Cancelled
            From `progress`.
        """
        try:
            yield from self._songs(read_source(text))
        except Cancelled:
            raise
        except EarmarkError as error:
            yield Outcome(text, error)

    def _songs(self, source: Source) -> Iterator[Event]:
        """Hear all that a source means."""
        match source:
            case File() | Folder():
                for path in find_songs(source.path):
                    yield _outcome(str(path), partial(self._hear_file, path))
            case Video():
                yield _outcome(
                    source.link,
                    partial(self._hear_video, Entry(source.id, "", "", None), self._progress),
                )
            case Words():
                yield from self._first_result(source.text)
            case Playlist():
                yield from self._playlist(source.id)

    def _first_result(self, words: str) -> Iterator[Event]:
        """Search for words, and hear the first result that can be heard."""
        results = self._guest.ask(
            words, lambda: self._youtube.search(words, RESULTS, progress=self._progress)
        )
        video = next((result for result in results if result.problem is None), results[0])
        yield Found(words, video)
        work = partial(self._hear_video, video, self._progress)
        yield _outcome(video.link, work, video=video, words=words)

    def _playlist(self, playlist_id: str) -> Iterator[Event]:
        """Hear a playlist, song by song."""
        link = Playlist(playlist_id).link
        listing = self._guest.ask(
            link,
            lambda: self._youtube.playlist(playlist_id, limit=self._limit, progress=self._progress),
        )
        if not listing.entries:
            raise Refusal(Kind.NO_PLAYLIST, link, "there is no video in this playlist.")
        yield listing
        for number, video in enumerate(listing.entries, 1):
            progress = _counting(self._progress, f"({number}/{len(listing.entries)})")
            outcome = _outcome(
                video.link,
                partial(self._hear_video, video, progress),
                video=video,
                place=Place(listing, number),
            )
            yield outcome
            if outcome.stops_a_run:
                return

    def _side_by_side(self, files: Sequence[Path], crew: Crew) -> Iterator[Event]:
        """Hear files by several processes; one alone is heard here, without starting any."""
        if len(files) < 2:
            for path in files:
                yield _outcome(str(path), partial(self._hear_file, path))
            return
        workers = min(crew.workers, len(files))
        for path, result in hear_many(
            files,
            crew.model,
            workers=workers,
            quick=self._quick,
            why=self._why,
            progress=self._progress,
        ):
            yield Outcome(str(path), result)

    def _hear_file(self, path: Path) -> Prediction:
        return hear(
            path,
            self._model,
            quick=self._quick,
            why=self._why,
            on_window=self._on_window,
            on_given=self._on_given,
            progress=self._progress,
        )

    def _hear_video(self, video: Entry, progress: Progress) -> Prediction:
        # Held until it is heard, so that the cache can't drop it in between.
        with self._youtube.cached(video.id) or self._guest.fetch(video, progress):
            return hear_video(
                video.id,
                self._youtube,
                self._model,
                why=self._why,
                on_window=self._on_window,
                on_given=self._on_given,
                progress=progress,
            )


def _outcome(
    source: str,
    work: Callable[[], Prediction],
    *,
    video: Entry | None = None,
    words: str = "",
    place: Place | None = None,
) -> Outcome:
    """Do the work of one song, and return what came of it."""
    try:
        heard = work()
    except Cancelled:
        raise
    except EarmarkError as error:
        return Outcome(source, error, video, words, place)
    return Outcome(source, heard, heard.video, words, place)


def _counting(progress: Progress, count: str) -> Progress:
    """Return a progress that tells with every step which song it belongs to."""

    def tell(step: str, fraction: float | None, /) -> None:
        progress(f"{step} {count}", fraction)

    return tell
