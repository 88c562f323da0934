"""The ear by the stages: a folder of songs becomes a model that hears by the backbone."""

from __future__ import annotations

import json
import runpy
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from lib.judgement import Comparison
from lib.model import DEFAULT_MODEL, EAR_MODEL, load_model
from lib.prediction import hear
from tests.sound import music, write_song

pytestmark = pytest.mark.slow(20)

GENRES = {"drone": (110.0, 60.0), "reel": (880.0, 180.0)}
SONGS = 5


def stage(root: Path, script: str, *arguments: str | Path, status: int = 0) -> None:
    """Run a stage as `python SCRIPT ARGUMENTS` would."""
    assert runpy.run_path(str(root / script))["main"]([*map(str, arguments)]) == status


@pytest.fixture(scope="module")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make songs, then tables, then a model."""
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")
    folder = tmp_path_factory.mktemp("ear")
    for genre, (pitch, bpm) in GENRES.items():
        for number in range(SONGS):
            sound = music(4, pitch=pitch * 1.02**number, bpm=bpm + number, rate=44_100, seed=number)
            tags = {"artist": f"{genre} band {number}"}
            write_song(folder / "songs" / genre / f"{number}.flac", sound, tags=tags)
    data = ("--data", folder / "data")
    stage(root, "00_preprocess.py", folder / "songs", *data, "--no-plots", "--workers", "1")
    stage(
        root, "02_train.py", folder / "data" / "songs", "--network", "ear", "--output",
        folder / "models", "--quiet", "--no-corrections", "--against", DEFAULT_MODEL,
    )  # fmt: skip
    return folder


def test_the_activations_lie_beside_the_features(made: Path) -> None:
    lines = (made / "data" / "songs" / "activations.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + SONGS * len(GENRES)


def test_the_model_tells_what_it_hears_by(made: Path) -> None:
    model = load_model(made / "models" / "songs-ear")
    assert model.labels == tuple(GENRES)
    assert model.features_version == "1+1"
    assert "tensorflow" not in model.versions
    card = (made / "models" / "songs-ear" / "README.md").read_text(encoding="utf-8")
    assert "musicnn" in card
    assert "--network ear" in card
    for genre in GENRES:
        assert f"All it knows of {genre} are {SONGS} songs by {SONGS} known artists" in card


def test_a_model_that_hears_otherwise_stands_beside_it(made: Path) -> None:
    model = load_model(made / "models" / "songs-ear")
    beside = Comparison.from_dict(model.metrics["against"])
    assert beside.model == "mlp85"  # which knows neither genre
    assert beside.new.songs == beside.present.songs == model.metrics["validation"]["songs"]
    assert (beside.present.right, beside.shared_new.songs, beside.learned) == (0, 0, 0)


def test_the_model_names_genre_and_tags(
    root: Path, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    song = made / "songs" / "reel" / "0.flac"
    capsys.readouterr()
    stage(root, "03_classify.py", "--json", "--quiet", "--model", made / "models/songs-ear", song)
    told = json.loads(capsys.readouterr().out)
    assert told["genre"] == "reel"
    assert len(told["tags"]) == 50
    stage(root, "03_classify.py", "--quiet", "--model", made / "models/songs-ear", song)
    assert "  also heard: " in capsys.readouterr().out


def test_the_model_is_judged_by_what_it_hears(
    root: Path, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    stage(
        root, "02_train.py", "--evaluate", made / "models" / "songs-ear", "--data",
        made / "data" / "songs", "--json", "--quiet",
    )  # fmt: skip
    assert json.loads(capsys.readouterr().out)["accuracy"] == 1.0


def test_the_ear_has_a_recipe_of_its_own(
    root: Path, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = (made / "data" / "songs", "--network", "ear", "--recipe", "robust")
    with pytest.raises(SystemExit) as ended:
        stage(root, "02_train.py", *wrong)
    assert ended.value.code == 2
    assert "The network ear has a recipe of its own, not robust" in capsys.readouterr().err


def test_the_shipped_ear_does_what_is_told_of_it() -> None:
    model = load_model(EAR_MODEL)
    folds = model.metrics["artist_folds"]
    assert folds["mean"] >= 0.70
    assert folds["macro_recall"] >= 0.62
    assert folds["mean"] > folds["mlp85"]["mean"] > folds["svm"]["mean"]
    assert model.confidence is not None
    assert (
        folds["calibrated"]["calibration_error"]
        < folds["calibrated"]["before"]["calibration_error"]
    )
    card = (EAR_MODEL / "README.md").read_text(encoding="utf-8")
    assert "Of reggae there is one artist alone" in card
    assert "All it knows of rock are 12 songs by 3 known artists" in card


def test_the_shipped_ear_hears_real_songs(gtzan: Path) -> None:
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")
    model = load_model(EAR_MODEL)
    for genre in ("metal", "classical"):
        song = min((gtzan / "audio" / genre).glob("*.flac"))
        heard = hear(song, model)
        assert heard.genre == genre
        assert heard.also_heard
