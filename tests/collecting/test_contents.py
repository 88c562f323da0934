"""What a set holds: genres counted, songs listed, corrected, removed and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.collecting import (
    Event,
    GenreCount,
    State,
    Unfinished,
    correct_genre,
    excerpts,
    leave_out,
    read_genres,
    read_removed,
    read_songs,
    read_unfinished,
    remove,
)
from lib.dataset import preprocess, read_dataset
from lib.dataset.store import open_store as open_folder_store
from lib.errors import Cancelled, DatasetError
from tests.collecting.conftest import Run, last_states
from tests.collecting.songs import LINK, add_playlist, encoded, tune
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import noise


def test_a_set_that_is_not_there_yet(target: Path) -> None:
    assert read_genres(target) == ()
    assert read_songs(target) == ()
    assert read_removed(target) == ()
    assert read_unfinished(target) == ()
    with pytest.raises(DatasetError, match="there is no track 'youtube/aaaaaaaaaaa' in it any"):
        excerpts(target, "youtube/aaaaaaaaaaa")
    assert not target.exists()


def test_a_set_of_both_kinds(fake: FakeYouTube, run: Run, target: Path) -> None:
    song = target.parent / "songs" / "jazz" / "a.flac"
    write_song(song, music(3.5), rate=22_050, tags={"artist": "A band", "title": "A song"})
    preprocess(target.parent / "songs", target, workers=1)
    long = {"audio": {140: encoded(tune(1, 70.0))}, "seconds": 70}
    add_playlist(fake, 2, bad={1: long})
    run(excerpts=2)
    assert read_genres(target) == (GenreCount("blues", 2), GenreCount("jazz", 1))
    first, second, third = read_songs(target)
    assert (first.track, first.artist, first.seconds, first.source, first.audio) == (
        "jazz/a.flac",
        "A band",
        3.5,
        "",
        song,
    )
    assert not first.collected
    kept = target / "audio" / "youtube"
    assert (second.audio, second.collected) == (kept / "song-000000.flac", True)
    assert third.seconds == 60.0
    assert excerpts(target, "jazz/a.flac") == (song,)
    assert excerpts(target, third.track) == (
        kept / "song-000001.flac",
        kept / "song-000001.2.flac",
    )
    _correct(target)
    remove(target, third.track)
    assert list(read_dataset(target).track) == ["jazz/a.flac", "youtube/song-000000"]
    assert [path.name for path in kept.iterdir()] == ["song-000000.flac"]
    assert read_removed(target) == ("youtube/song-000001",)
    song.unlink()
    assert read_songs(target)[0].audio is None
    assert excerpts(target, "jazz/a.flac") == ()


def _correct(target: Path) -> None:
    """Correct genres, rightly and wrongly."""
    correct_genre(target, "youtube/song-000000", " jazz ")
    assert read_genres(target) == (GenreCount("blues", 1), GenreCount("jazz", 2))
    with pytest.raises(DatasetError, match="The genre 'Jazz' is nearly 'jazz'"):
        correct_genre(target, "youtube/song-000001", "Jazz")
    correct_genre(target, "jazz/a.flac", "swing")
    preprocess(target.parent / "songs", target, workers=1)
    assert [song.genre for song in read_songs(target)] == ["swing", "jazz", "blues"]
    with pytest.raises(DatasetError, match="there is no track 'gone' in it any more"):
        correct_genre(target, "gone", "jazz")


@pytest.mark.parametrize(
    "track", ["jazz/a.flac", "youtube/", "youtube/../../../x", "youtube/aaaaaaaaaaaa"]
)
def test_only_what_was_collected_can_be_removed(target: Path, track: str) -> None:
    with pytest.raises(DatasetError, match="was not collected from YouTube: take its file out"):
        remove(target, track)


def test_a_song_that_is_gone_already(fake: FakeYouTube, run: Run, target: Path) -> None:
    add_playlist(fake, 2, bad={})
    run()
    remove(target, "youtube/song-000000")
    with pytest.raises(DatasetError, match="there is no track 'youtube/song-000000' in it any"):
        remove(target, "youtube/song-000000")


def test_without_the_database_nothing_is_added_twice(
    fake: FakeYouTube, run: Run, target: Path
) -> None:
    add_playlist(fake, 3, bad={})
    run()
    (target / "collected.sqlite").unlink()
    outcome = run()
    assert (outcome.added, outcome.known) == (0, 3)
    remove(target, "youtube/song-000001")
    assert run().skipped == 1
    assert len(read_songs(target)) == 2


def test_while_a_folder_of_songs_is_heard(fake: FakeYouTube, run: Run, target: Path) -> None:
    add_playlist(fake, 1, bad={})
    run()
    with (
        open_folder_store(target, source=target),
        pytest.raises(DatasetError, match=r"another run of 00_preprocess\.py works on it"),
    ):
        correct_genre(target, "youtube/song-000000", "jazz")
    correct_genre(target, "youtube/song-000000", "jazz")


def test_left_out_while_it_waits_is_downloaded_or_is_in_the_set(
    fake: FakeYouTube, run: Run, target: Path
) -> None:
    """Each in its way: not asked for, broken off, taken out again."""
    slow = {"audio": {140: noise(1_000_000)}, "bytes_per_second": 200_000}
    videos = add_playlist(fake, 4, bad={1: slow})
    events: list[Event] = []

    def listen(event: Event) -> None:
        events.append(event)
        if event.state is State.DOWNLOADING and event.place == 1:
            leave_out(target, "youtube/song-000002")
        if event.fraction and event.place == 2:
            leave_out(target, event.track)
        if event.state is State.ADDED and event.place == 1:
            leave_out(target, event.track)

    outcome = run(on_event=listen)
    assert (outcome.added, outcome.skipped) == (2, 2)
    last = last_states(events)
    assert [last[video].state.value for video in videos] == ["added", "skipped", "skipped", "added"]
    assert last[videos[1]].reason.startswith("You took it out of the set")
    assert "song-000002" not in fake.about("/watch")
    assert len(fake.ranges(videos[1])) == 1
    assert [song.track for song in read_songs(target)] == ["youtube/song-000003"]
    assert len(read_removed(target)) == 3
    assert [p.name for p in (target / "audio" / "youtube").iterdir()] == ["song-000003.flac"]
    assert run(again=True, limit=1).added == 1


def test_what_is_left_of_a_run_that_was_stopped(fake: FakeYouTube, run: Run, target: Path) -> None:
    add_playlist(fake, 5, bad={})

    def stop(event: Event) -> None:
        if event.state is State.ADDED and event.place == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(on_event=stop, limit=4)
    assert read_unfinished(target) == (Unfinished(LINK, "blues", 2, 4),)
    leave_out(target, "youtube/song-000003")
    assert read_unfinished(target) == (Unfinished(LINK, "blues", 1, 3),)
    run(limit=2)  # less is wanted now
    assert read_unfinished(target) == ()
