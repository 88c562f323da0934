"""What the networks that don't hear windows are given, and how they give one verdict a song."""

from __future__ import annotations

from collections.abc import Mapping

from lib.features import MFCC_SEGMENTS, STATISTICS_SEGMENTS, WINDOWS, Representation
from lib.model import Verdict

_HEARS: Mapping[str, Representation] = {
    "cnn-mfcc": MFCC_SEGMENTS,
    "cnn-segments": MFCC_SEGMENTS,
    "mlp-3s": STATISTICS_SEGMENTS,
}
_VERDICTS: Mapping[str, Verdict] = {"cnn-segments": "vote"}


def representation(network: str) -> Representation:
    """Return what the network of a name is given of a song.

    Examples
    --------
    >>> representation("mlp85").name, representation("cnn-mfcc").name
    ('windows', 'mfcc-segments')
    """
    return _HEARS.get(network, WINDOWS)


def verdict(network: str) -> Verdict:
    """Return how what the network of a name hears in the parts of a song becomes one verdict."""
    return _VERDICTS.get(network, "mean")
