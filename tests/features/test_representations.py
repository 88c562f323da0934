from __future__ import annotations

import pytest

from lib.features import REPRESENTATIONS, Representation
from tests.sound import music


@pytest.mark.parametrize("features", REPRESENTATIONS.values(), ids=REPRESENTATIONS)
def test_a_representation_has_as_many_numbers_as_it_names(features: Representation) -> None:
    assert features.compute(music(3.0)).shape == (features.size,)
    assert len(set(features.names)) == len(features.names)
    assert REPRESENTATIONS[features.name] is features
