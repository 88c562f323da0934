"""The values that a sound is told in: its constants, what a file says of itself, and a window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.wording import clean

SAMPLE_RATE = 22_050
"""Samples a second of everything that leaves this package, Hz."""

WINDOW_SECONDS = 30.0
HOP_SECONDS = 646 * 512 / SAMPLE_RATE
"""15 s, in whole hops of the features' transform: so windows that overlap have frames in common."""
LONGEST_WHOLE_SECONDS = 45.0
"""Up to this length, s, a song is heard as one window."""
SHORTEST_SECONDS = 3.0
"""The least sound, s, that a genre can be heard in."""

AUDIO_SUFFIXES = frozenset(
    {
        ".aac", ".aif", ".aifc", ".aiff", ".au", ".flac", ".m4a", ".m4b", ".mka", ".mkv", ".mp3",
        ".mp4", ".oga", ".ogg", ".opus", ".snd", ".wav", ".wave", ".webm", ".wma",
    }
)  # fmt: skip
"""The suffixes, lower case, that a folder is searched for.  A file is opened by its content."""

Samples = NDArray[np.float32]
"""Mono sound [shape=(n,)], float32, full scale ±1, at `SAMPLE_RATE` unless said otherwise."""

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Unicode's classes of invisible marks that turn the direction of what follows them."""


@dataclass(frozen=True)
class AudioInfo:
    """What a file says of itself before it is heard.

    Parameters
    ----------
    path : Path
    title, artist : str
        From the file's tags; without a title the file's name without suffix, without an artist "".
    rate : int
        Samples a second, Hz, and
    channels : int
        how many channels they come in, both before Earmark changes them.
    seconds : float or None
        The length its header declares; None where it declares none.
    decoder : str
        ``"libsndfile"`` or ``"PyAV"``.
    """

    path: Path
    title: str
    artist: str
    rate: int
    channels: int
    seconds: float | None
    decoder: str


@dataclass(frozen=True, eq=False)
class Window:
    """A stretch of a song.

    Parameters
    ----------
    start, end : float
        Where it lies in the song, s.
    samples : np.ndarray [shape=(n,)]
        Mono float32 at `SAMPLE_RATE`; ``n == (end - start) * SAMPLE_RATE``.  Its own copy.
    """

    start: float
    end: float
    samples: Samples


def in_words(seconds: float) -> str:
    """Tell a length for a person.

    Examples
    --------
    >>> in_words(2.34), in_words(200), in_words(10_805)
    ('2.3 s', '3 min 20 s', '3 h 0 min')
    """
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def title_and_artist(path: Path, tags: Mapping[str, str | None]) -> tuple[str, str]:
    r"""Choose what a song is called.

    Parameters
    ----------
    path : Path
        The file, whose name without suffix stands in for a missing title.
    tags : Mapping
        The file's tags, their names in any case.

    Returns
    -------
    title, artist : str
        One line each, without control characters; the title is never empty.

    Examples
    --------
    >>> title_and_artist(Path("02 So What.mp3"), {"TITLE": "So\0What\x07", "Artist": "Miles"})
    ('So What', 'Miles')
    >>> title_and_artist(Path("02 So What.mp3"), {})
    ('02 So What', '')
    """
    # ID3 puts a NUL between several artists.
    plain = {name.lower(): clean((text or "").replace("\0", " ")) for name, text in tags.items()}
    title = plain.get("title") or clean(path.stem) or "untitled"
    return title, plain.get("artist") or plain.get("album_artist") or ""
