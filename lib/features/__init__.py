"""What a song sounds like, in 85 numbers and in the pictures that they are taken from."""

from lib.features.analysis import Analysis, analyse, analyse_windows, extract, feature_vector
from lib.features.names import ALL_NAMES, EXTRA_NAMES, FEATURE_NAMES, FEATURES_VERSION
from lib.features.overview import Overview
from lib.features.sets import FEATURE_SETS, FEATURE_SETS_IN_WORDS

__all__ = [
    "ALL_NAMES",
    "EXTRA_NAMES",
    "FEATURES_VERSION",
    "FEATURE_NAMES",
    "FEATURE_SETS",
    "FEATURE_SETS_IN_WORDS",
    "Analysis",
    "Overview",
    "analyse",
    "analyse_windows",
    "extract",
    "feature_vector",
]
