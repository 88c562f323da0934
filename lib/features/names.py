"""The names of the features, in the order in which every table and every model holds them."""

from __future__ import annotations

N_MFCC = 30
PITCH_CLASSES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

FEATURE_NAMES: tuple[str, ...] = (
    *(f"mfcc_mean_{i:02}" for i in range(1, N_MFCC + 1)),
    *(f"mfcc_std_{i:02}" for i in range(1, N_MFCC + 1)),
    *(f"chroma_mean_{name}" for name in PITCH_CLASSES),
    *(f"chroma_std_{name}" for name in PITCH_CLASSES),
    "tempo",
)

# What the larger feature sets add, kept in a table of its own: most models do without.
EXTRA_NAMES: tuple[str, ...] = (
    *("zcr_mean", "zcr_std"),
    *("rolloff_mean", "rolloff_std"),
    *("centroid_mean", "centroid_std"),
)
ALL_NAMES = FEATURE_NAMES + EXTRA_NAMES

# Changes whenever any number may change: a table or a model made with another version must not be
# mixed with features made with this one.
FEATURES_VERSION = "1"
