"""What a set holds: genres counted, songs listed, corrected, removed and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.collecting import (
    GenreCount,
    correct_genre,
    excerpts,
    read_genres,
    read_removed,
    read_songs,
    remove,
)
from lib.dataset import preprocess, read_dataset
from lib.dataset.store import open_store as open_folder_store
from lib.errors import DatasetError
from tests.collecting.conftest import Run
from tests.collecting.songs import add_playlist, encoded, tune
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube


def test_a_set_that_is_not_there_yet(target: Path) -> None:
    assert read_genres(target) == ()
    assert read_songs(target) == ()
    assert read_removed(target) == ()
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
