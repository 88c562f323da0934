"""A song and a model become a genre."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from lib.audio import Window, open_audio, read_audio
from lib.errors import AudioError, Cancelled, ModelError
from lib.features import FEATURE_SETS, REPRESENTATIONS, Analysis, extract, feature_vector
from lib.model import Confidence, Model, Scaler, Song, Songs, save_model
from lib.prediction import hear
from tests.graphs import small_hearer
from tests.models import small_model, with_songs
from tests.sound import music, write_song


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("songs")
    tags = {"title": "A tune", "artist": "A band"}
    return write_song(folder / "tune.flac", music(62, rate=44_100), tags=tags)


def test_training_and_prediction_hear_the_same_numbers(tmp_path: Path, model: Model) -> None:
    clip = write_song(tmp_path / "clip.wav", music(8, rate=44_100))
    expected = model.probabilities(extract(read_audio(clip))[None, :])[0]
    heard = hear(clip, model)
    assert len(heard.windows) == 1
    for label, probability in zip(model.labels, expected, strict=True):
        assert heard.probabilities[label] == probability


def test_a_songs_probabilities_are_the_mean_over_its_windows(song: Path, model: Model) -> None:
    heard = hear(song, model)
    spans = [(round(w.start, 3), round(w.end, 3)) for w in heard.windows]
    assert spans == [(0, 30), (15, 45), (30, 60)]
    for label in model.labels:
        mean = np.mean([window.probabilities[label] for window in heard.windows])
        assert heard.probabilities[label] == pytest.approx(mean, abs=1e-12)
    assert sum(heard.probabilities.values()) == pytest.approx(1)
    assert list(heard.probabilities.values()) == sorted(heard.probabilities.values(), reverse=True)
    assert heard.probabilities[heard.genre] == heard.confidence == max(heard.probabilities.values())
    assert (heard.title, heard.artist) == ("A tune", "A band")
    assert heard.seconds == pytest.approx(62, abs=0.01)


def test_a_tempered_model_hears_as_it_was_judged(tmp_path: Path, model: Model) -> None:
    """The very probabilities that a judgement of the same features would be of."""
    clip = write_song(tmp_path / "clip.wav", music(8, rate=44_100))
    X = extract(read_audio(clip))[None, :]
    raw = hear(clip, model)
    sure = dataclasses.replace(model, confidence=Confidence(0.5, 1.0, None, "validation", 9))
    heard = hear(clip, sure)
    assert list(heard.probabilities.values()) == sorted(sure.probabilities(X)[0], reverse=True)
    assert heard.genre == raw.genre
    assert heard.confidence > raw.confidence
    assert (heard.unsure, heard.outlier, raw.unsure) == (True, False, False)
    assert json.loads(json.dumps(heard.to_dict()))["unsure"] is True


def test_noise_is_like_no_music_and_a_song_that_was_learned_is(
    song: Path, tmp_path: Path, model: Model
) -> None:
    noise = tmp_path / "noise.wav"
    soundfile.write(noise, np.random.default_rng(0).normal(0, 0.1, 22_050 * 8), 22_050)
    with open_audio(song) as stream:
        X = np.stack([extract(window.samples) for window in stream.windows()])
    known = Songs(
        (Song("tune", "A tune", "A band", "rock"),),
        np.zeros(len(X), np.int32),
        model.given(X).astype(np.float16),
    )
    confidence = Confidence(1.0, 0.0, 0.5, "validation", 9)
    knowing = dataclasses.replace(model, songs=known, confidence=confidence)
    assert hear(noise, knowing).outlier
    assert not hear(song, knowing).outlier
    assert hear(noise, knowing).to_dict()["outlier"] is True
    assert not hear(noise, model).outlier  # it learned nobody knows what


def test_a_quick_answer_hears_the_middle_alone(song: Path, model: Model) -> None:
    heard = hear(song, model, quick=True)
    assert [(w.start, w.end) for w in heard.windows] == [pytest.approx((16, 46), abs=0.01)]
    assert heard.seconds == pytest.approx(62, abs=0.01)
    middle = read_audio(song)[16 * 22_050 : 46 * 22_050]
    expected = model.probabilities(extract(middle)[None, :])[0]
    for label, probability in zip(model.labels, expected, strict=True):
        assert heard.probabilities[label] == pytest.approx(probability, abs=1e-4)


def test_a_quick_answer_hears_all_where_the_middle_tells_nothing(
    tmp_path: Path, model: Model
) -> None:
    tone, nothing = music(20, rate=22_050), np.zeros(40 * 22_050, np.float32)
    song = write_song(tmp_path / "pause.wav", np.concatenate([tone, nothing, tone]), rate=22_050)
    assert hear(song, model, quick=True) == hear(song, model)
    short = write_song(tmp_path / "short.wav", tone, rate=22_050)
    assert hear(short, model, quick=True) == hear(short, model)


def test_windows_are_handed_on_as_they_are_heard(song: Path, model: Model) -> None:
    seen: list[tuple[float, float]] = []

    def note(window: Window, analysis: Analysis) -> None:
        assert analysis.mel_db.shape[0] == 128
        seen.append((window.start, window.end))

    heard = hear(song, model, on_window=note)
    assert seen == [(window.start, window.end) for window in heard.windows]


def test_progress_rises_to_the_end_and_can_cancel(song: Path, model: Model) -> None:
    steps: list[tuple[str, float | None]] = []
    hear(song, model, progress=lambda step, fraction: steps.append((step, fraction)))
    fractions = [fraction for _, fraction in steps if fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1, abs=0.01)

    def stop(step: str, fraction: float | None) -> None:
        if fraction is not None:
            raise Cancelled

    with pytest.raises(Cancelled):
        hear(song, model, progress=stop)


def test_a_prediction_is_plain_json(song: Path, model: Model) -> None:
    told = json.loads(json.dumps(hear(song, model).to_dict()))
    assert set(told) >= {
        "source", "title", "seconds", "genre", "confidence", "probabilities", "windows",
        "unsure", "outlier",
    }  # fmt: skip
    assert set(told["windows"][0]) == {"start", "end", "genre", "probabilities"}
    assert sum(told["probabilities"].values()) == pytest.approx(1, abs=1e-4)


def test_a_model_that_asks_for_extra_features_is_given_them(song: Path) -> None:
    names = FEATURE_SETS["87"]
    found: list[Analysis] = []
    plain = small_model()
    kernel = np.concatenate([plain.weights[0][0], np.ones((2, 8), np.float32)])
    model = dataclasses.replace(
        plain,
        feature_names=names,
        scaler=Scaler(np.zeros(87), np.full(87, 50.0)),
        network=dataclasses.replace(plain.network, inputs=87),
        weights=((kernel, plain.weights[0][1]), *plain.weights[1:]),
    )
    prediction = hear(song, model, on_window=lambda _, analysis: found.append(analysis))
    assert all(analysis.brightness is not None for analysis in found)
    rows = np.stack([feature_vector(analysis)[:87] for analysis in found])
    expected = model.probabilities(rows).mean(axis=0)
    genres = [prediction.probabilities[genre] for genre in model.labels]
    np.testing.assert_allclose(genres, expected)
    # Others wait for nothing they don't ask for.
    found.clear()
    hear(song, plain, on_window=lambda _, analysis: found.append(analysis))
    assert all(analysis.brightness is None for analysis in found)


@pytest.mark.parametrize("hears", ["mfcc-segments", "statistics-segments"])
def test_a_model_of_segments_hears_each_once(tmp_path: Path, hears: str) -> None:
    model, compute = small_hearer(hears=hears), REPRESENTATIONS[hears].compute
    clip = write_song(tmp_path / "clip.wav", music(8, rate=44_100))
    windows: list[Window] = []
    heard = hear(clip, model, on_window=lambda window, _analysis: windows.append(window))
    assert [(w.start, w.end) for w in heard.windows] == [(0, 3), (3, 6)]
    assert [(w.start, w.end) for w in windows] == [(0, 8)]  # from which the plots are made
    samples = read_audio(clip)
    rows = [compute(samples[start : start + 66_150]) for start in (0, 66_150)]
    expected = model.probabilities(np.array(rows))
    for window, row in zip(heard.windows, expected, strict=True):
        assert [window.probabilities[label] for label in model.labels] == list(row)
    for label, mean in zip(model.labels, expected.mean(axis=0), strict=True):
        assert heard.probabilities[label] == pytest.approx(mean, abs=1e-12)


def test_segments_vote_for_the_genre_of_a_song(song: Path) -> None:
    heard = hear(song, small_hearer(verdict="vote"))
    assert [w.start for w in heard.windows] == [3.0 * i for i in range(20)]
    votes = [window.genre for window in heard.windows]
    for genre, share in heard.probabilities.items():
        assert share == pytest.approx(votes.count(genre) / 20, abs=1e-8)
    assert votes.count(heard.genre) == max(map(votes.count, votes))
    assert heard.to_dict()["confidence"] == round(votes.count(heard.genre) / 20, 6)


def test_a_model_of_other_segments_is_refused(song: Path) -> None:
    model = small_hearer()
    with pytest.raises(ModelError, match="version 'old', and this version of Earmark computes '1'"):
        hear(song, dataclasses.replace(model, features_version="old"))
    names = (*model.feature_names[1:], model.feature_names[0])
    with pytest.raises(ModelError, match="some of the 13 features of a segment"):
        hear(song, dataclasses.replace(model, feature_names=names))


def test_a_model_of_other_features_is_refused(song: Path, model: Model) -> None:
    names = ("loudness", *model.feature_names[1:])
    with pytest.raises(ModelError, match="'loudness'"):
        hear(song, dataclasses.replace(model, feature_names=names))
    with pytest.raises(ModelError, match="version 'old'"):
        hear(song, dataclasses.replace(model, features_version="old"))


def test_what_is_no_sound_is_refused_by_name(tmp_path: Path, model: Model) -> None:
    text = tmp_path / "lyrics.mp3"
    text.write_text("la la la\n" * 100)
    with pytest.raises(AudioError, match=r"lyrics\.mp3"):
        hear(text, model)


def test_an_answer_waits_for_no_heavy_library(root: Path, tmp_path: Path, model: Model) -> None:
    clip = write_song(tmp_path / "clip.wav", music(4, rate=44_100))
    save_model(model, tmp_path / "model")
    script = (
        "import sys; from pathlib import Path\n"
        "from lib.model import load_model; from lib.prediction import hear\n"
        "hear(Path(sys.argv[1]), load_model(Path(sys.argv[2])))\n"
        "heavy = {'tensorflow', 'keras', 'librosa', 'numba', 'scipy', 'sklearn', 'pandas',"
        " 'matplotlib', 'seaborn', 'tkinter', 'av', 'yt_dlp', 'urllib.request', 'numpy.ma'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(clip), str(tmp_path / "model")],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )
    assert done.stdout == "[]\n"


def test_what_was_heard_is_given_as_numbers(song: Path, model: Model) -> None:
    found, analyses = [], []
    heard = hear(song, model, on_given=found.append, on_window=lambda _, a: analyses.append(a))
    (given,) = found
    assert np.array_equal(given.features, np.stack([feature_vector(a) for a in analyses]))
    assert np.array_equal(given.X, given.features)
    assert given.activations is None
    assert heard.why is None
    assert "why" not in heard.to_dict()


def test_a_hearer_of_segments_gives_the_windows_features_too(song: Path) -> None:
    found = []
    heard = hear(song, small_hearer(), on_given=found.append)
    assert found[0].features.shape == (3, 85)
    assert len(found[0].X) == len(heard.windows) > 3


def test_why_is_said_where_somebody_asks(song: Path, model: Model) -> None:
    rows = np.random.default_rng(0).uniform(0, 30, (12, len(model.feature_names)))
    heard = hear(song, with_songs(model, rows), why=True)
    why = heard.why
    assert why is not None
    for genre, found in why.pulls.items():
        total = found.base + sum(pull.change for pull in found.pulls)
        assert total == pytest.approx(heard.probabilities[genre], abs=1e-9)
    assert heard.to_dict()["why"] == why.to_dict()


def test_an_answer_alone_imports_no_explanation(song: Path, tmp_path: Path, root: Path) -> None:
    save_model(small_model(), tmp_path / "model")
    code = (
        "import sys; from pathlib import Path; from lib.model import load_model; "
        "from lib.prediction import hear; "
        f"hear(Path({str(song)!r}), load_model(Path({str(tmp_path / 'model')!r}))); "
        "print('lib.explanation' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
