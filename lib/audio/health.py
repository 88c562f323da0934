"""What is wrong with a sound, found while it passes by."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from lib.audio.decoder import Block
from lib.audio.sound import SHORTEST_SECONDS, Samples, in_words
from lib.errors import AudioError

SILENCE = 1e-4
"""Half the distance between the highest and the lowest sample, of full scale: −80 dBFS, about
three steps of 16 bits.  What stays below all along is silence, a constant offset included."""

LOUDEST = 2.0**31
"""A sample beyond this, of full scale, is damage as NaN is: it would overflow when squared."""

OVERDRIVEN = 8.0
"""Times full scale (18 dB above).  Float samples may exceed 1, but music not by so much."""

NARROW_RATE = 16_000
"""Hz.  Below, more than a quarter of the band that the model was trained on is missing."""

MISSING_SECONDS = 1.0
"""How much less than declared, s, is heard before anybody is told."""

MOSTLY = 0.5

_SILENT = "It is silent: nothing in it is louder than −80 dB. Choose a file with sound."
_CANCELLING = (
    "Its channels cancel each other out when they are mixed to one, as where the wires of a cable "
    "are swapped. Turn one of them over, or save one alone."
)


class Health:
    """Mixes blocks to mono and keeps account of what was wrong with them.

    Parameters
    ----------
    path : Path
        The file, for messages.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lowest, self._highest = np.inf, -np.inf
        self._damaged = self._lost = self._samples = 0
        self._silent_seconds = 0.0
        self._cancelling = False
        self._narrowest = NARROW_RATE
        self.seconds = 0.0
        """Sound taken in, s, at the file's own rate."""

    def mix(self, block: Block) -> Samples:
        """Average the channels of a block.

        ``mono[t] = mean_c samples[t, c]`` over those channels whose sample is a number within
        ±`LOUDEST`; 0 where there is none.

        Returns
        -------
        np.ndarray [shape=(n,)]
            Float32 at the block's rate, all finite.
        """
        mono = average(block.samples)
        low, high = float(mono.min(initial=np.inf)), float(mono.max(initial=-np.inf))
        if not (low >= -LOUDEST and high <= LOUDEST) and len(mono):  # true for NaN, too
            mono = self._repair(block.samples)
            low, high = float(mono.min()), float(mono.max())
        seconds = len(mono) / block.rate
        if high - low < 2 * SILENCE:
            self._silent_seconds += seconds
            self._cancelling |= _swing(block.samples) >= 2 * SILENCE
        self._lowest, self._highest = min(low, self._lowest), max(high, self._highest)
        self._narrowest = min(block.rate, self._narrowest)
        self._samples += len(mono)
        self.seconds += seconds
        return mono

    def _repair(self, samples: Samples) -> Samples:
        sound = np.abs(samples) <= LOUDEST  # false for NaN
        channels = sound.sum(axis=1)
        self._damaged += int((channels < samples.shape[1]).sum())
        self._lost += int((channels == 0).sum())
        total = np.where(sound, samples, 0).sum(axis=1, dtype=np.float64)
        mono: Samples = (total / np.maximum(channels, 1)).astype(np.float32)
        return mono

    def verdict(self, declared: float | None, *, cut_off: bool) -> tuple[str, ...]:
        """Judge the whole sound, now that all of it was heard.

        Parameters
        ----------
        declared : float or None
            The length that the file's header tells, s.
        cut_off : bool
            Whether its end is known to be missing.

        Returns
        -------
        tuple of str
            What is wrong with a sound that can be used all the same, as sentences for a person.

        Raises
        ------
        AudioError
            Where no genre can be heard in it.
        """
        missing = self._missing(declared, cut_off=cut_off)
        if self.seconds < SHORTEST_SECONDS:
            raise AudioError(
                self._path,
                # Rounded down, lest a sound of 2.999 s be told to last 3 s and be too short.
                f"It lasts {math.floor(100 * self.seconds) / 100:.2f} s, and a genre takes at "
                f"least {SHORTEST_SECONDS:g} s to hear. {missing or 'Choose a longer piece.'}",
            )
        if self._lost > MOSTLY * self._samples:
            raise AudioError(
                self._path,
                f"{_percent(self._lost, self._samples)} of its samples are not numbers. "
                "Save it again with the program that made it.",
            )
        if self._highest - self._lowest < 2 * SILENCE:
            raise AudioError(self._path, _CANCELLING if self._cancelling else _SILENT)
        return tuple(filter(None, (missing, *self._blemishes())))

    def _missing(self, declared: float | None, *, cut_off: bool) -> str:
        if declared is not None and declared - self.seconds > MISSING_SECONDS:
            return (
                f"It is cut off or damaged: {in_words(self.seconds)} could be heard of the "
                f"{in_words(declared)} that its header tells. Get the whole file if you can."
            )
        if cut_off:
            return (
                f"It is cut off or damaged: it breaks off after {in_words(self.seconds)}. "
                "Get the whole file if you can."
            )
        return ""

    def _blemishes(self) -> tuple[str, ...]:
        found = []
        if self._damaged:
            found.append(
                f"{_percent(self._damaged, self._samples)} of its samples are not numbers and "
                "were left out."
            )
        if max(self._highest, -self._lowest) > OVERDRIVEN:
            found.append(
                f"Its samples reach {max(self._highest, -self._lowest):,.0f} times full scale: "
                "it was saved wrongly, and the genre is less certain."
            )
        if self._silent_seconds > MOSTLY * self.seconds:
            found.append(
                f"{in_words(self._silent_seconds)} of its {in_words(self.seconds)} are silent, "
                "so the genre is less certain."
            )
        if self._narrowest < NARROW_RATE:
            found.append(
                f"It was recorded at {self._narrowest:,} samples a second and has nothing above "
                f"{self._narrowest // 2:,} Hz, so the genre is less certain."
            )
        return tuple(found)


def average(samples: Samples) -> Samples:
    """Average channels [shape=(n, channels)] into one [shape=(n,)].

    Spelt out for one and two channels, because `np.mean` along interleaved samples takes ten
    times as long.
    """
    channels = samples.shape[1]
    if channels == 1:
        return samples[:, 0]
    with np.errstate(over="ignore", invalid="ignore"):  # what comes of NaN is repaired later
        if channels == 2:
            mono: Samples = (samples[:, 0] + samples[:, 1]) * np.float32(0.5)
        else:
            mono = samples @ np.full(channels, 1 / channels, np.float32)
    return mono


def _swing(samples: Samples) -> float:
    """Return how far apart the highest and the lowest sample of a channel are, at most."""
    return float(np.ptp(samples, axis=0).max()) if len(samples) else 0.0


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole
    return f"{share:.0f} %" if share >= 1 else "Less than 1 %"
