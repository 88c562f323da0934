"""What a network can be given of a stretch of sound, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.features.analysis import extract
from lib.features.names import FEATURE_NAMES, FEATURES_VERSION
from lib.features.segments import (
    MFCC_NAMES,
    SEGMENT_FRAMES,
    STATISTICS_NAMES,
    mfcc_frames,
    segment_statistics,
)

# Changes whenever any number of a segment may change; see `~lib.features.names.FEATURES_VERSION`.
SEGMENTS_VERSION = "1"


@dataclass(frozen=True)
class Representation:
    """The numbers that a network is given of a stretch of sound.

    Parameters
    ----------
    name : str
        What models and tables call it.
    names : tuple of str
        The features in order.
    frames : int
        How many times over there are so many: one for each frame, or once for the whole stretch.
    version : str
        Of the code that computes them.
    segments : bool
        Whether the stretch is a segment of three seconds (see `~lib.features.cutting.Cutter`)
        rather than a window.
    compute : callable
        From samples [shape=(n,)] to numbers [shape=(frames * len(names),)], frame after frame.
    """

    name: str
    names: tuple[str, ...]
    frames: int
    version: str
    segments: bool
    compute: Callable[[NDArray[np.float32]], NDArray[np.float64]]

    @property
    def size(self) -> int:
        """How many numbers there are of one stretch."""
        return self.frames * len(self.names)


WINDOWS = Representation("windows", FEATURE_NAMES, 1, FEATURES_VERSION, False, extract)
MFCC_SEGMENTS = Representation(
    "mfcc-segments", MFCC_NAMES, SEGMENT_FRAMES, SEGMENTS_VERSION, True, mfcc_frames
)
STATISTICS_SEGMENTS = Representation(
    "statistics-segments", STATISTICS_NAMES, 1, SEGMENTS_VERSION, True, segment_statistics
)
REPRESENTATIONS: Mapping[str, Representation] = {
    each.name: each for each in (WINDOWS, MFCC_SEGMENTS, STATISTICS_SEGMENTS)
}
