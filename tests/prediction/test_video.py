"""A song of YouTube's becomes a genre, through the real yt-dlp."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from lib.audio import Window
from lib.errors import Cancelled, ModelError, YouTubeError
from lib.features import Analysis
from lib.model import Model
from lib.prediction import Prediction, hear, hear_video
from lib.youtube import Entry, Kind, Refusal, YouTube
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import PRIVATE, noise

ID = "dQw4w9WgXcQ"
LINK = f"https://www.youtube.com/watch?v={ID}"


def test_the_sound_is_heard_as_a_file_is_and_told_as_youtube_tells_it(
    fake: FakeYouTube, youtube: YouTube, model: Model, sound: bytes, tmp_path: Path
) -> None:
    fake.add(ID, title="A\u202e song", channel="A channel", seconds=5, audio={140: sound})
    heard = hear_video(ID, youtube, model)
    assert (heard.source, heard.title, heard.artist) == (LINK, "A song", "A channel")
    assert heard.video == Entry(ID, "A song", "A channel", 5.0)
    assert heard.seconds == pytest.approx(4.0, abs=0.1)  # what was heard, not what was told
    file = tmp_path / "song.m4a"
    file.write_bytes(sound)
    alike = {"source": "", "title": "", "artist": "", "video": None}
    assert dataclasses.replace(heard, **alike) == dataclasses.replace(hear(file, model), **alike)


def test_opus_in_webm_is_heard_too(
    fake: FakeYouTube, youtube: YouTube, model: Model, tmp_path: Path
) -> None:
    opus = write_song(tmp_path / "song.webm", music(4.0, rate=48_000)).read_bytes()
    fake.add(ID, audio={251: opus})
    assert hear_video(ID, youtube, model).seconds == pytest.approx(4.0, abs=0.1)


def test_as_json_it_says_which_video(
    fake: FakeYouTube, youtube: YouTube, model: Model, sound: bytes, tmp_path: Path
) -> None:
    fake.add(ID, title="A song", channel="A channel", seconds=5, audio={140: sound})
    told = json.loads(json.dumps(hear_video(ID, youtube, model).to_dict()))
    assert told["video"] == {
        "id": ID, "link": LINK, "title": "A song", "channel": "A channel", "seconds": 5.0,
    }  # fmt: skip
    file = tmp_path / "song.m4a"
    file.write_bytes(sound)
    assert "video" not in hear(file, model).to_dict()


def test_without_a_title_it_is_named_by_its_id(
    fake: FakeYouTube, youtube: YouTube, model: Model, sound: bytes
) -> None:
    fake.add(ID, title="\u202e", channel="", audio={140: sound})
    heard = hear_video(ID, youtube, model)
    assert (heard.title, heard.artist) == (ID, "")


def test_progress_tells_of_the_download_and_then_of_the_hearing(
    fake: FakeYouTube, youtube: YouTube, model: Model, tmp_path: Path
) -> None:
    long = write_song(tmp_path / "long.m4a", music(50.0, rate=44_100)).read_bytes()
    fake.add(ID, audio={140: long}, bytes_per_second=len(long) * 2)
    steps: list[tuple[str, float | None]] = []
    windows: list[Window] = []

    def on_window(window: Window, _analysis: Analysis) -> None:
        windows.append(window)

    heard = hear_video(
        ID, youtube, model, on_window=on_window, progress=lambda *step: steps.append(step)
    )
    assert len(windows) == len(heard.windows) == 3
    order = list(dict.fromkeys(step.split()[0] for step, _ in steps))
    assert order == ["Asking", "Downloading", "Opening", "Listening"]
    for name in ("Downloading", "Listening"):
        fractions = [f for step, f in steps if step.startswith(name) and f is not None]
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1.0
    assert any(step.endswith("s left") for step, _ in steps)


def test_the_second_time_asks_nothing(
    fake: FakeYouTube, youtube: YouTube, model: Model, sound: bytes
) -> None:
    fake.add(ID, audio={140: sound})
    first = hear_video(ID, youtube, model)
    asked = len(fake.asked)
    steps: list[str] = []
    assert hear_video(ID, youtube, model, progress=lambda step, _: steps.append(step)) == first
    assert len(fake.asked) == asked
    assert set(steps) == {"Opening", "Listening"}


@pytest.mark.parametrize("at", ["Downloading", "Listening"])
def test_it_can_be_cancelled_in_both_parts(
    fake: FakeYouTube, youtube: YouTube, model: Model, sound: bytes, at: str
) -> None:
    fake.add(ID, audio={140: sound}, bytes_per_second=400_000)

    def stop(step: str, fraction: float | None) -> None:
        if step.startswith(at) and fraction is not None:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        hear_video(ID, youtube, model, progress=stop)


def test_what_youtube_refuses_is_refused(fake: FakeYouTube, youtube: YouTube, model: Model) -> None:
    fake.add(ID, playability=PRIVATE)
    with pytest.raises(Refusal) as caught:
        hear_video(ID, youtube, model)
    assert caught.value.kind is Kind.PRIVATE


def test_what_is_no_sound_names_the_link_and_what_to_do(
    fake: FakeYouTube, youtube: YouTube, model: Model, tmp_path: Path
) -> None:
    fake.add(ID, audio={140: noise(20_000)})
    with pytest.raises(YouTubeError) as caught:
        hear_video(ID, youtube, model)
    assert str(caught.value).startswith(f"{LINK}: ")
    assert f"(What was downloaded is {tmp_path / 'cache' / ID}.m4a; delete it" in str(caught.value)


def test_a_model_that_can_not_be_used_fetches_nothing(
    fake: FakeYouTube, youtube: YouTube, model: Model
) -> None:
    with pytest.raises(ModelError, match="version 'old'"):
        hear_video(ID, youtube, dataclasses.replace(model, features_version="old"))
    assert fake.asked == []


def test_a_prediction_of_a_file_has_no_video(model: Model, tmp_path: Path) -> None:
    heard: Prediction = hear(write_song(tmp_path / "a.wav", music(4.0, rate=44_100)), model)
    assert heard.video is None
