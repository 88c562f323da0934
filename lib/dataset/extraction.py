"""Hearing one song for the tables: what a worker process does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.audio import open_audio
from lib.dataset.remote import Address, Place, on_disk, signature
from lib.errors import AudioError
from lib.features import FEATURE_NAMES, analyse_windows, feature_vector
from lib.workers import end_with_parent


@dataclass(frozen=True)
class Heard:
    """What a file told.

    Parameters
    ----------
    features : np.ndarray [shape=(windows, 85)]
        float64, in order of time.
    extra : np.ndarray [shape=(windows, 6)] or None
        The features beyond them; None where an earlier Earmark heard it, which knew none.
    title, artist : str
        From the file's tags; the title else from its name, the artist else empty.
    seconds : float
        The true length.
    warnings : tuple of str
        What is wrong with a sound that is still usable.
    size, mtime_ns : int
        The file's length in bytes and its time of change, in ns since 1970, as it was opened.
    """

    features: NDArray[np.float64]
    extra: NDArray[np.float64] | None
    title: str
    artist: str
    seconds: float
    warnings: tuple[str, ...]
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Unheard:
    """Why a file told nothing."""

    reason: str


def hear_song(place: Place) -> Heard | Unheard:
    """Compute the features of each window of a song.

    Parameters
    ----------
    place : Path or Address

    Returns
    -------
    Heard or Unheard
        Never an error of the library: a bad file is an everyday thing in a folder of thousands.
    """
    try:
        # Before it is opened: a file that changes meanwhile looks changed to the next run.
        size, mtime_ns = signature(place)
        with on_disk(place) as path, open_audio(path) as stream:
            rows = []
            for _, analysis in analyse_windows(stream.windows(), extra=True):
                rows.append(feature_vector(analysis))
                end_with_parent()
            info, seconds, warnings = stream.info, stream.seconds, stream.warnings
    except AudioError as error:
        return Unheard(error.reason)
    except OSError as error:
        return Unheard(f"It can't be read ({error.strerror or error}).")
    found = np.array(rows, dtype=np.float64)
    if not rows or not np.isfinite(found).all():
        return Unheard("Its sound gives no usable features: listen to it.")
    features, extra = np.split(found, [len(FEATURE_NAMES)], axis=1)
    title = place.stem if isinstance(place, Address) and info.title == path.stem else info.title
    return Heard(features, extra, title, info.artist, seconds, warnings, size, mtime_ns)
