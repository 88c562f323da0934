"""What Earmark keeps of a video and of a playlist."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from lib.wording import clean
from lib.youtube.errors import Kind
from lib.youtube.links import VIDEO_ID, Playlist, Video
from lib.youtube.locks import Hold

IMAGES = "https://i.ytimg.com/"

# How YouTube names, in a playlist, what it lists but does not tell of.
HIDDEN = {"[Private video]": Kind.PRIVATE, "[Deleted video]": Kind.REMOVED}
STATES = {"is_live": Kind.LIVE, "post_live": Kind.LIVE, "is_upcoming": Kind.PREMIERE}
AVAILABILITY = {
    "private": Kind.PRIVATE,
    "subscriber_only": Kind.MEMBERS_ONLY,
    "premium_only": Kind.PAYMENT,
}


@dataclass(frozen=True)
class Entry:
    """One video.

    Parameters
    ----------
    id : str
        Eleven characters; the only part that names files.
    title, channel : str
        As `clean` leaves them; "" where YouTube does not say.
    seconds : float or None
        Length; None where YouTube does not say.
    problem : Kind or None
        Why it can't be fetched, as far as a list tells; None where nothing speaks against it.
    """

    id: str
    title: str
    channel: str
    seconds: float | None
    problem: Kind | None = None

    @property
    def link(self) -> str:
        """The video's page."""
        return Video(self.id).link

    @property
    def thumbnail(self) -> str:
        """The video's picture, 320 × 180, which YouTube has of every video."""
        return f"{IMAGES}vi/{self.id}/mqdefault.jpg"

    @classmethod
    def from_info(cls, info: Mapping[str, Any]) -> Self | None:
        """Read what yt-dlp tells of a video; None where it is no video."""
        video_id = info.get("id")
        if not isinstance(video_id, str) or not VIDEO_ID.fullmatch(video_id):
            return None
        title = info.get("title") or ""
        state = STATES.get(str(info.get("live_status")))
        closed = AVAILABILITY.get(str(info.get("availability")))
        return cls(
            id=video_id,
            title=clean(str(title)),
            channel=clean(str(info.get("channel") or info.get("uploader") or "")),
            seconds=_length(info.get("duration")),
            problem=HIDDEN.get(title) or state or closed,
        )


@dataclass(frozen=True)
class Listing:
    """A playlist: its title, and its videos in order, each once, those out of reach included."""

    id: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def link(self) -> str:
        """The playlist's page."""
        return Playlist(self.id).link


@dataclass(frozen=True)
class Fetched:
    """A song in the cache, which stays there for as long as this value is held.

    Close it, use it in a ``with`` statement, or let go of it, and the cache may drop the file when
    it needs the room.

    Parameters
    ----------
    path : Path
        The sound, in a format that `lib.audio` opens.
    entry : Entry
        Whose sound it is.
    downloaded : bool
        False where it came from the cache, without a single request.
    """

    path: Path
    entry: Entry
    downloaded: bool
    hold: Hold = field(repr=False, compare=False)

    def close(self) -> None:
        """Let the cache drop the file."""
        self.hold.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _length(seconds: object) -> float | None:
    """Return a length in seconds, or None where it is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    return float(seconds) if math.isfinite(seconds) and seconds > 0 else None
