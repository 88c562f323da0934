"""Hearing one song for the tables: what a worker process does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from lib.audio import AudioStream, open_audio
from lib.backbone import BACKBONE_RATE, Backbone, BackboneError, Ear, load_backbone
from lib.dataset.remote import Address, Place, on_disk, signature
from lib.errors import AudioError
from lib.features import FEATURE_NAMES, analyse_windows, feature_vector
from lib.progress import Progress, silent
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
    activations : np.ndarray [shape=(windows, 400)] or None
        What the backbone heard, where it was asked for and could be had.
    """

    features: NDArray[np.float64]
    extra: NDArray[np.float64] | None
    title: str
    artist: str
    seconds: float
    warnings: tuple[str, ...]
    size: int
    mtime_ns: int
    activations: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Unheard:
    """Why a file told nothing."""

    reason: str


def hear_song(place: Place, *, by_backbone: bool = False) -> Heard | Unheard:
    """Compute the features of each window of a song.

    Parameters
    ----------
    place : Path or Address
    by_backbone : bool
        Let the backbone hear the same windows, by the same decoding.

    Returns
    -------
    Heard or Unheard
        Never an error of the library: a bad file is an everyday thing in a folder of thousands.
    """
    try:
        # Before it is opened: a file that changes meanwhile looks changed to the next run.
        size, mtime_ns = signature(place)
        with on_disk(place) as path, open_audio(path) as stream:
            ear = _ear(stream) if by_backbone else None
            rows, spans = [], []
            for window, analysis in analyse_windows(stream.windows(), extra=True):
                rows.append(feature_vector(analysis))
                spans.append((window.start, window.end))
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
    activations = None if ear is None else activations_of(ear, spans)
    return Heard(
        features, extra, title, info.artist, seconds, warnings, size, mtime_ns, activations
    )


def song_hearer(
    *, by_backbone: bool, progress: Progress = silent
) -> Callable[[Place], Heard | Unheard]:
    """Return what processes do with a song: by one decoding, all that is wanted of it.

    Parameters
    ----------
    by_backbone : bool
        Whether the backbone is to hear as well, as far as there is one.
    progress : Progress
        Told of its conversion, which is done once, before all processes would.
    """
    if by_backbone:
        with suppress(BackboneError):
            load_backbone(progress=progress)
            return partial(hear_song, by_backbone=True)
    return hear_song


def _ear(stream: AudioStream) -> Ear | None:
    """Let the backbone hear a song, where there is one: a cluster's machine may lack it."""
    with suppress(BackboneError):
        return backbone_on(stream)
    return None


def backbone_on(stream: AudioStream) -> Ear:
    """Let the backbone hear a song as it is decoded; raise `BackboneError` where there is none."""
    ear = Ear(_backbone())
    stream.also(BACKBONE_RATE, ear.take)
    return ear


def activations_of(ear: Ear, spans: Iterable[tuple[float, float]]) -> NDArray[np.float64]:
    """Return what the backbone heard in the windows of a song that is over.

    Returns
    -------
    np.ndarray [shape=(windows, 400)]

    Raises
    ------
    BackboneError
        Where a window holds no patch of sound, which one of 3 s or more does.
    """
    ear.end()
    return np.array([ear.over(start, end).activations for start, end in spans])


@cache
def _backbone() -> Backbone:
    """Return the backbone of this process."""
    return load_backbone()
