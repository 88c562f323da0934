"""How a song sounds, in words that hang on named features."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.model import Model, Songs, input_names, prepare

WORTH_A_WORD = 0.2
"""A song gets a word where this share of the songs learned from, or fewer, lie beyond it: of eight
scales about three are worth a word then."""
VERY = 0.05
"""The same for “very”."""


@dataclass(frozen=True)
class Scale:
    """Something that a person hears, and the feature that tells it.

    Parameters
    ----------
    name : str
        Of the scale: ``"tempo"``.
    inputs : tuple of str
        Whose mean it is, by their names among the key-free `~lib.model.input_names`.
    low, high : str
        What a song is that has little or much of it.
    falling : bool
        Whether much of the feature is little of what the scale tells.
    """

    name: str
    inputs: tuple[str, ...]
    low: str
    high: str
    falling: bool = False


SCALES = (
    # Beats per minute.
    Scale("tempo", ("log tempo",), "slow", "fast"),
    # The first cosine over the mel bands weighs the low ones against the high ones (Davis and
    # Mermelstein, IEEE Trans. ASSP 28, 1980).  Over GTZAN's tracks it falls as the spectral
    # centroid rises (Spearman's rho -0.95), and by that people judge brightness (Schubert and
    # Wolfe, "Does timbral brightness scale with frequency and spectral centroid?", Acta Acustica
    # united with Acustica 92, 2006).
    Scale("brightness", ("mfcc_mean_02",), "dark", "bright", falling=True),
    # The sum over all mel bands of their level in dB, as the file has it.
    Scale("loudness", ("mfcc_mean_01",), "quiet", "loud"),
    # How that sum varies over time.
    Scale("dynamics", ("log mfcc_std_01",), "even in level", "loud and soft by turns"),
    # How the shape of the spectrum varies over time: the spread of timbre over what Tzanetakis and
    # Cook call a texture window (IEEE Trans. Speech and Audio Processing 10, 2002).
    Scale("change", tuple(f"log mfcc_std_{i:02}" for i in range(2, 14)), "steady", "ever changing"),
    # The sum of chroma, each frame's greatest being 1: near 1 for a single note, 12 for noise.
    Scale("fullness", ("log chroma_mean harmonic 0",), "with few, clear notes", "dense or noisy"),
    # How the pitch classes come and go.
    Scale("chords", ("log chroma_std harmonic 0",), "with few chords", "with many chords"),
    # The fifth harmonic of chroma tells how diatonic music is (Quinn, "General Equal-Tempered
    # Harmony", Perspectives of New Music 44(2), 2006).
    Scale("scale", ("log chroma_mean harmonic 5",), "in no one scale", "in one scale"),
)
"""The words and what they hang on, in the order in which they are told."""


@dataclass(frozen=True)
class Trait:
    """Where a song stands on a scale.

    Parameters
    ----------
    scale : str
        Its name.
    features : tuple of str
        What it hangs on.
    rank : float
        The share of the songs learned from that have less of it, 0 to 1.
    word : str
        What the song is, such as ``"very fast"``; empty where it is like most.
    """

    scale: str
    features: tuple[str, ...]
    rank: float
    word: str


def traits(model: Model, songs: Songs, Z: NDArray[np.float64]) -> tuple[Trait, ...]:
    """Say how a song stands among those that a model learned from.

    Parameters
    ----------
    model : Model
    songs : Songs
        What it learned from.
    Z : np.ndarray [shape=(windows, *inputs)]
        What the network was given of the song.

    Returns
    -------
    tuple of Trait
        One for each of `SCALES` whose features the network is given; none of networks that are
        given frames.
    """
    if model.frames > 1:
        return ()
    mine = _columns(model, Z.reshape(len(Z), -1))
    theirs = _columns(model, songs.Z.astype(np.float64))
    found = []
    for scale in SCALES:
        if not set(scale.inputs) <= mine.keys():
            continue
        x = np.mean([mine[name] for name in scale.inputs])
        windows = np.mean([theirs[name] for name in scale.inputs], axis=0)
        count = np.bincount(songs.song, minlength=len(songs.songs))
        # A song has the mean of its windows, as this one has.
        learned = np.bincount(songs.song, windows)[count > 0] / count[count > 0]
        rank = float((learned < x).mean() + (learned == x).mean() / 2)
        rank = 1 - rank if scale.falling else rank
        found.append(Trait(scale.name, scale.inputs, rank, word(scale, rank)))
    return tuple(found)


def word(scale: Scale, rank: float) -> str:
    """Return what a song is that stands at a rank of a scale; empty where it is like most.

    Examples
    --------
    >>> [word(SCALES[0], rank) for rank in (0.01, 0.1, 0.5, 0.9)]
    ['very slow', 'slow', '', 'fast']
    """
    beyond = min(rank, 1 - rank)
    if beyond > WORTH_A_WORD:
        return ""
    plain = scale.low if rank < 0.5 else scale.high
    # “Very with few chords” is no English; such words stand as they are.
    return f"very {plain}" if beyond <= VERY and " " not in plain else plain


def _columns(model: Model, Z: NDArray[np.float64]) -> Mapping[str, NDArray[np.float64]]:
    """Return the inputs by their key-free names, whatever the network is given of features."""
    prepared = Z * model.scaler.scale_ + model.scaler.mean_
    names = input_names(model.inputs, model.feature_names)
    if model.inputs == "features":
        with suppress(ModelError):  # of chroma it may be given a part, which tells no scale
            made = input_names("key-free", names)
            prepared, names = prepare("key-free", prepared, names), made
    return dict(zip(names, prepared.T, strict=True))
