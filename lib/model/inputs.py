"""What a network is given of a song's features: themselves, or what no key or low-pass changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.features import N_MFCC, treble_directions

Inputs: TypeAlias = Literal["features", "key-free", "treble-free"]

_PITCH_CLASSES = 12
_HARMONICS = _PITCH_CLASSES // 2 + 1  # of a real sequence the rest are mirror images

# Added before the logarithm, or what is nearly nothing would count for most.  Of the size of the
# smallest magnitudes that are usual in songs.
_CHROMA_FLOORS = {"chroma_mean": 0.05, "chroma_std": 0.02}
_QUIETEST = 0.1  # dB; an MFCC of a song deviates by more, of silence by nothing
_SLOWEST = 1.0  # beats per minute; what has no beat has the tempo 0
_ACTIVATIONS = frozenset({"msd_mean", "msd_std"})


def input_names(inputs: Inputs, names: Sequence[str]) -> tuple[str, ...]:
    """Return what each column that `prepare` gives is called.

    Parameters
    ----------
    inputs : {"features", "key-free", "treble-free"}
        As for `prepare`.
    names : sequence of str
        The features in order.

    Raises
    ------
    ModelError
        If `inputs` is unknown, or key-free inputs are asked of some of the twelve means or
        deviations of chroma, but not of all, or treble-free ones without the means of all MFCCs.
    """
    if inputs == "features":
        return tuple(names)
    if inputs not in (known := get_args(Inputs)):
        raise ModelError(f"Inputs {inputs!r} are unknown; known are {', '.join(known)}.")
    if inputs == "treble-free" and (found := len(_columns("mfcc_mean", names))) != N_MFCC:
        raise ModelError(f"Treble-free inputs need {N_MFCC} features mfcc_mean_*, and {found} are.")
    kept = [_MADE_OF.get(_kind(name), "") + name for name in names if not _is_chroma(name)]
    for kind in _CHROMA_FLOORS:
        if (found := len(_columns(kind, names))) not in (0, _PITCH_CLASSES):
            raise ModelError(f"Key-free inputs need twelve features {kind}_*, and {found} are.")
        kept += [f"log {kind} harmonic {k}" for k in range(_HARMONICS)] if found else []
    return tuple(kept)


def prepare(
    inputs: Inputs, X: NDArray[np.floating[Any]], names: Sequence[str]
) -> NDArray[np.float64]:
    """Make of features what a network is given, before it is scaled.

    ``"features"`` leaves them as they are.  ``"key-free"`` takes, of the means of chroma and of
    their deviations, the magnitudes of the Fourier transform over the twelve pitch classes::

        a[k] = |sum_p chroma[p] * exp(-2j * pi * k * p / 12)|,  k = 0 to 6

    A song in another key has its chroma rotated, which changes the phases alone, so that `a` says
    which intervals a song is made of and not in which key: ``a[5]`` how diatonic it is, ``a[3]``
    how much of it are major thirds, ``a[0]`` how full its spectrum is (Lewin, "Re: Intervallic
    Relations between Two Collections of Notes", J. Music Theory 3(2), 1959; Quinn, "General
    Equal-Tempered Harmony", Perspectives of New Music 44(2), 2006).  Logarithms are taken of
    those, of the deviations of MFCCs and of the tempo, which are all above 0 and lie askew, and
    fourth roots of the backbone's activations, which may be 0 as well.  All other features, and all
    where there are no chroma, stay as they are.

    ``"treble-free"`` does the same, and takes from the means of MFCCs what the spectrum above 8 kHz
    has part in: ``c - U U^T c``, with U the `~lib.features.treble_directions`.  A low-pass lets the
    mel bands above it fall to the floor, 80 dB below the clip's loudest moment, which moves single
    means by more than two standard deviations of songs, and almost wholly within these directions.

    Parameters
    ----------
    inputs : {"features", "key-free", "treble-free"}
        Which.
    X : np.ndarray [shape=(n, features)]
        Features as they were computed.
    names : sequence of str
        What they are called, in order.

    Returns
    -------
    np.ndarray [shape=(n, d)]
        One column for each of `input_names`; 75 of the 85 features but for ``"features"``.

    Raises
    ------
    ModelError
        As `input_names`.
    """
    input_names(inputs, names)
    rows: NDArray[np.float64] = np.asarray(X, dtype=np.float64)
    if inputs == "features":
        return rows
    if inputs == "treble-free":
        rows = rows.copy()
        means = sorted(_columns("mfcc_mean", names), key=names.__getitem__)
        U = treble_directions()
        rows[:, means] -= rows[:, means] @ U @ U.T
    kept = [_column(rows[:, i], name) for i, name in enumerate(names) if not _is_chroma(name)]
    harmonics = [
        np.log(np.abs(np.fft.rfft(rows[:, columns], axis=1)) + floor)
        for kind, floor in _CHROMA_FLOORS.items()
        if (columns := _columns(kind, names))
    ]
    return np.concatenate([np.reshape(kept, (len(kept), len(rows))).T, *harmonics], axis=1)


_MADE_OF = {
    "mfcc_std": "log ",
    "tempo": "log ",
    **dict.fromkeys(_ACTIVATIONS, "fourth root of "),
}


def _kind(name: str) -> str:
    """Return a feature's name without its number or pitch class: mfcc_std, chroma_mean, tempo."""
    return name.rpartition("_")[0] or name


def _is_chroma(name: str) -> bool:
    return _kind(name) in _CHROMA_FLOORS


def _columns(kind: str, names: Sequence[str]) -> list[int]:
    return [i for i, name in enumerate(names) if _kind(name) == kind]


def _column(x: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    if _kind(name) == "mfcc_std":
        return np.asarray(np.log(np.maximum(x, _QUIETEST)))
    if _kind(name) == "tempo":
        return np.asarray(np.log2(np.maximum(x, _SLOWEST)))
    if _kind(name) in _ACTIVATIONS:
        return np.asarray(np.maximum(x, 0.0) ** 0.25)
    return x
