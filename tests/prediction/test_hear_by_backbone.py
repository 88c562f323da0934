"""A model that hears by the backbone, from a file to a genre and its tags."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import pytest

from lib.backbone import ACTIVATION_NAMES, TAGS, BackboneError
from lib.dataset.activations import hear_song
from lib.errors import ModelError
from lib.model import DEFAULT_MODEL, EAR_MODEL, Model, usual_model
from lib.places import HOME_VARIABLE
from lib.prediction import Prediction, hear, hear_video
from lib.prediction import given as module
from lib.youtube import YouTube
from tests.models import small_model
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube


@pytest.fixture(scope="module")
def ear() -> Model:
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")
    return small_model(features=("tempo", *ACTIVATION_NAMES))


@pytest.fixture
def no_backbone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the wheel be missing, and nothing have been converted before."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    module._backbone.cache_clear()
    yield
    module._backbone.cache_clear()


def test_hears_what_the_tables_hold(tmp_path: Path, ear: Model) -> None:
    song = write_song(tmp_path / "song.flac", music(47, rate=44_100))
    heard = hear(song, ear)
    rows = hear_song((song,))
    assert rows is not None
    tempi = np.full((len(rows.X), 1), heard.tempo)
    expected = ear.probabilities(np.concatenate([tempi, rows.X], axis=1))
    assert len(heard.windows) == len(expected) == 2
    for window, row in zip(heard.windows, expected, strict=True):
        for label, probability in zip(ear.labels, row, strict=True):
            assert window.probabilities[label] == pytest.approx(probability, abs=1e-6)


def test_tells_the_tags_apart_from_the_genre(tmp_path: Path, ear: Model) -> None:
    heard = hear(write_song(tmp_path / "song.mp3", music(5, rate=44_100)), ear)
    assert set(heard.tags) == set(TAGS)
    told = heard.to_dict()
    assert list(told["tags"].values()) == sorted(told["tags"].values(), reverse=True)
    assert set(told["probabilities"]) == set(ear.labels)


def test_a_quick_answer_has_the_tags_of_the_middle(tmp_path: Path, ear: Model) -> None:
    quiet, loud = music(20, rate=44_100), music(35, bpm=170, rate=44_100)
    song = write_song(tmp_path / "song.flac", np.concatenate([quiet, loud, quiet]))
    heard = hear(song, ear, quick=True)
    (window,) = heard.windows
    assert window.start == pytest.approx(22.5, abs=0.1)
    assert set(heard.tags) == set(TAGS)
    assert dict(heard.tags) != dict(hear(song, ear).tags)


def test_a_model_of_features_alone_has_no_tags(tmp_path: Path, no_backbone: None) -> None:
    heard = hear(write_song(tmp_path / "song.wav", music(5, rate=44_100)), small_model())
    assert heard.also_heard == ()
    assert "tags" not in heard.to_dict()


def test_says_what_is_missing(tmp_path: Path, no_backbone: None) -> None:
    song = write_song(tmp_path / "song.wav", music(5, rate=44_100))
    with pytest.raises(BackboneError, match="musicnn is not installed"):
        hear(song, small_model(features=ACTIVATION_NAMES))


def test_nothing_is_fetched_that_can_not_be_heard(
    fake: FakeYouTube, youtube: YouTube, no_backbone: None
) -> None:
    with pytest.raises(BackboneError, match="musicnn is not installed"):
        hear_video("dQw4w9WgXcQ", youtube, small_model(features=ACTIVATION_NAMES))
    assert not fake.asked


def test_the_usual_model_is_the_ear_where_it_can_hear(ear: Model) -> None:
    assert usual_model() == (EAR_MODEL, "")


def test_the_usual_model_is_that_of_the_features_elsewhere(no_backbone: None) -> None:
    folder, reason = usual_model()
    assert folder == DEFAULT_MODEL
    assert "musicnn is not installed" in reason


def test_refuses_a_model_of_another_backbone(tmp_path: Path, ear: Model) -> None:
    other = dataclasses.replace(ear, features_version="1+0")
    with pytest.raises(ModelError, match=r"version '1\+0', and this .* computes '1\+1'"):
        hear(tmp_path / "song.wav", other)


@pytest.mark.parametrize(
    ("genre", "tags", "also"),
    [
        ("hiphop", {"Hip-Hop": 0.9, "rnb": 0.2, "party": 0.1, "sad": 0.09}, ("rnb", "party")),
        ("rock", dict.fromkeys(TAGS, 0.5), ("pop", "alternative", "indie", "electronic",
                                            "female vocalists")),
        ("rock", {}, ()),
    ],
)  # fmt: skip
def test_the_surest_tags_are_also_heard(
    genre: str, tags: dict[str, float], also: tuple[str, ...]
) -> None:
    heard = Prediction(
        source="", title="", artist="", seconds=3.0, tempo=0.0, genre=genre, confidence=1.0,
        probabilities={genre: 1.0}, windows=(), warnings=(), model="", tags=tags,
    )  # fmt: skip
    assert heard.also_heard == also
