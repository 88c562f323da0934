from __future__ import annotations

import csv
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import pytest

from lib.backbone import ACTIVATION_NAMES, BackboneError
from lib.dataset import (
    Dataset,
    Heard,
    as_backbone_hears,
    extraction,
    hear_activations,
    hear_song,
    preprocess,
    read_dataset,
)
from lib.dataset import activations as module
from lib.dataset.activation_table import read_activations
from lib.errors import Cancelled, DatasetError
from lib.features import FEATURE_NAMES
from tests.sound import music, write_song

BOTH = (*FEATURE_NAMES[3:], *ACTIVATION_NAMES[:200])


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Return three short songs and one of two windows, prepared."""
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")
    songs = tmp_path / "songs"
    for number, seconds in enumerate((4, 4, 4, 46)):
        path = songs / ("low", "high")[number % 2] / f"{number}.wav"
        write_song(path, music(seconds, pitch=110.0 * (1 + number), seed=number), rate=22_050)
    preprocess(songs, tmp_path / "data", workers=1)
    return read_dataset(tmp_path / "data")


def refuse(**_: object) -> None:
    raise AssertionError("something was heard once more")


def test_hears_each_window_once(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[str, float | None]] = []
    found = hear_activations(dataset, workers=1, progress=lambda *step: steps.append(step))
    assert sorted(len(heard.X) for heard in found.values()) == [1, 1, 1, 2]
    assert steps[-1] == ("Hearing songs by the backbone", 1.0)
    with (dataset.folder / "activations.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == ["track", "heard", *ACTIVATION_NAMES]
    assert len(table) == 1 + 5
    monkeypatch.setattr(module, "load_backbone", refuse)
    again = hear_activations(read_dataset(dataset.folder))
    assert sorted(again) == sorted(found)
    for track, heard in found.items():
        np.testing.assert_allclose(again[track].X, heard.X, rtol=1e-6)


def test_is_heard_with_the_features_by_one_decoding(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = hear_activations(dataset, workers=1)
    both = partial(hear_song, by_backbone=True)
    preprocess(tmp_path / "songs", tmp_path / "both", workers=1, hear=both)
    monkeypatch.setattr(module, "load_backbone", refuse)
    found = hear_activations(read_dataset(tmp_path / "both"))
    assert sorted(found) == sorted(alone)
    for track, heard in alone.items():
        assert found[track].heard == heard.heard
        np.testing.assert_allclose(found[track].X, heard.X, rtol=1e-6)
    for name in ("features.csv", "extra.csv"):
        kept = (tmp_path / "both" / name).read_bytes()
        assert kept == (dataset.folder / name).read_bytes()


def test_what_was_heard_with_the_features_outlives_a_stop(dataset: Dataset, tmp_path: Path) -> None:
    def stop(step: str, fraction: float | None) -> None:
        if step == "Hearing songs" and fraction:
            raise Cancelled

    both, target = partial(hear_song, by_backbone=True), tmp_path / "both"
    with pytest.raises(Cancelled):
        preprocess(tmp_path / "songs", target, workers=1, hear=both, progress=stop)
    there = set(read_dataset(target).track)
    assert 0 < len(there) < 4
    assert set(read_activations(target / "activations.csv")) == there
    preprocess(tmp_path / "songs", target, workers=1)  # the others without the backbone
    assert set(read_activations(target / "activations.csv")) == there
    assert len(hear_activations(read_dataset(target), workers=1)) == 4


def test_features_do_without_the_backbone(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(**_: object) -> None:
        raise BackboneError("The package musicnn is not installed.")

    path = dataset.audio(dataset.track[0])
    assert path is not None
    monkeypatch.setattr(extraction, "load_backbone", missing)
    extraction._backbone.cache_clear()
    heard = hear_song(path, by_backbone=True)
    assert isinstance(heard, Heard)
    assert heard.activations is None


def test_gives_a_model_the_columns_that_it_wants(dataset: Dataset) -> None:
    heard = as_backbone_hears(dataset, BOTH, workers=1)
    assert tuple(heard.features.columns) == BOTH
    np.testing.assert_array_equal(heard.X[:, :82], dataset.X[:, 3:])
    assert heard.track.tolist() == dataset.track.tolist()
    assert heard.X[:, 82:].min() >= 0
    assert as_backbone_hears(dataset, FEATURE_NAMES[:2]) is dataset
    np.testing.assert_array_equal(heard.values(BOTH[5:7]), dataset.X[:, 8:10])


def test_hears_anew_what_has_changed_and_leaves_out_what_is_gone(dataset: Dataset) -> None:
    first = hear_activations(dataset, workers=1)
    changed, gone = (track for track in first if len(first[track].X) == 1 and "low" in track)
    path = dataset.audio(changed)
    assert path is not None
    write_song(path, music(5, pitch=700.0), rate=22_050)
    (dataset.folder / "activations.csv").write_text("", encoding="utf-8")
    lost = dataset.audio(gone)
    assert lost is not None
    lost.unlink()
    second = hear_activations(dataset, workers=1)
    assert gone not in second
    assert not np.allclose(first[changed].X, second[changed].X)
    heard = as_backbone_hears(dataset, BOTH, workers=1)
    assert set(heard.track) == set(dataset.track) - {gone}


def test_keeps_what_was_heard_of_songs_whose_audio_is_gone(dataset: Dataset) -> None:
    first = hear_activations(dataset, workers=1)
    for track in first:
        path = dataset.audio(track)
        assert path is not None
        path.unlink()
    assert sorted(hear_activations(dataset)) == sorted(first)


def test_a_stopped_run_goes_on_where_it_was(dataset: Dataset) -> None:
    def stop(_step: str, fraction: float | None) -> None:
        if fraction:
            raise Cancelled

    with pytest.raises(Cancelled):
        hear_activations(dataset, workers=1, progress=stop)
    kept = (dataset.folder / "activations.csv").read_text(encoding="utf-8").splitlines()
    assert 1 < len(kept) < 1 + 5


def test_says_that_nothing_can_be_heard(dataset: Dataset) -> None:
    dataset.tracks["audio"] = ""
    with pytest.raises(DatasetError, match="the audio of none of its 4 songs"):
        as_backbone_hears(dataset, BOTH)


def test_says_that_the_backbone_is_missing(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(**_: object) -> None:
        raise BackboneError("The package musicnn is not installed.")

    monkeypatch.setattr(module, "load_backbone", missing)
    with pytest.raises(BackboneError, match="not installed"):
        as_backbone_hears(dataset, BOTH)
