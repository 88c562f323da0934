"""From samples to the arrays that are drawn, and from those to the features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE, Window
from lib.features import rhythm
from lib.features.brightness import Brightness, brightness
from lib.features.chroma import chromagram
from lib.features.mel import mel_spectrogram_db, mfcc
from lib.features.spectrum import HOP, power_spectrogram
from lib.features.tempogram import tempogram
from lib.features.tuning import estimate_tuning


@dataclass(frozen=True, eq=False)
class Analysis:
    """What is heard in a stretch of sound; the features and the plots are made from these arrays.

    Parameters
    ----------
    mel_db : np.ndarray [shape=(128, t)]
        Mel spectrogram, dB.
    mfcc : np.ndarray [shape=(30, t)]
        Mel-frequency cepstral coefficients.
    chroma : np.ndarray [shape=(12, t)]
        Power of each pitch class from C to B, in [0, 1].
    onset_strength : np.ndarray [shape=(t,)]
        How much louder the bands have grown, dB.
    tuning : float
        Distance from A = 440 Hz, fractions of a semitone in [-0.5, 0.5).
    tempo : float
        Beats per minute.
    brightness : Brightness or None
        What the extra features are made of; None where it wasn't asked for.
    """

    mel_db: NDArray[np.float32]
    mfcc: NDArray[np.float32]
    chroma: NDArray[np.float32]
    onset_strength: NDArray[np.float32]
    tuning: float
    tempo: float
    brightness: Brightness | None = None

    @property
    def frames_per_second(self) -> float:
        """Frames in a second: 22,050 / 512."""
        return rhythm.FRAMES_PER_SECOND

    def tempogram(self) -> NDArray[np.float32]:
        """Compute the tempogram, which the features don't need.

        Returns
        -------
        np.ndarray [shape=(384, t)]
            Correlation at lags of 0 to 383 frames, at most one.
        """
        return tempogram(self.onset_strength)


def analyse(y: NDArray[np.float32], *, extra: bool = False) -> Analysis:
    """Hear a stretch of sound.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz, finite; at least one sample.
    extra : bool
        Whether to compute what the extra features are made of, too.

    Returns
    -------
    Analysis
        Of ``t = 1 + n // 512`` frames; frame `i` is centred on sample ``512 i``.

    Examples
    --------
    >>> a = np.sin(2 * np.pi * 440 * np.arange(22050) / 22050).astype(np.float32)
    >>> analysis = analyse(a)
    >>> analysis.mel_db.shape, round(analysis.tuning, 1)
    ((128, 44), 0.0)
    """
    y = np.asarray(y, dtype=np.float32)
    return _analyse(y, power_spectrogram(y), extra=extra)


def analyse_windows(
    windows: Iterable[Window], *, extra: bool = False
) -> Iterator[tuple[Window, Analysis]]:
    """Hear a song window by window; where two overlap, what they have in common is heard once.

    The frames of one window are those of the next where they begin a whole number of hops apart,
    as `lib.audio` cuts them: all but the two at either end, which see zeros beyond it.  Their power
    spectra are shared; what follows depends on the whole window (its loudest band, its tuning).

    Parameters
    ----------
    windows : iterable of Window
        In order of time.
    extra : bool
        As for `analyse`.

    Yields
    ------
    (Window, Analysis)
        To the last bit what `analyse` gives for the window's samples.
    """
    power, first, n = None, 0, 0
    for window in windows:
        shift, rest = divmod(round(window.start * SAMPLE_RATE) - first, HOP)
        alike = power is not None and len(window.samples) == n and not rest
        power = power_spectrogram(window.samples, before=power if alike else None, shift=shift)
        first, n = round(window.start * SAMPLE_RATE), len(window.samples)
        yield window, _analyse(window.samples, power, extra=extra)


def _analyse(y: NDArray[np.float32], power: NDArray[np.float32], *, extra: bool) -> Analysis:
    """Make an analysis of samples and their power spectrogram [shape=(t, 1025)]."""
    mel_db = mel_spectrogram_db(power)
    tuning = estimate_tuning(power)
    onsets = rhythm.onset_strength(mel_db)
    return Analysis(
        mel_db=mel_db,
        mfcc=mfcc(mel_db),
        chroma=chromagram(power, tuning=tuning),
        onset_strength=onsets,
        tuning=tuning,
        tempo=rhythm.estimate_tempo(onsets),
        brightness=brightness(y, power) if extra else None,
    )


def feature_vector(analysis: Analysis) -> NDArray[np.float64]:
    """Reduce an analysis to its features: means and standard deviations over time, and the tempo.

    Returns
    -------
    np.ndarray [shape=(85,)] or [shape=(91,)]
        In the order of `~lib.features.names.FEATURE_NAMES`, or of `~lib.features.names.ALL_NAMES`
        where the extra ones were asked for.
    """
    moments = [
        moment(rows, axis=1, dtype=np.float64)
        for rows in (analysis.mfcc, analysis.chroma)
        for moment in (np.mean, np.std)
    ]
    return np.concatenate((*moments, [analysis.tempo], _extra(analysis.brightness)))


def _extra(found: Brightness | None) -> list[float]:
    """Return means and standard deviations in the order of `~lib.features.names.EXTRA_NAMES`."""
    if found is None:
        return []
    rows = (found.zero_crossing_rate, found.rolloff, found.centroid)
    return [float(moment(row)) for row in rows for moment in (np.mean, np.std)]


def extract(y: NDArray[np.float32], *, extra: bool = False) -> NDArray[np.float64]:
    """Compute the features of a stretch of sound.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz, finite; at least one sample.
    extra : bool
        Whether to compute the extra ones, too.

    Returns
    -------
    np.ndarray [shape=(85,)] or [shape=(91,)]
        As `feature_vector` gives them.

    Examples
    --------
    >>> silence = np.zeros(22050, dtype=np.float32)
    >>> round(float(extract(silence)[0]), 1)  # -100 dB in every band, times sqrt(128)
    -1131.4
    """
    return feature_vector(analyse(y, extra=extra))
