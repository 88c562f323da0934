"""Every feature that is computed belongs to a group."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from lib.backbone import ACTIVATION_NAMES
from lib.explanation.groups import OTHER, columns_of_groups, group_of
from lib.features import ALL_NAMES, REPRESENTATIONS
from lib.model import Model, input_names


def test_no_feature_is_without_a_group() -> None:
    known = {name for each in REPRESENTATIONS.values() for name in each.names}
    for name in (*known, *ALL_NAMES, *ACTIVATION_NAMES):
        assert group_of(name) != OTHER, name
    for name in input_names("key-free", (*ALL_NAMES, *ACTIVATION_NAMES)):
        assert group_of(name) != OTHER, name


def test_groups_of_the_statistics() -> None:
    found = Counter(map(group_of, REPRESENTATIONS["statistics-segments"].names))
    # 20 MFCCs, centroid, bandwidth, roll-off, zero crossings; chroma; rms and two parts' levels.
    assert found == {"timbre": 48, "harmony": 2, "loudness": 6, "tempo": 1}


def test_columns_part_the_inputs(model: Model) -> None:
    groups = columns_of_groups(model)
    assert list(groups) == ["timbre", "harmony", "tempo"]
    assert [len(columns) for columns in groups.values()] == [60, 14, 1]
    assert sorted(np.concatenate(list(groups.values()))) == list(range(75))


def test_what_nobody_knows_is_a_group_of_its_own(model: Model) -> None:
    odd = replace(model, songs=None, feature_names=("odd", *model.feature_names[1:]))
    assert list(columns_of_groups(odd)) == ["timbre", "harmony", "tempo", OTHER]
