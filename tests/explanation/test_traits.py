"""Words for a song, and the features they hang on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from lib.explanation.traits import SCALES, traits, word
from lib.features import FEATURE_NAMES
from lib.model import Model, Scaler, load_model

Maker = Callable[..., np.ndarray]


def told(model: Model, X: np.ndarray) -> dict[str, str]:
    return {each.scale: each.word for each in traits(model, model.songs, model.given(X))}


@pytest.mark.parametrize(
    ("feature", "factor", "scale", "expected"),
    [
        ("tempo", 3.0, "tempo", "very fast"),
        ("tempo", 0.3, "tempo", "very slow"),
        ("mfcc_mean_01", 10.0, "loudness", "very loud"),
        ("mfcc_mean_02", 10.0, "brightness", "very dark"),  # much at the bottom of the spectrum
        ("mfcc_mean_02", 0.0, "brightness", "very bright"),
        ("chroma_mean", 3.0, "fullness", "dense or noisy"),
        ("chroma_mean", 0.1, "fullness", "with few, clear notes"),
        ("chroma_std", 3.0, "chords", "with many chords"),
        ("mfcc_std_01", 0.3, "dynamics", "even in level"),
        ("mfcc_std", 0.3, "change", "very steady"),
    ],
)
def test_a_word_follows_its_feature(
    model: Model, features: Maker, feature: str, factor: float, scale: str, expected: str
) -> None:
    # Each feature as it is in most songs, but for one.
    X = np.median(features(90), axis=0)[None]
    usual = told(model, X)
    assert usual[scale] == ""
    columns = [name.startswith(feature) for name in FEATURE_NAMES]
    X[:, columns] *= factor
    assert told(model, X)[scale] == expected


def test_a_song_like_most_needs_no_word(model: Model, features: Maker) -> None:
    found = traits(model, model.songs, model.given(np.median(features(90), axis=0)[None]))
    assert [each.scale for each in found] == [scale.name for scale in SCALES]
    by_name = {each.scale: each for each in found}
    for name in ("tempo", "brightness", "loudness", "dynamics"):
        assert by_name[name].rank == pytest.approx(0.5, abs=0.05)
        assert by_name[name].word == ""


def test_words_of_features_as_they_are(
    features: Maker, with_songs: Callable[..., Model], model: Model
) -> None:
    """A network that is given the features themselves tells the same words."""
    from tests.models import small_model

    raw = with_songs(small_model(), features(90))
    X = features(3, seed=11)
    here, there = (traits(m, m.songs, m.given(X)) for m in (raw, model))
    assert [(a.scale, a.word) for a in here] == [(b.scale, b.word) for b in there]


def test_a_song_of_several_windows_is_their_mean(
    features: Maker, with_songs: Callable[..., Model], model: Model
) -> None:
    X = np.repeat(features(30), 3, axis=0)
    tripled = with_songs(replace(model, songs=None, scaler=Scaler(np.zeros(75), np.ones(75))), X,
                         windows=3)  # fmt: skip
    single = with_songs(replace(model, songs=None, scaler=Scaler(np.zeros(75), np.ones(75))),
                        features(30))  # fmt: skip
    one = features(1, seed=3)
    assert told(tripled, np.repeat(one, 5, axis=0)) == told(single, one)


def test_few_features_give_few_words(features: Maker, with_songs: Callable[..., Model]) -> None:
    from tests.models import small_model

    names = FEATURE_NAMES[:30]
    small = with_songs(small_model(features=names), features(30)[:, :30])
    found = traits(small, small.songs, small.given(features(1)[:, :30]))
    assert [each.scale for each in found] == ["brightness", "loudness"]


def test_very_is_said_of_few_songs_only() -> None:
    ranks = np.linspace(0, 1, 1001)
    words = [word(SCALES[1], rank) for rank in ranks]
    share = {name: words.count(name) / len(words) for name in set(words)}
    assert share["very dark"] == pytest.approx(0.05, abs=0.002)
    assert share["dark"] == pytest.approx(0.15, abs=0.002)
    assert share[""] == pytest.approx(0.6, abs=0.002)


def test_brightness_is_the_centroid_by_another_name(gtzan: Path, root: Path) -> None:
    """What the word hangs on, mfcc_mean_02, against the spectral centroid of the same songs."""
    import pandas as pd

    table = pd.read_csv(gtzan / "features.csv", index_col="track")
    extra = pd.read_csv(gtzan / "extra.csv", index_col="track").loc[table.index]
    rho = spearmanr(table["mfcc_mean_02"], extra["centroid_mean"]).statistic
    assert rho < -0.9
    model = load_model(root / "outputs" / "models" / "mlp85")
    bright = extra["centroid_mean"].rank(pct=True)
    for track in (bright.idxmax(), bright.idxmin()):
        said = told(model, table.loc[[track]].to_numpy())["brightness"]
        assert said.endswith("bright" if bright[track] > 0.5 else "dark")
