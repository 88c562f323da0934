"""Songs heard side by side: the same answers, each in its own moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.errors import AudioError, Cancelled
from lib.model import Model, load_model, save_model
from lib.prediction import Crew, Listener, Outcome, Prediction, hear, hear_many
from lib.youtube import YouTube
from tests.sound import music, write_song


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for i in range(4):
        write_song(folder / f"{i}.wav", music(3.5 + i, pitch=200 + 50 * i), rate=22_050)
    (folder / "text.mp3").write_text("no sound")
    return folder


@pytest.fixture
def folder(model: Model, tmp_path: Path) -> Path:
    save_model(model, tmp_path / "model")
    return tmp_path / "model"


def test_each_song_gets_the_answer_it_gets_alone(songs: Path, folder: Path) -> None:
    steps: list[tuple[str, float | None]] = []
    paths = sorted(songs.iterdir())
    heard = dict(hear_many(paths, folder, workers=2, progress=lambda *step: steps.append(step)))
    assert set(heard) == set(paths)
    model = load_model(folder)
    for path, result in heard.items():
        if path.suffix == ".mp3":
            assert isinstance(result, AudioError)
            assert result.path == path
        else:
            assert result == hear(path, model)
    assert steps[-1] == ("Listening (5/5)", 1.0)


def test_it_can_be_cancelled(songs: Path, folder: Path) -> None:
    def stop(_step: str, _fraction: float | None) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list(hear_many(sorted(songs.iterdir()), folder, workers=1, progress=stop))


def test_a_listener_with_a_crew(songs: Path, folder: Path, youtube: YouTube) -> None:
    listener = Listener(load_model(folder), youtube, crew=Crew(folder, 2), pause=0.0)
    texts = [str(songs / "0.wav"), "gone.wav", str(songs)]
    events = list(listener.hear_all(texts))
    assert all(isinstance(event, Outcome) for event in events)
    sources = sorted(event.source for event in events if isinstance(event, Outcome))
    expected = [str(songs / "0.wav"), "gone.wav", *(str(path) for path in songs.iterdir())]
    assert sources == sorted(expected)
    heard = [e for e in events if isinstance(e, Outcome) and isinstance(e.result, Prediction)]
    assert len(heard) == 5


def test_one_song_alone_starts_no_process(songs: Path, folder: Path, youtube: YouTube) -> None:
    listener = Listener(load_model(folder), youtube, crew=Crew(Path("no model here"), 2), pause=0.0)
    (event,) = listener.hear_all([str(songs / "1.wav")])
    assert isinstance(event, Outcome)
    assert isinstance(event.result, Prediction)
