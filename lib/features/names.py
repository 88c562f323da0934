"""The names of the 85 features, in the order in which every table and every model holds them."""

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

# Changes whenever any number may change: a table or a model made with another version must not be
# mixed with features made with this one.
FEATURES_VERSION = "1"
