"""An explanation whole: what it holds, what it can't say, how it goes into JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lib.explanation import explain
from lib.model import Model, Song, Songs
from tests.graphs import small_hearer
from tests.models import small_model

Maker = Callable[..., np.ndarray]


def test_it_holds_pulls_words_and_songs(model: Model, features: Maker) -> None:
    X = features(2, seed=1)
    found = explain(model, X)
    assert set(found.pulls) == set(model.labels)
    assert len(found.neighbours) == 3
    assert found.words == tuple(each.word for each in found.traits if each.word)
    assert found.unsaid == ""
    told = json.loads(json.dumps(found.to_dict()))
    assert set(told) == {"pulls", "words", "ranks", "nearest"}
    genre = model.labels[0]
    assert set(told["pulls"][genre]) == {"base", "timbre", "harmony", "tempo"}
    said = model.probabilities(X).mean(axis=0)[0]
    assert sum(told["pulls"][genre].values()) == pytest.approx(said, abs=1e-5)
    assert told["nearest"][0]["title"].startswith("Title ")


def test_a_model_without_songs_says_so(features: Maker) -> None:
    found = explain(small_model(), features(1))
    assert (found.pulls, found.traits, found.neighbours) == ({}, (), ())
    assert "does not carry the songs it learned from" in found.unsaid
    assert found.to_dict()["unsaid"] == found.unsaid


def test_one_group_alone_has_nothing_to_be_weighed_by(
    features: Maker, with_songs: Callable[..., Model]
) -> None:
    names = small_model().feature_names[:30]
    timbre = with_songs(small_model(features=names), features(30)[:, :30])
    found = explain(timbre, features(1)[:, :30])
    assert found.pulls == {}
    assert len(found.neighbours) == 3
    assert found.unsaid == "Model small hears timbre alone, so there is nothing to weigh it by."


def test_segments_by_a_graph_of_onnx(with_songs: Callable[..., Model]) -> None:
    X = np.abs(np.random.default_rng(0).normal(100, 30, (40, 57)))
    model = with_songs(small_hearer(hears="statistics-segments"), X)
    found = explain(model, X[:5])
    pulls = found.pulls["rock"].pulls
    assert [pull.group for pull in pulls] == ["timbre", "harmony", "tempo", "loudness"]
    said = model.probabilities(X[:5]).mean(axis=0)[2]
    total = found.pulls["rock"].base + sum(pull.change for pull in pulls)
    assert total == pytest.approx(said, abs=1e-6)  # it computes in single precision
    assert [each.scale for each in found.traits] == ["tempo"]


def test_frames_have_neighbours_and_nothing_else() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(0, 100, (6, 130 * 13))
    hearer = small_hearer()
    Z = hearer.given(X).reshape(6, -1).astype(np.float16)
    songs = tuple(Song(f"t{i}", "", f"a{i}", "rock") for i in range(3))
    numbers = np.array([0, 0, 1, 1, 2, 2], np.int32)
    found = explain(replace(hearer, songs=Songs(songs, numbers, Z)), X[2:4])
    assert found.neighbours[0].song.track == "t1"
    assert (found.pulls, found.traits) == ({}, ())
    assert "hears timbre alone" in found.unsaid


def test_it_needs_no_heavy_library(root: Path) -> None:
    code = (
        "import sys, lib.explanation; "
        "print([m for m in ('scipy', 'sklearn', 'pandas', 'tensorflow', 'matplotlib', 'onnx', "
        "'onnxruntime') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
