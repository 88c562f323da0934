"""What the backbone is given and what it says, by name."""

from __future__ import annotations

from collections.abc import Iterable

from lib.features import WINDOWS, Representation

BACKBONE_RATE = 16_000
"""Samples a second that it hears, Hz."""
FRAMES, N_BANDS = 187, 96
"""A patch: frames of 16 ms, 2.992 s together, and mel bands."""
N_ACTIVATIONS = 200

# The fifty commonest tags of Last.fm's listeners on the Million Song Dataset, in the order of the
# network's outputs, spelt as its authors do (Choi, Fazekas and Sandler: "Automatic tagging using
# deep convolutional neural networks", ISMIR 2016; Pons and Serra 2019).
TAGS: tuple[str, ...] = (
    "rock", "pop", "alternative", "indie", "electronic", "female vocalists", "dance", "00s",
    "alternative rock", "jazz", "beautiful", "metal", "chillout", "male vocalists", "classic rock",
    "soul", "indie rock", "Mellow", "electronica", "80s", "folk", "90s", "chill", "instrumental",
    "punk", "oldies", "blues", "hard rock", "ambient", "acoustic", "experimental",
    "female vocalist", "guitar", "Hip-Hop", "70s", "party", "country", "easy listening", "sexy",
    "catchy", "funk", "electro", "heavy metal", "Progressive rock", "60s", "rnb", "indie pop",
    "sad", "House", "happy",
)  # fmt: skip

ACTIVATION_NAMES: tuple[str, ...] = (
    *(f"msd_mean_{i:03}" for i in range(1, N_ACTIVATIONS + 1)),
    *(f"msd_std_{i:03}" for i in range(1, N_ACTIVATIONS + 1)),
)
"""Means and standard deviations (ddof 0) of the activations over a window's patches."""

# Changes whenever any number may change, as `lib.features.FEATURES_VERSION` does.
BACKBONE_VERSION = "1"


def needs_backbone(names: Iterable[str]) -> bool:
    """Tell whether any of the features of these names are the backbone's."""
    return not _ACTIVATIONS.isdisjoint(names)


def features_version(names: Iterable[str], heard: Representation = WINDOWS) -> str:
    """Return the version of the code that computes the features of these names.

    Parameters
    ----------
    names : iterable of str
        The features; of windows, the backbone's may be among them.
    heard : Representation
        What they are, beside the backbone's.

    Examples
    --------
    >>> features_version(["tempo"]), features_version(["tempo", "msd_mean_001"])
    ('1', '1+1')
    """
    more = f"+{BACKBONE_VERSION}" if needs_backbone(names) else ""
    return heard.version + more


_ACTIVATIONS = frozenset(ACTIVATION_NAMES)
