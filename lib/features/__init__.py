"""What a song sounds like, in 85 numbers and in the pictures that they are taken from."""

from lib.features.analysis import Analysis, analyse, analyse_windows, extract, feature_vector
from lib.features.names import FEATURE_NAMES, FEATURES_VERSION
from lib.features.overview import Overview

__all__ = [
    "FEATURES_VERSION",
    "FEATURE_NAMES",
    "Analysis",
    "Overview",
    "analyse",
    "analyse_windows",
    "extract",
    "feature_vector",
]
