"""All that a person gave, song by song, through the real yt-dlp."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lib.errors import AudioError, Cancelled, EarmarkError
from lib.model import Model
from lib.prediction import Event, Found, Listener, Outcome, Prediction
from lib.youtube import Entry, Kind, Limits, Listing, Refusal, YouTube
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import AGE_RESTRICTED, BOT_CHECK, REMOVED

LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"
LIST_LINK = f"https://www.youtube.com/playlist?list={LIST}"
IDS = [f"song-{number:06}" for number in range(6)]


def link(video_id: str) -> str:
    return f"https://www.youtube.com/watch?v={video_id}"


@pytest.fixture
def listener(model: Model, youtube: YouTube) -> Listener:
    return Listener(model, youtube, pause=0.0)


def outcomes(events: list[Event]) -> list[Outcome]:
    return [event for event in events if isinstance(event, Outcome)]


def results(events: list[Event]) -> list[str]:
    """Return in a word what came of each song."""
    return [
        "heard"
        if isinstance(outcome.result, Prediction)
        else str(getattr(outcome.result, "kind", type(outcome.result).__name__))
        for outcome in outcomes(events)
    ]


def test_files_and_folders_ask_nobody(
    fake: FakeYouTube, listener: Listener, tmp_path: Path
) -> None:
    songs = tmp_path / "songs"
    write_song(songs / "a.wav", music(4.0, rate=44_100))
    (songs / "b.mp3").write_text("no sound")
    events = list(listener.hear(str(songs)))
    assert results(events) == ["heard", "AudioError"]
    assert [outcome.source for outcome in outcomes(events)] == [
        str(songs / "a.wav"), str(songs / "b.mp3"),
    ]  # fmt: skip
    assert fake.asked == []


def test_what_means_nothing_is_one_failure(fake: FakeYouTube, listener: Listener) -> None:
    for text, error in (("gone.mp3", AudioError), ("https://vimeo.com/1", Refusal)):
        (event,) = listener.hear(text)
        assert isinstance(event, Outcome)
        assert isinstance(event.result, error)
        assert event.source == text
    assert fake.asked == []


def test_a_link(fake: FakeYouTube, listener: Listener, sound: bytes) -> None:
    fake.add(IDS[0], title="A song", audio={140: sound})
    (event,) = listener.hear(f"youtu.be/{IDS[0]}?t=4")
    assert isinstance(event, Outcome)
    assert event.source == link(IDS[0])
    assert event.video == Entry(IDS[0], "A song", "A channel", 4.0)
    assert isinstance(event.result, Prediction)


def test_words_are_taken_for_the_first_that_can_be_heard(
    fake: FakeYouTube, listener: Listener, sound: bytes
) -> None:
    fake.add(IDS[0], title="Radio, live for ever", live="isLive", listed_as="live")
    fake.add(IDS[1], title="A song", channel="A band", seconds=245, audio={140: sound})
    fake.add(IDS[2], title="Another")
    fake.add_search("a song", IDS[:3])
    found, heard = listener.hear(" a song ")
    assert found == Found("a song", Entry(IDS[1], "A song", "A band", 245.0))
    assert isinstance(heard, Outcome)
    assert isinstance(heard.result, Prediction)
    told = heard.to_dict()
    assert (told["source"], told["words"]) == (link(IDS[1]), "a song")
    assert told["video"]["channel"] == "A band"
    assert IDS[0] not in fake.about("/watch")


def test_words_that_find_only_what_can_not_be_heard(fake: FakeYouTube, listener: Listener) -> None:
    fake.add(IDS[0], live="isLive", listed_as="live")
    fake.add_search("radio", IDS[:1])
    events = list(listener.hear("radio"))
    assert results(events) == ["live"]
    assert isinstance(events[0], Found)


def test_words_that_find_nothing(listener: Listener) -> None:
    (event,) = listener.hear("qqq zzz")
    assert isinstance(event, Outcome)
    assert event.to_dict() == {
        "source": "qqq zzz",
        "error": f"qqq zzz: {Kind.NO_RESULTS.sentence} {Kind.NO_RESULTS.advice}",
        "kind": "no results",
    }


def test_a_playlist_goes_on_past_what_can_not_be_had(
    fake: FakeYouTube, listener: Listener, sound: bytes
) -> None:
    for number, video_id in enumerate(IDS):
        fake.add(video_id, title=f"Song {number}", audio={140: sound})
    fake.videos[IDS[1]].listed_as = "private"
    fake.videos[IDS[2]].playability = REMOVED
    fake.videos[IDS[3]].audio = {140: b"no sound"}
    fake.videos[IDS[4]].seconds = 7_200
    fake.add_playlist(LIST, "Mixed", IDS)
    listing, *rest = listener.hear(LIST_LINK)
    assert isinstance(listing, Listing)
    assert (listing.title, len(listing.entries)) == ("Mixed", 6)
    assert results(rest) == ["heard", "private", "removed", "YouTubeError", "too long", "heard"]
    assert IDS[1] not in fake.about("/watch")  # the list has told enough of it
    assert fake.ranges(IDS[4]) == []
    told = [outcome.to_dict() for outcome in outcomes(rest)]
    assert [part["source"] for part in told] == [link(video_id) for video_id in IDS]
    assert told[5]["playlist"] == {"link": LIST_LINK, "title": "Mixed", "number": 6, "count": 6}
    assert (told[1]["kind"], told[1]["video"]["id"]) == ("private", IDS[1])
    assert "kind" not in told[3]


def test_a_limit_takes_the_first_of_a_playlist(
    fake: FakeYouTube, model: Model, youtube: YouTube, sound: bytes
) -> None:
    for video_id in IDS:
        fake.add(video_id, audio={140: sound})
    fake.add_playlist(LIST, "Mixed", IDS)
    _, *rest = Listener(model, youtube, limit=2, pause=0.0).hear(LIST_LINK)
    assert [outcome.source for outcome in outcomes(rest)] == [link(name) for name in IDS[:2]]
    assert outcomes(rest)[-1].place is not None
    assert outcomes(rest)[-1].place.left == 0


@pytest.mark.parametrize("ids", [None, []])
def test_no_playlist_and_one_without_videos(
    fake: FakeYouTube, listener: Listener, ids: list[str] | None
) -> None:
    if ids is not None:
        fake.add_playlist(LIST, "Empty", ids)
    (event,) = listener.hear(LIST_LINK)
    assert isinstance(event, Outcome)
    assert isinstance(event.result, Refusal)
    assert event.result.kind is Kind.NO_PLAYLIST


def test_a_bot_check_ends_the_playlist_and_all_asking_but_not_the_cache(
    fake: FakeYouTube, listener: Listener, sound: bytes, tmp_path: Path
) -> None:
    for video_id in IDS:
        fake.add(video_id, audio={140: sound})
    fake.add_playlist(LIST, "Mixed", IDS)
    assert results(list(listener.hear(link(IDS[3])))) == ["heard"]  # it is in the cache now
    fake.videos[IDS[1]].playability = BOT_CHECK
    _, *rest = listener.hear(LIST_LINK)
    assert results(rest) == ["heard", "bot check"]
    last = outcomes(rest)[-1]
    assert last.stops_a_run
    assert last.place is not None
    assert last.place.left == 4
    asked = len(fake.asked)
    for text in (link(IDS[4]), "some words", LIST_LINK):
        (event,) = listener.hear(text)
        assert isinstance(event, Outcome)
        assert "no robot. Wait an hour" in str(event.result)
        assert str(tmp_path / "log" / "youtube.log") in str(event.result)
    assert results(list(listener.hear(link(IDS[3])))) == ["heard"]
    assert len(fake.asked) == asked


def test_downloads_wait_for_each_other_and_the_cache_for_nothing(
    fake: FakeYouTube, model: Model, youtube: YouTube, sound: bytes
) -> None:
    for video_id in IDS[:3]:
        fake.add(video_id, audio={140: sound})
    fake.videos[IDS[1]].listed_as = "deleted"  # not even asked for: no pause
    fake.add_playlist(LIST, "Mixed", IDS[:3])
    steps: list[tuple[str, float | None]] = []
    listener = Listener(model, youtube, pause=2.0, progress=lambda *step: steps.append(step))
    start = time.monotonic()
    assert results(list(listener.hear(LIST_LINK))) == ["heard", "removed", "heard"]
    took = time.monotonic() - start
    pauses = [fraction for step, fraction in steps if step.startswith("Pausing")]
    assert 1 < len(pauses) <= 21  # hearing the song, on a busy machine too, leaves some of it
    assert pauses == sorted(pauses)
    assert took > 2.0
    assert steps[0][0] == "Reading the playlist"
    assert {step.rsplit(" ", 1)[1] for step, _ in steps} >= {"(1/3)", "(3/3)"}
    steps.clear()
    start = time.monotonic()
    for video_id in (IDS[0], IDS[2]):
        assert results(list(listener.hear(link(video_id)))) == ["heard"]
    assert not any(step.startswith("Pausing") for step, _ in steps)


def test_a_pause_can_be_cancelled(
    fake: FakeYouTube, model: Model, youtube: YouTube, sound: bytes
) -> None:
    def stop(step: str, _fraction: float | None) -> None:
        if step.startswith("Pausing"):
            raise Cancelled("enough")

    for video_id in IDS[:2]:
        fake.add(video_id, audio={140: sound})
    listener = Listener(model, youtube, pause=100.0, progress=stop)
    assert results(list(listener.hear(link(IDS[0])))) == ["heard"]
    with pytest.raises(Cancelled):
        list(listener.hear(link(IDS[1])))


def test_limits_and_single_refusals_leave_the_next_alone(
    fake: FakeYouTube, model: Model, sound: bytes, tmp_path: Path
) -> None:
    fake.add(IDS[0], playability=AGE_RESTRICTED)
    fake.add(IDS[1], audio={140: sound * 20})
    fake.add(IDS[2], audio={140: sound})
    limits = Limits(largest=len(sound) + 1)
    with YouTube(tmp_path, limits=limits, network=fake.network()) as youtube:
        listener = Listener(model, youtube, pause=0.0)
        events = [event for name in IDS[:3] for event in listener.hear(link(name))]
    assert results(events) == ["age-restricted", "too large", "heard"]
    for outcome in outcomes(events)[:2]:
        assert isinstance(outcome.result, EarmarkError)
        assert not outcome.stops_a_run
