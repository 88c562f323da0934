from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.backbone import Backbone
from lib.backbone.mel import log_mel
from tests.backbone.reference import GOLDEN, clips, synthesised


def check(backbone: Backbone, sounds: dict[str, NDArray[np.float32]]) -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    activations, tags = backbone.hear(np.stack([log_mel(y) for y in sounds.values()]))
    for i, name in enumerate(sounds):
        np.testing.assert_allclose(activations[i], golden[name]["activations"], atol=1e-4)
        np.testing.assert_allclose(tags[i], golden[name]["tags"], atol=1e-4)


def test_hears_synthesised_sound_as_tensorflow_runs_the_original(backbone: Backbone) -> None:
    check(backbone, synthesised())


def test_hears_songs_as_tensorflow_runs_the_original(backbone: Backbone, gtzan: Path) -> None:
    check(backbone, clips(gtzan / "audio"))


@pytest.mark.parametrize("count", [1, 3])
def test_hears_patches_one_by_one_as_together(backbone: Backbone, count: int) -> None:
    patches = np.stack([log_mel(y) for y in synthesised().values()])
    together, _ = backbone.hear(patches)
    alone, _ = backbone.hear(patches[:count])
    np.testing.assert_allclose(alone, together[:count], atol=1e-5)
