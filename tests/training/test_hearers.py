"""Training what hears segments, from the songs' audio to a model that is used like any other."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.dataset import Dataset, as_heard, read_dataset, write_dataset
from lib.errors import TrainingError
from lib.features import FEATURE_NAMES, REPRESENTATIONS, extract
from lib.judgement import Rows, evaluate
from lib.model import load_model
from lib.prediction import hear
from lib.training import SvmLearner, recipe_of
from lib.training.beside import beside_svm
from tests.sound import music, write_song

pytestmark = pytest.mark.slow(40)

GENRES = {"drone": (110.0, 60.0), "reel": (880.0, 180.0)}
SONGS = 6


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return tables of short songs with their audio, of genres that a child can tell apart."""
    folder = tmp_path_factory.mktemp("data") / "songs"
    rows, X = {}, []
    for genre, (pitch, bpm) in GENRES.items():
        for i in range(SONGS):
            y = music(6.5, pitch=pitch * 1.02**i, bpm=bpm + i, seed=i)
            write_song(folder / "audio" / genre / f"{i}.flac", y, rate=22_050)
            audio = f"audio/{genre}/{i}.flac"
            known = {"genre": genre, "artist": f"{genre} {i}", "audio": audio}
            rows[f"{genre}.{i}"] = known | {"title": "", "split": ""}
            X.append(extract(y))
    index = pd.Index(list(rows), dtype=object, name="track")
    tracks = pd.DataFrame(list(rows.values()), index=index)
    features = pd.DataFrame(np.array(X), index=index, columns=list(FEATURE_NAMES))
    write_dataset(Dataset(folder, tracks, features))
    return folder


@pytest.fixture(scope="session")
def main(root: Path) -> Callable[[list[str]], int]:
    main: Callable[[list[str]], int] = runpy.run_path(str(root / "02_train.py"))["main"]
    return main


# What each hears, how it decides, its file, and over how many folds it is judged: all by the same
# code, of which TensorFlow traces convolutions the longest.
NETWORKS = {
    "cnn-mfcc": ("mfcc-segments", "mean", "network.onnx", 0),
    "cnn-segments": ("mfcc-segments", "vote", "network.onnx", 0),
    "mlp-3s": ("statistics-segments", "mean", "weights.npz", 2),
}


# What is there of confidence: segments of frames have no near ones, and votes no temperature.
SURE = {
    "cnn-mfcc": set(),
    "cnn-segments": set(),
    "mlp-3s": {"songs.npz", "answered.png", "reliability.png"},
}


@pytest.mark.parametrize("network", NETWORKS)
def test_each_is_trained_judged_saved_and_used_like_any_other(
    songs: Path,
    main: Callable[[list[str]], int],
    network: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hears, verdict, beside, folds = NETWORKS[network]
    quick = ["--epochs", "2", "--batch-size", "8", "--folds", str(folds), "--no-refit", "--quiet"]
    output = ["--output", str(tmp_path), "--name", "mine"]
    assert main([str(songs), "--network", network, *output, *quick]) == 0
    said = capsys.readouterr()
    assert f"Training {network} on 12 songs of 2 genres." in said.out
    assert said.err == ""
    assert {path.name for path in (tmp_path / "mine").iterdir()} == {
        "model.json", beside, "history.csv", "README.md", "card.json", "learning_curves.png",
        "confusion_matrix.png", "genre_scores.png", "architecture.png",
        *SURE[network],
    }  # fmt: skip

    model = load_model(tmp_path / "mine")
    assert (model.hears, model.verdict, model.network.name) == (hears, verdict, network)
    assert (model.data["tracks"], model.data["windows"]) == (12, 24)
    # Songs are judged, not segments; and the SVM by their 85 features.
    if folds:
        assert model.metrics["artist_folds"]["songs"] == 12
        assert model.metrics["artist_folds"]["svm"]["accuracy"] > 0.9
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "24 segments" in card
    assert f"python 02_train.py songs --recipe plain --name mine --network {network}" in card
    assert ("Each segment votes" in card) == (verdict == "vote")

    kept = songs / "mfcc-segments.json"
    assert kept.exists() == (network == "cnn-segments")
    if kept.exists():
        content = json.loads(kept.read_text(encoding="utf-8"))
        assert np.array(content["mfcc"]).shape == (24, 130, 13)
        kept.unlink()

    heard = as_heard(read_dataset(songs), REPRESENTATIONS[hears])
    assert main(["--evaluate", str(tmp_path / "mine"), "--data", str(songs), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.items() >= evaluate(model, heard).to_dict().items()
    assert told["songs"] == 12

    song = songs / "audio" / "reel" / "3.flac"
    answer = hear(song, model)
    rows = model.ballots(model.probabilities(heard.X[heard.track == "reel.3"]))
    assert [answer.probabilities[label] for label in model.labels] == pytest.approx(
        rows.mean(axis=0).tolist(), abs=1e-5
    )


def test_songs_without_audio_are_counted(
    songs: Path,
    main: Callable[[list[str]], int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dataset = read_dataset(songs)
    dataset.tracks["audio"] = [f"{songs}/{place}" for place in dataset.tracks["audio"]]
    dataset.tracks.loc[["drone.0", "reel.0", "reel.1"], "audio"] = ""
    (tmp_path / "few").mkdir()
    write_dataset(Dataset(tmp_path / "few", dataset.tracks, dataset.features))
    options = ["--network", "mlp-3s", "--epochs", "1", "--quiet", "--output", str(tmp_path)]
    assert main([str(tmp_path / "few"), *options]) == 1  # four reels are too few to learn from
    said = capsys.readouterr().err
    assert "The audio of 3 of the 12 songs is not there or can't be heard; they are left" in said
    assert "Genres with too few songs to learn from: reel (4)" in said


def test_recipes_are_those_that_a_network_can_have() -> None:
    assert recipe_of("mlp512").patience == 0
    cured = recipe_of("mlp512", "cured").regularisation
    assert cured is not None
    assert cured.members == 1
    assert min(cured.dropout, cured.weight_decay) > 0
    with pytest.raises(TrainingError, match="robust is for networks that hear windows, and cnn-mf"):
        recipe_of("cnn-mfcc", "robust")
    with pytest.raises(TrainingError, match="no recipe 'secret'; there are plain, robust, cured"):
        recipe_of("mlp85", "secret")


def test_the_svm_learns_a_songs_features_once(songs: Path) -> None:
    dataset = read_dataset(songs)
    heard = as_heard(dataset, REPRESENTATIONS["statistics-segments"])
    rows, (segments, svm) = beside_svm(Rows.of(heard), [SvmLearner(), SvmLearner()], dataset)
    assert rows.X.shape == (24, 57 + 85)
    labels = list(heard.labels)
    alone = SvmLearner().learn(Rows.of(dataset), labels=labels, progress=lambda *_: None)
    beside = svm.learn(rows, labels=labels, progress=lambda *_: None)
    np.testing.assert_allclose(beside(rows.X)[::2], alone(dataset.X), atol=1e-9)
    scorer = segments.learn(rows, labels=labels, progress=lambda *_: None)
    assert scorer(rows.X).shape == (24, 2)
