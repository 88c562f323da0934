"""The sets of features that networks are compared on, by name."""

from __future__ import annotations

from collections.abc import Mapping

from lib.features.names import EXTRA_NAMES, FEATURE_NAMES


def _of(*kinds: str) -> tuple[str, ...]:
    return tuple(name for name in FEATURE_NAMES if name.startswith(kinds))


_87 = (*FEATURE_NAMES, *(name for name in EXTRA_NAMES if name.startswith("zcr_")))

FEATURE_SETS: Mapping[str, tuple[str, ...]] = {
    "30": _of("mfcc_mean_"),
    "42": _of("mfcc_mean_", "chroma_mean_"),
    "60": _of("mfcc_mean_", "mfcc_std_"),
    "85": FEATURE_NAMES,
    "87": _87,
    "89-rolloff": (*_87, *(name for name in EXTRA_NAMES if name.startswith("rolloff_"))),
    "89-centroid": (*_87, *(name for name in EXTRA_NAMES if name.startswith("centroid_"))),
}
"""By name, each in the order in which a network takes them; what is beyond the 85 features is
computed only for models that ask for it."""

FEATURE_SETS_IN_WORDS: Mapping[str, str] = {
    "30": "MFCC means",
    "42": "MFCC and chroma means",
    "60": "MFCC means and deviations",
    "85": "MFCC, chroma and tempo",
    "87": "85 and the zero crossing rate",
    "89-rolloff": "87 and the spectral roll-off",
    "89-centroid": "87 and the spectral centroid",
}
