"""Songs that were heard named wrongly, kept for the next training."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lib.backbone import ACTIVATION_NAMES
from lib.collecting import (
    GenreCount,
    Misheard,
    correct_genre,
    correct_song,
    corrected_track,
    correction_of,
    leave_out,
    read_genres,
    read_songs,
    remove,
    said_of,
    take_back,
)
from lib.collecting.corrections import NAME
from lib.dataset import hear_activations, preprocess, read_dataset
from lib.dataset.tables import TRACKS, read_tracks
from lib.errors import DatasetError
from tests.sound import music, write_song

GENRES = ("blues", "jazz", "rock")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / NAME


@pytest.fixture
def misheard(tmp_path: Path) -> Callable[..., Misheard]:
    def make(
        name: str = "a song.mp3", *, windows: int = 2, seed: int = 0, **more: object
    ) -> Misheard:
        path = tmp_path / "music" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"sound")
        song = Misheard(
            source=str(path),
            video="",
            title="A song",
            artist="A band",
            seconds=41.5,
            warnings=("It is quiet.",),
            features=np.random.default_rng(seed).normal(size=(windows, 85)),
            activations=None,
            genre="rock",
            confidence=0.61,
            model="mlp85",
        )
        return replace(song, **more)

    return make


def test_a_correction_is_a_row_of_a_data_set(
    folder: Path, misheard: Callable[..., Misheard]
) -> None:
    song = misheard()
    assert correct_song(folder, song, " jazz ", known=GENRES) == "jazz"
    columns, rows = read_tracks(folder / TRACKS)
    assert columns[-4:] == ("source", "heard_as", "confidence", "model")
    row = rows[song.track]
    assert (row["genre"], row["artist"], row["title"]) == ("jazz", "A band", "A song")
    assert (row["audio"], row["seconds"], row["warnings"]) == (song.source, "41.5", "It is quiet.")
    assert (row["heard_as"], row["confidence"], row["model"]) == ("rock", "0.61", "mlp85")
    dataset = read_dataset(folder)
    assert pytest.approx(song.features) == dataset.X
    assert read_genres(folder) == (GenreCount("jazz", 1),)
    (track,) = read_songs(folder)
    assert track.audio == Path(song.source)
    assert correction_of(folder, song.track) == "jazz"


def test_the_same_song_is_one_row_whatever_it_is_called(
    folder: Path, misheard: Callable[..., Misheard], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = misheard()
    correct_song(folder, song, "jazz", known=GENRES)
    monkeypatch.chdir(tmp_path)
    again = misheard(seed=1, windows=3, source="music/../music/a song.mp3")
    assert again.track == song.track
    correct_song(folder, again, "blues", known=GENRES)
    assert list(read_dataset(folder).track) == [song.track] * 3
    assert pytest.approx(again.features) == read_dataset(folder).X
    assert correction_of(folder, song.track) == "blues"
    other = misheard("other.mp3")
    correct_song(folder, other, "jazz", known=GENRES)
    assert read_genres(folder) == (GenreCount("blues", 1), GenreCount("jazz", 1))


def test_it_can_be_taken_back_here_and_on_the_page(
    folder: Path, misheard: Callable[..., Misheard]
) -> None:
    songs = [misheard(f"{i}.mp3", seed=i) for i in range(4)]
    take_back(folder, songs[0].track)  # nothing is there, and nothing is made
    assert not folder.exists()
    for song in songs:
        correct_song(folder, song, "jazz", known=GENRES)
    take_back(folder, songs[0].track)
    take_back(folder, songs[0].track)
    remove(folder, songs[1].track)
    leave_out(folder, songs[2].track)
    assert [each.track for each in read_songs(folder)] == [songs[3].track]
    assert set(read_dataset(folder).track) == {songs[3].track}
    assert correction_of(folder, songs[0].track) == ""
    correct_genre(folder, songs[3].track, "blues")
    assert correction_of(folder, songs[3].track) == "blues"
    correct_song(folder, songs[0], "blues", known=GENRES)
    assert len(read_songs(folder)) == 2


def test_a_video_keeps_its_link_and_what_the_backbone_heard(
    folder: Path, misheard: Callable[..., Misheard]
) -> None:
    link, video = "https://www.youtube.com/watch?v=aaaaaaaaaaa", "aaaaaaaaaaa"
    heard = np.random.default_rng(2).normal(size=(2, len(ACTIVATION_NAMES)))
    song = misheard(source=link, video=video, activations=heard)
    correct_song(folder, song, "jazz", known=GENRES)
    (track,) = read_songs(folder)
    assert (track.track, track.source, track.audio) == ("youtube/aaaaaaaaaaa", link, None)
    # Though there is no sound to hear again, the ear can learn from it.
    found = hear_activations(read_dataset(folder), workers=1)
    assert pytest.approx(heard) == found[track.track].X
    remove(folder, track.track)
    assert read_songs(folder) == ()
    correct_song(folder, song, "blues", known=GENRES)
    assert correction_of(folder, corrected_track(link, video)) == "blues"


def test_of_a_file_the_backbone_hears_nothing_twice(
    folder: Path, misheard: Callable[..., Misheard]
) -> None:
    heard = np.random.default_rng(2).normal(size=(2, len(ACTIVATION_NAMES)))
    song = misheard(activations=heard)
    correct_song(folder, song, "jazz", known=GENRES)
    assert pytest.approx(heard) == hear_activations(read_dataset(folder), workers=1)[song.track].X
    take_back(folder, song.track)
    correct_song(folder, replace(song, activations=None), "jazz", known=GENRES)
    Path(song.source).unlink()
    assert hear_activations(read_dataset(folder), workers=1) == {}


@pytest.mark.parametrize(
    ("genre", "told"),
    [
        ("rock", "'rock' is what was heard"),
        ("  ", "no name"),
        ("Jazz", "nearly 'jazz'"),
        ("a/b", "holds a character"),
    ],
)
def test_a_genre_that_cannot_be(
    folder: Path, misheard: Callable[..., Misheard], genre: str, told: str
) -> None:
    with pytest.raises(DatasetError, match=told):
        correct_song(folder, misheard(), genre, known=GENRES)
    assert not (folder / TRACKS).exists()


def test_names_as_strange_as_they_come(folder: Path, misheard: Callable[..., Misheard]) -> None:
    names = ("=1+1.mp3", 'a "b",\n c.mp3', "\u202eevil.mp3", "夜 🎵.mp3")
    songs = [misheard(name, seed=i) for i, name in enumerate(names)]
    odd = replace(songs[0], source=os.fsdecode(os.fsencode(songs[0].source) + b"\xff"))
    for song in (*songs, odd):
        correct_song(folder, song, "jazz", known=GENRES)
    assert len(read_songs(folder)) == 5
    assert read_songs(folder)[4].audio is None
    for song in (*songs, odd):
        assert correction_of(folder, song.track) == "jazz"


def test_two_at_once_lose_nothing(folder: Path, misheard: Callable[..., Misheard]) -> None:
    songs = [misheard(f"{i}.mp3", seed=i) for i in range(8)]
    errors: list[BaseException] = []

    def work(mine: list[Misheard]) -> None:
        try:
            for song in mine:
                correct_song(folder, song, "jazz", known=GENRES)
        except BaseException as error:  # noqa: BLE001 (told in the test's own thread)
            errors.append(error)

    threads = [threading.Thread(target=work, args=(songs[i::2],)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {each.track for each in read_songs(folder)} == {song.track for song in songs}


def test_a_set_of_songs_can_be_prepared_beside_them(
    folder: Path, misheard: Callable[..., Misheard], tmp_path: Path
) -> None:
    """Corrections outlive a run that hears a folder of songs into the same set."""
    song = misheard()
    correct_song(folder, song, "jazz", known=GENRES)
    write_song(tmp_path / "songs" / "blues" / "a.flac", music(3.5), rate=22_050)
    preprocess(tmp_path / "songs", folder, workers=1)
    assert {each.genre for each in read_songs(folder)} == {"blues", "jazz"}
    assert correction_of(folder, song.track) == "jazz"
    assert correction_of(folder, "blues/a.flac") == ""


def test_what_a_person_said_of_a_file(folder: Path, misheard: Callable[..., Misheard]) -> None:
    song = misheard()
    assert said_of(folder)(Path(song.source)) == ""
    correct_song(folder, song, "jazz", known=GENRES)
    said = said_of(folder)
    assert (said(Path(song.source)), said(Path("another.mp3"))) == ("jazz", "")
