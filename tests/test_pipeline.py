"""The stages run as scripts, one after the other: a folder of songs becomes a working model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lib.dataset import read_dataset
from lib.model import load_model
from lib.prediction import hear
from tests.sound import music, write_song

pytestmark = pytest.mark.slow(25)

SONGS = 12
# genre: pitch in Hz, beats per minute, suffix; far enough apart for few songs to teach them
GENRES = {
    "drone": (110.0, 60.0, ".flac"),
    "march": (330.0, 110.0, ".mp3"),
    "reel": (880.0, 180.0, ".m4a"),
}


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make songs, then tables, then a model, each by its script."""
    folder = tmp_path_factory.mktemp("pipeline")
    for genre, (pitch, bpm, suffix) in GENRES.items():
        for number in range(SONGS):
            sound = music(4, pitch=pitch * 1.02**number, bpm=bpm + number, rate=44_100, seed=number)
            path = folder / "songs" / genre / f"{number:02}{suffix}"
            write_song(path, sound, tags={"artist": f"{genre} band {number // 2}"})
    (folder / "songs" / "reel" / "broken.mp3").write_text("no sound in here\n" * 50)
    quick = ("--no-backbone", "--no-plots")
    stage(root, "00_preprocess.py", folder / "songs", "--data", folder / "data", *quick)
    stage(
        root, "02_train.py", folder / "data" / "songs", "--name", "small", "--epochs", "40",
        "--members", "2", "--no-corrections", "--output", folder / "models",
    )  # fmt: skip
    return folder


def stage(root: Path, script: str, *arguments: str | Path, status: int = 0) -> str:
    """Run a stage from another folder, as a person might; return what it printed."""
    done = subprocess.run(
        [sys.executable, root / script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=root.parent,
    )
    assert done.returncode == status, done.stderr
    return done.stdout


def test_the_tables_hold_every_song_and_name_the_one_that_failed(made: Path) -> None:
    dataset = read_dataset(made / "data" / "songs")
    assert dataset.labels == tuple(GENRES)
    assert dataset.X.shape == (SONGS * len(GENRES), 85)
    assert "broken.mp3" in (made / "data" / "songs" / "failed.csv").read_text(encoding="utf-8")


def test_the_model_tells_the_genres_apart(root: Path, made: Path) -> None:
    told = json.loads(
        stage(
            root,
            "02_train.py",
            "--evaluate",
            made / "models" / "small",
            "--data",
            made / "data" / "songs",
            "--json",
        )
    )
    low, high = told["interval"]
    assert low <= told["accuracy"] <= high
    assert told["accuracy"] >= 0.9
    assert set(told["genres"]) == set(GENRES)
    assert sum(map(sum, told["confusion"])) == SONGS * len(GENRES)


def test_a_song_gets_the_same_answer_from_the_console_and_from_the_library(
    root: Path, made: Path
) -> None:
    song = made / "songs" / "march" / "03.mp3"
    printed = stage(root, "03_classify.py", "--json", "--model", made / "models" / "small", song)
    told = json.loads(printed)
    assert told["genre"] == "march"
    assert told == hear(song, load_model(made / "models" / "small")).to_dict()


def test_the_tables_features_are_those_that_prediction_computes(made: Path) -> None:
    model = load_model(made / "models" / "small")
    dataset = read_dataset(made / "data" / "songs")
    row = list(dataset.features.index).index("drone/05.flac")
    from_table = model.probabilities(dataset.X[row : row + 1])[0]
    heard = hear(made / "songs" / "drone" / "05.flac", model)
    for label, probability in zip(model.labels, from_table, strict=True):
        assert heard.probabilities[label] == pytest.approx(probability, abs=1e-6)
