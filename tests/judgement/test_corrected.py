"""What a person corrected, taken along into a training: no song stands there twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lib.collecting import Misheard, correct_song
from lib.dataset import Dataset, read_dataset, write_dataset
from lib.judgement import Along, Rows, hold_out, read_corrections, take_along
from tests.tables import GENRES, write_table

Correct = Callable[..., str]


@pytest.fixture
def songs(tmp_path: Path) -> Dataset:
    folder = tmp_path / "sets" / "mine"
    folder.mkdir(parents=True)
    dataset = read_dataset(write_table(folder))
    tracks = dataset.tracks.copy()
    tracks["audio"] = [f"audio/{track}.flac" for track in tracks.index]
    write_dataset(replace(dataset, tracks=tracks))
    return read_dataset(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sets" / "corrections"


@pytest.fixture
def correct(folder: Path, tmp_path: Path) -> Correct:
    """Return what corrects a song; it returns the song's name in the tables."""

    def make(genre: str, *, source: Path | None = None, seed: int = 0, **more: object) -> str:
        path = source or tmp_path / "music" / f"{genre} {seed}.mp3"
        song = Misheard(
            source=str(path), video="", title=path.stem, artist="", seconds=40.0, warnings=(),
            features=np.random.default_rng(1000 + seed).normal(size=(2, 85)), activations=None,
            genre="heard", confidence=0.6, model="mlp85",
        )  # fmt: skip
        song = replace(song, **more)
        correct_song(folder, song, genre, known=GENRES)
        return song.track

    return make


def test_nothing_is_taken_along_where_nothing_was_corrected(songs: Dataset, folder: Path) -> None:
    assert read_corrections(folder) is None
    assert take_along(songs, None) == Along()
    assert read_corrections(songs.folder) is None  # a set whose songs nobody has corrected


def test_another_song_is_learned_from_as_well(
    songs: Dataset, folder: Path, correct: Correct
) -> None:
    track = correct("jazz", artist="jazz artist 1")
    strange = correct("bluegrass", seed=1)
    corrections = read_corrections(folder)
    assert corrections is not None
    along = take_along(songs, corrections)
    assert along == Along(added={track: "jazz"}, strange=("bluegrass",))
    both = along.onto(songs, corrections)
    assert len(both.tracks) == len(songs.tracks) + 1
    assert list(both.track).count(track) == 2
    assert both.tracks.at[track, "genre"] == "jazz"
    assert strange not in both.tracks.index
    assert list(both.tracks.columns) == list(songs.tracks.columns)
    assert both.audio(track) == corrections.audio(track)
    assert len(both.X) == len(songs.X) + 2
    assert both.labels == songs.labels
    # Its artist, whom the set has too, stands on one side alone.
    rows = Rows.of(both)
    fold, by = hold_out(rows, seed=0)
    sides = [set(rows.at(side).artist_keys) for side in (fold.training, fold.judged)]
    assert by == "artist"
    assert not sides[0] & sides[1]
    assert "1 song more" in along.told(folder)


def test_in_a_table_that_is_divided_it_judges_nothing(
    songs: Dataset, folder: Path, correct: Correct
) -> None:
    track = correct("jazz")
    corrections = read_corrections(folder)
    assert corrections is not None
    tracks = songs.tracks.assign(split=["valid", *["train"] * (len(songs.tracks) - 1)])
    divided = replace(songs, tracks=tracks)
    both = take_along(divided, corrections).onto(divided, corrections)
    assert both.tracks.at[track, "split"] == "train"


@pytest.mark.parametrize("by", ["file", "features", "title"])
def test_of_a_song_that_the_set_has_the_genre_is_put_right(
    by: str, songs: Dataset, folder: Path, correct: Correct
) -> None:
    known: dict[str, object] = {"artist": "Other", "title": "Another"}
    if by == "file":
        known["source"] = songs.folder / "audio" / ".." / "audio" / "rock.003.flac"
    if by == "features":
        known["features"] = songs.X[songs.track == "rock.003"] + 1e-6
    if by == "title":
        tracks = songs.tracks.copy()
        tracks.loc["rock.003", ["artist", "title"]] = ["The Band", "A Song!"]
        songs = replace(songs, tracks=tracks)
        known = {"artist": "the  band", "title": "a song"}
    correct("jazz", **known)
    corrections = read_corrections(folder)
    assert corrections is not None
    along = take_along(songs, corrections)
    assert along == Along(righted={"rock.003": "jazz"})
    both = along.onto(songs, corrections)
    assert list(both.track) == list(songs.track)
    assert both.tracks.at["rock.003", "genre"] == "jazz"
    assert songs.tracks.at["rock.003", "genre"] == "rock"
    assert list(both.genre).count("jazz") == list(songs.genre).count("jazz") + 1
    assert "1 song with another genre" in along.told(folder)


def test_a_song_whose_right_genre_is_not_learned_is_not_learned_wrongly_either(
    songs: Dataset, folder: Path, correct: Correct
) -> None:
    correct("bluegrass", features=songs.X[songs.track == "rock.003"])
    corrections = read_corrections(folder)
    assert corrections is not None
    along = take_along(songs, corrections)
    assert along == Along(dropped=frozenset({"rock.003"}), strange=("bluegrass",))
    both = along.onto(songs, corrections)
    assert "rock.003" not in set(both.track) | set(both.tracks.index)


def test_a_genre_is_spelt_as_the_set_has_it(songs: Dataset, folder: Path, correct: Correct) -> None:
    track = correct("jazz")
    tracks = songs.tracks.assign(genre=[genre.title() for genre in songs.tracks["genre"]])
    along = take_along(replace(songs, tracks=tracks), read_corrections(folder))
    assert along.added == {track: "Jazz"}


def test_the_set_of_corrections_itself_takes_nothing_along(folder: Path, correct: Correct) -> None:
    correct("jazz")
    assert take_along(read_dataset(folder), read_corrections(folder)) == Along()
