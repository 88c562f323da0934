"""YouTube as the rest of Earmark sees it: search, list, fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from lib.progress import Progress, silent
from lib.wording import clean
from lib.youtube.entry import Entry, Fetched, Listing
from lib.youtube.errors import Kind, Refusal
from lib.youtube.links import LONGEST_WORDS, PLAYLIST_ID, VIDEO_ID, Playlist, Video
from lib.youtube.log import Log
from lib.youtube.options import Limits, Network
from lib.youtube.places import cache_folder, log_path
from lib.youtube.pool import Pool
from lib.youtube.store import Store
from lib.youtube.watch import POLL_SECONDS, Watch

if TYPE_CHECKING:
    from lib.youtube.session import Session


class YouTube:
    """YouTube, with a cache of what was fetched.

    One value may be used by several threads at once; two processes may share a cache.  Everything
    that waits for the network calls `progress` ten times a second in the caller's thread and ends
    at once when that raises.

    Parameters
    ----------
    cache : Path or None
        The folder of fetched songs; None for the platform's.
    limits : Limits
        How long and how large a song may be, and how large the cache.
    network : Network
        How YouTube is reached.
    log : Path or None
        The file for the full text of failures; None for the platform's.
    """

    def __init__(
        self,
        cache: Path | None = None,
        *,
        limits: Limits | None = None,
        network: Network | None = None,
        log: Path | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.network = network or Network()
        self._store = Store(cache or cache_folder(), self.limits.cache)
        self._pool = Pool(self._store.folder, self.limits, self.network, Log(log or log_path()))

    def search(
        self, words: str, count: int = 5, *, progress: Progress = silent
    ) -> tuple[Entry, ...]:
        """Search for a song.

        Parameters
        ----------
        words : str
            What a person typed.
        count : int
            How many results at most.
        progress : Progress
            Called while YouTube is waited for.

        Returns
        -------
        tuple of Entry
            At least one, in YouTube's order.

        Raises
        ------
        Refusal
            Of the kind ``NO_RESULTS`` where nothing is found; of others where YouTube or the
            network refuse.
        """
        words = clean(words, longest=LONGEST_WORDS)
        if not words:
            raise Refusal(Kind.LINK, "the search", "there are no words to search for.")

        def work(session: Session, _watch: Watch) -> tuple[Entry, ...]:
            return session.search(words, max(count, 1))

        return self._pool.ask(words, "Searching YouTube", work, progress)

    def playlist(
        self, playlist_id: str, *, limit: int | None = None, progress: Progress = silent
    ) -> Listing:
        """List a playlist, page by page.

        Parameters
        ----------
        playlist_id : str
            As in `Playlist.id`.
        limit : int or None
            How many entries at most, from the first; None for all.
        progress : Progress
            Called while YouTube is waited for.

        Returns
        -------
        Listing
            Entries that can't be fetched are in it, with their `Entry.problem` where the list tells
            it.

        Raises
        ------
        Refusal
            Of the kind ``NO_PLAYLIST`` where there is none; of others where YouTube or the network
            refuse.
        """
        _check_id(PLAYLIST_ID, playlist_id, "a playlist")

        def work(session: Session, _watch: Watch) -> Listing:
            return session.playlist(playlist_id, limit)

        return self._pool.ask(Playlist(playlist_id).link, "Reading the playlist", work, progress)

    def details(self, video_id: str, *, progress: Progress = silent) -> Entry:
        """Return a video's title, channel and length, from the cache where it is there.

        Raises
        ------
        Refusal
            Where it can't be played, or YouTube or the network refuse.
        """
        found = self.cached(video_id)
        if found is not None:
            found.close()
            return found.entry

        def work(session: Session, _watch: Watch) -> Entry:
            return session.details(video_id)[0]

        return self._pool.ask(Video(video_id).link, "Asking YouTube", work, progress)

    def cached(self, video_id: str) -> Fetched | None:
        """Return a song that is in the cache, or None; asks nobody."""
        _check_id(VIDEO_ID, video_id, "a video")
        with _disk(Video(video_id).link):
            return self._store.find(video_id)

    def fetch(self, video_id: str, *, progress: Progress = silent) -> Fetched:
        """Fetch a song's sound: from the cache, or the rest of it, or all of it.

        Parameters
        ----------
        video_id : str
            As in `Video.id` and `Entry.id`.
        progress : Progress
            Called with steps such as "Downloading 1.2 of 3.4 MB, 5 s left".  What was downloaded
            when it stops the work is kept and not downloaded again.

        Returns
        -------
        Fetched
            It stays in the cache for as long as this value is held.

        Raises
        ------
        Refusal
            Where it can't be played, is longer or larger than the limits, or YouTube, the network
            or the disk refuse.
        """
        found = self.cached(video_id)
        if found is not None:
            return found

        def work(session: Session, watch: Watch) -> Fetched:
            # Held by the thread that writes, so that nobody else writes before it has ended.
            with self._reserved(video_id, watch):
                return self._store.find(video_id) or self._download(video_id, session, watch)

        return self._pool.ask(Video(video_id).link, "Asking YouTube", work, progress)

    def thumbnail(self, video_id: str, *, progress: Progress = silent) -> bytes:
        """Return a video's picture, a JPEG of 320 × 180, from the cache where it is there.

        Raises
        ------
        Refusal
            Where there is none, or the network refuses.
        """
        _check_id(VIDEO_ID, video_id, "a video")
        link = Video(video_id).link
        with _disk(link):
            picture = self._store.picture(video_id)
        if picture is not None:
            return picture

        def work(session: Session, _watch: Watch) -> bytes:
            picture = session.picture(Entry(video_id, "", "", None).thumbnail)
            self._store.keep_picture(video_id, picture)
            return picture

        return self._pool.ask(link, "Fetching the picture", work, progress)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _download(self, video_id: str, session: Session, watch: Watch) -> Fetched:
        """Download a song that nobody else downloads now."""
        watch.report("Asking YouTube", None)
        entry, info = session.details(video_id)

        def make_room(chosen: Mapping[str, Any]) -> None:
            self._store.trim(room=int(chosen.get("filesize") or 0))

        self._store.keep(session.download(info, make_room), entry)
        found = self._store.find(video_id, downloaded=True)
        self._store.trim()
        if found is None:
            raise FileNotFoundError(f"{self._store.folder}: the song of {video_id} has vanished")
        return found

    @contextmanager
    def _reserved(self, video_id: str, watch: Watch) -> Iterator[None]:
        """Wait for the right to download a song, and hold it for as long as the block lasts."""
        while (hold := self._store.reserve(video_id)) is None:
            watch.report("Waiting for another download of this song", None)
            watch.pause(POLL_SECONDS)
        try:
            yield
        finally:
            self._store.release(video_id, hold)


def _check_id(form: re.Pattern[str], text: str, what: str) -> None:
    """Refuse what is no id, before it names a file or a page."""
    if not form.fullmatch(text):
        raise Refusal(Kind.LINK, clean(text, longest=80), f"this is not the id of {what}.")


@contextmanager
def _disk(subject: str) -> Iterator[None]:
    """Turn a failure of the disk into a sentence."""
    try:
        yield
    except OSError as error:
        raise Refusal(Kind.DISK, subject, f"the cache can't be used: {error}.") from error
