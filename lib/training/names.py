"""What the ear is called, and what it hears."""

from __future__ import annotations

from lib.backbone import ACTIVATION_NAMES
from lib.features import FEATURE_NAMES

EAR = "ear"
# Not the first MFCC, which is the level of the recording.  Nor how the activations spread over a
# window: over folds by artist that helped nothing.
EAR_FEATURES: tuple[str, ...] = (
    *(name for name in FEATURE_NAMES if name != "mfcc_mean_01"),
    *(name for name in ACTIVATION_NAMES if name.startswith("msd_mean")),
)
