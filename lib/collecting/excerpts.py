"""What is heard of a song for a data set: its excerpts, their features, its fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE, WINDOW_SECONDS, Samples, open_audio, read_audio
from lib.collecting.fingerprint import Fingerprint, fingerprint
from lib.dataset import Unheard
from lib.errors import AudioError
from lib.features import extract
from lib.files import replacing

REMEMBERED_SECONDS = 120.0
"""How much of a song's middle its fingerprint covers: two copies whose beginnings and ends differ
still have most of it in common, and an hour's recording takes no more room than a song."""

_DOUBT = 1.0  # seconds that a header's length may be wrong
_FULL_SCALE = 32_768  # of 16 bits
_SILENCE = 1e-4  # as `lib.audio` has it: three steps of 16 bits


@dataclass(frozen=True)
class Task:
    """A file to be heard.

    Parameters
    ----------
    path : Path
    excerpts : int
        How many, at most.
    shortest : float
        Seconds below which a song is none.
    """

    path: Path
    excerpts: int
    shortest: float


@dataclass(frozen=True, eq=False)
class Sound:
    """What was heard of a song.

    Parameters
    ----------
    excerpts : tuple of np.ndarray [shape=(n,)]
        int16, mono, at 22,050 Hz.
    starts : tuple of float
        Where in the song each begins, s.
    features : np.ndarray [shape=(excerpts, 91)]
        float64, the extra ones among them.
    fingerprint : Fingerprint
    seconds : float
        The song's true length.
    warnings : tuple of str
        What is wrong with a sound that is still usable.
    """

    excerpts: tuple[NDArray[np.int16], ...]
    starts: tuple[float, ...]
    features: NDArray[np.float64]
    fingerprint: Fingerprint
    seconds: float
    warnings: tuple[str, ...]


def hear_excerpts(task: Task) -> Sound | Unheard:
    """Hear a song; what a worker process does.

    Returns
    -------
    Sound or Unheard
        Never an error of the library: a song that can't be used is an everyday thing.
    """
    try:
        heard = _hear(task.path, task.excerpts, None)
        if heard.declared is None or abs(heard.declared - heard.seconds) > _DOUBT:
            heard = _hear(task.path, task.excerpts, heard.seconds)
    except AudioError as error:
        return Unheard(error.reason)
    if heard.seconds < task.shortest:
        return Unheard(
            f"It lasts {heard.seconds:.1f} s, and a song of the set {task.shortest:g} s or longer."
        )
    return _sound(heard)


def plan(seconds: float, excerpts: int) -> tuple[float, ...]:
    """Say where the excerpts of a song begin: each in the middle of its share of the song.

    ``start_i = (i + 1/2) seconds / k - 15`` for i from 0 to k - 1, where k is `excerpts`, or how
    many times 30 s fit into the song where that is fewer, so that no two overlap.

    Parameters
    ----------
    seconds : float
        Of the song.
    excerpts : int
        How many are wanted.

    Returns
    -------
    tuple of float
        At least one; a song of less than 30 s is its own excerpt.

    Examples
    --------
    >>> plan(240.0, 1), plan(240.0, 3), plan(70.0, 3), plan(12.0, 3)
    ((105.0,), (25.0, 105.0, 185.0), (2.5, 37.5), (0.0,))
    """
    count = max(min(excerpts, int(seconds / WINDOW_SECONDS)), 1)
    middles = ((i + 0.5) * seconds / count for i in range(count))
    return tuple(max(middle - WINDOW_SECONDS / 2, 0.0) for middle in middles)


def hear_kept(paths: Iterable[Path]) -> NDArray[np.float64]:
    """Compute the features of excerpts that were kept.

    Returns
    -------
    np.ndarray [shape=(excerpts, 91)]
        float64; the very numbers that `hear_excerpts` gave, as long as the features are the same.

    Raises
    ------
    AudioError
        Where one can't be heard any more.
    """
    return np.array([extract(read_audio(path), extra=True) for path in paths])


def keep_excerpts(paths: Sequence[Path], excerpts: Sequence[NDArray[np.int16]]) -> None:
    """Write excerpts as FLAC, each whole or not at all; raise `OSError` where that fails."""
    for path, excerpt in zip(paths, excerpts, strict=True):
        with replacing(path) as temporary:
            try:
                soundfile.write(temporary, excerpt, SAMPLE_RATE, subtype="PCM_16")
            except soundfile.SoundFileError as error:  # what libsndfile makes of a full disk
                raise OSError(f"{path}: {error}") from error


@dataclass(frozen=True, eq=False)
class _Heard:
    """The stretches of a song that count, and what is known of the whole."""

    excerpts: list[Samples]
    starts: tuple[float, ...]
    middle: Samples
    seconds: float
    declared: float | None
    warnings: tuple[str, ...]


def _hear(path: Path, excerpts: int, seconds: float | None) -> _Heard:
    """Hear a whole song and keep what counts of it, by its length as told or as declared."""
    with open_audio(path) as stream:
        length = seconds if seconds is not None else (stream.info.seconds or 0.0)
        starts = plan(length, excerpts)
        spans = [_Span(start, min(WINDOW_SECONDS, length)) for start in starts]
        middle = _Span(max((length - REMEMBERED_SECONDS) / 2, 0.0), REMEMBERED_SECONDS)
        place = 0
        for block in stream.blocks():
            for span in (*spans, middle):
                span.take(block, place)
            place += len(block)
        return _Heard(
            [span.samples() for span in spans],
            starts,
            middle.samples(),
            stream.seconds,
            stream.info.seconds,
            stream.warnings,
        )


class _Span:
    """A stretch of a song, as far as there is one, that is kept while the song passes by."""

    def __init__(self, start: float, seconds: float) -> None:
        self._start = round(start * SAMPLE_RATE)
        self._end = self._start + round(seconds * SAMPLE_RATE)
        self._parts: list[Samples] = []

    def take(self, block: Samples, place: int) -> None:
        """Keep what belongs to the stretch of a block that begins at the sample `place`."""
        part = block[max(self._start - place, 0) : max(self._end - place, 0)]
        if len(part):
            self._parts.append(part.copy())  # a view would keep the whole block

    def samples(self) -> Samples:
        return np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.float32)


def _sound(heard: _Heard) -> Sound | Unheard:
    """Compute what is wanted of what was kept."""
    kept = [
        (start, _rounded(excerpt))
        for start, excerpt in zip(heard.starts, heard.excerpts, strict=True)
        if len(excerpt) and np.ptp(excerpt) >= 2 * _SILENCE
    ]
    if not kept:
        return Unheard("Its middle is silent: listen to it.")
    # From the rounded samples, so that the FLAC gives the same numbers again.
    features = np.array([extract(_floating(excerpt), extra=True) for _, excerpt in kept])
    if not np.isfinite(features).all():
        return Unheard("Its sound gives no usable features: listen to it.")
    return Sound(
        tuple(excerpt for _, excerpt in kept),
        tuple(start for start, _ in kept),
        features,
        fingerprint(heard.middle),
        heard.seconds,
        heard.warnings,
    )


def _rounded(y: Samples) -> NDArray[np.int16]:
    """Round samples to 16 bits; what is beyond full scale is cut there, as players do."""
    scaled = np.round(y * np.float32(_FULL_SCALE))
    return np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16)


def _floating(y: NDArray[np.int16]) -> Samples:
    """Return samples as `lib.audio` reads them from 16 bits."""
    samples: Samples = y.astype(np.float32) / np.float32(_FULL_SCALE)
    return samples
