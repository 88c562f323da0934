"""What a song sounds like, in 85 numbers and in the pictures that they are taken from."""

from lib.features.analysis import Analysis, analyse, analyse_windows, extract, feature_vector
from lib.features.cutting import Cutter
from lib.features.mel import treble_directions
from lib.features.names import ALL_NAMES, EXTRA_NAMES, FEATURE_NAMES, FEATURES_VERSION, N_MFCC
from lib.features.overview import Overview
from lib.features.representations import (
    MFCC_SEGMENTS,
    REPRESENTATIONS,
    STATISTICS_SEGMENTS,
    WINDOWS,
    Representation,
)
from lib.features.sets import FEATURE_SETS, FEATURE_SETS_IN_WORDS

__all__ = [
    "ALL_NAMES",
    "EXTRA_NAMES",
    "FEATURES_VERSION",
    "FEATURE_NAMES",
    "FEATURE_SETS",
    "FEATURE_SETS_IN_WORDS",
    "MFCC_SEGMENTS",
    "N_MFCC",
    "REPRESENTATIONS",
    "STATISTICS_SEGMENTS",
    "WINDOWS",
    "Analysis",
    "Cutter",
    "Overview",
    "Representation",
    "analyse",
    "analyse_windows",
    "extract",
    "feature_vector",
    "treble_directions",
]
