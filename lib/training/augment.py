"""Changes to a song's features that leave its genre what it was.

They are exact, or nearly so, for the recording that was changed, so a network can be shown songs
as they might as well have been recorded.  Only songs that are learned from are ever changed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from lib.errors import TrainingError

_MEL_BANDS = 128
_CURVE_TERMS = 12  # cosines of an equaliser; the last one swings twelve times over the mel bands
_SLOWEST, _FASTEST = 30.0, 300.0  # beats per minute; an estimate does not leave this range
_PITCH_CLASSES = 12


@dataclass(frozen=True)
class Augmentation:
    """How much the songs learned from are changed, anew in each epoch.

    Parameters
    ----------
    gain : float
        Standard deviation of the change of loudness, in dB.
    equaliser : float
        Standard deviation of the first term of the equaliser's curve, in dB; that of the k-th is
        a k-th of it, so that the curve is smooth.
    octave : float
        Share of songs whose tempo is taken for twice or half of what it is, between 0 and 1.
    transpose : bool
        Whether songs are put into any key.  Key-free inputs do not notice.

    Raises
    ------
    TrainingError
        If a number makes no sense.
    """

    gain: float = 0.0
    equaliser: float = 0.0
    octave: float = 0.0
    transpose: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value >= 0):
                raise TrainingError(f"{field.name} is {value}; it must be 0 or more.")
        if self.octave > 1:
            raise TrainingError(f"octave is {self.octave}; it is a share, and at most 1.")


def augment(
    X: NDArray[np.float64],
    names: Sequence[str],
    settings: Augmentation,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Change each song at random.

    Parameters
    ----------
    X : np.ndarray [shape=(n, features)]
        Features as they were computed; left as they are.
    names : sequence of str
        What they are called; those that are not there are not changed.
    settings : Augmentation
        How much.
    rng : np.random.Generator
        The same state gives the same changes.

    Returns
    -------
    np.ndarray [shape=(n, features)]
        The changed songs.
    """
    n = len(X)
    if settings.gain:
        X = change_gain(X, names, settings.gain * rng.standard_normal(n))
    if settings.equaliser:
        spread = settings.equaliser / np.arange(1, _CURVE_TERMS + 1)
        X = equalise(X, names, spread * rng.standard_normal((n, _CURVE_TERMS)))
    if settings.transpose:
        X = transpose(X, names, rng.integers(_PITCH_CLASSES, size=n))
    if settings.octave:
        octaves = rng.choice([-1, 1], size=n) * (rng.random(n) < settings.octave)
        X = change_octave(X, names, octaves)
    return X.copy()


def change_gain(
    X: NDArray[np.float64], names: Sequence[str], decibels: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Make songs louder or quieter.

    ``mfcc_mean_01 += g * sqrt(128)``, and nothing else changes: a gain of g dB lifts each of the
    128 mel bands by g, and the first term of the orthonormal cosine transform is their sum over
    ``sqrt(128)``.

    Parameters
    ----------
    X : np.ndarray [shape=(n, features)]
        Songs.
    names : sequence of str
        What the features are called.
    decibels : np.ndarray [shape=(n,)]
        The gain of each song.
    """
    return _add(X, names, ["mfcc_mean_01"], math.sqrt(_MEL_BANDS) * decibels[:, None])


def equalise(
    X: NDArray[np.float64], names: Sequence[str], curves: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Put songs through an equaliser.

    A curve over the mel bands ``m`` of ``sum_k c[k] * cos(pi * k * (m + 1/2) / 128)`` dB, which
    holds from the first frame to the last, adds ``c[k] * sqrt(128 / 2)`` to the mean of the MFCC
    ``k + 1`` and changes no deviation: these cosines are the rows of the transform that MFCCs are
    made by (Davis and Mermelstein, IEEE Trans. ASSP 28(4), 1980).  Nearly so, as the floor of 80
    dB below the loudest moves too.

    Parameters
    ----------
    X : np.ndarray [shape=(n, features)]
        Songs.
    names : sequence of str
        What the features are called.
    curves : np.ndarray [shape=(n, terms)]
        The ``c[k]`` of each song in dB, for ``k = 1, 2, ...``
    """
    changed = [f"mfcc_mean_{k + 1:02}" for k in range(1, curves.shape[1] + 1)]
    return _add(X, names, changed, math.sqrt(_MEL_BANDS / 2) * curves)


def transpose(
    X: NDArray[np.float64], names: Sequence[str], semitones: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Put songs into another key: ``chroma[p + s] = chroma[p]``, of means and deviations alike.

    Parameters
    ----------
    X : np.ndarray [shape=(n, features)]
        Songs.
    names : sequence of str
        What the features are called.
    semitones : np.ndarray [shape=(n,)]
        How far up each song is moved.
    """
    X = X.copy()
    source = (np.arange(_PITCH_CLASSES) - semitones[:, None]) % _PITCH_CLASSES
    for kind in ("chroma_mean_", "chroma_std_"):
        columns = [i for i, name in enumerate(names) if name.startswith(kind)]
        if len(columns) == _PITCH_CLASSES:
            X[:, columns] = np.take_along_axis(X[:, columns], source, axis=1)
    return X


def change_octave(
    X: NDArray[np.float64], names: Sequence[str], octaves: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Take the tempo for another octave of it: ``tempo *= 2 ** octaves``, unless it leaves range.

    The most frequent error of tempo estimation (Gouyon et al., IEEE Trans. ASLP 14(5), 2006).

    Parameters
    ----------
    X : np.ndarray [shape=(n, features)]
        Songs.
    names : sequence of str
        What the features are called.
    octaves : np.ndarray [shape=(n,)]
        1 for twice the tempo of a song, -1 for half of it, 0 to leave it.
    """
    if "tempo" not in names:
        return X
    X, tempo = X.copy(), list(names).index("tempo")
    other = X[:, tempo] * 2.0**octaves
    X[:, tempo] = np.where((other >= _SLOWEST) & (other <= _FASTEST), other, X[:, tempo])
    return X


def _add(
    X: NDArray[np.float64],
    names: Sequence[str],
    changed: Sequence[str],
    amounts: NDArray[np.float64],
) -> NDArray[np.float64]:
    X, index = X.copy(), {name: i for i, name in enumerate(names)}
    for name, amount in zip(changed, amounts.T, strict=True):
        if name in index:
            X[:, index[name]] += amount
    return X
