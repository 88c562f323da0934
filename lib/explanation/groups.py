"""What a network hears, in groups that mean something to a person."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from lib.model import Model, input_names

GROUPS = {
    "timbre": r"mfcc|zcr|zero_crossing|centroid|bandwidth|rolloff",
    "harmony": r"chroma",
    "tempo": r"tempo",
    "loudness": r"rms|harmony|perceptr",
    "backbone": r"msd_",
}
"""By name, in the order in which they are told: what the names of a group's features contain.  The
level of the sound's parts is called harmony and perceptr in the table of statistics that came with
GTZAN; of what it calls so nothing is harmony in the sense of music."""
OTHER = "other features"

_MADE = re.compile(r"^(?:log|fourth root of) | harmonic \d+$")


def plain_name(name: str) -> str:
    """Return the feature, or the kind of feature, that an input is made of.

    Examples
    --------
    >>> plain_name("log mfcc_std_02"), plain_name("log chroma_mean harmonic 5")
    ('mfcc_std_02', 'chroma_mean')
    """
    return _MADE.sub("", _MADE.sub("", name))


def group_of(name: str) -> str:
    """Return the group of an input, by its name among `~lib.model.input_names`.

    Examples
    --------
    >>> group_of("log mfcc_std_02"), group_of("chroma_mean_C#"), group_of("harmony_mean")
    ('timbre', 'harmony', 'loudness')
    """
    feature = plain_name(name)
    found = (group for group, pattern in GROUPS.items() if re.match(pattern, feature))
    if feature.startswith("spectral_"):
        return "timbre"
    return next(found, OTHER)


def columns_of_groups(model: Model) -> dict[str, NDArray[np.intp]]:
    """Return which inputs of a network belong to each group.

    Returns
    -------
    dict of str to np.ndarray of int [shape=(columns,)]
        Columns of rows as `~lib.model.Songs` keep them, frame after frame; groups that the network
        is given nothing of are left out.
    """
    names = input_names(model.inputs, model.feature_names)
    groups = np.array([group_of(name) for name in names] * model.frames)
    return {group: np.flatnonzero(groups == group) for group in (*GROUPS, OTHER) if group in groups}
