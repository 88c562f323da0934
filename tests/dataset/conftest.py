"""Songs and tables for the tests of data sets."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.dataset import preprocess
from lib.features import FEATURE_NAMES
from tests.sound import music, write_song

GENRES = ("blues", "jazz", "metal")
SECONDS = 3.5
NAMES = ("tracks.csv", "features.csv", "extra.csv", "failed.csv")


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three genres of four short songs each; not to be changed."""
    folder = tmp_path_factory.mktemp("recorded")
    for g, genre in enumerate(GENRES):
        for i in range(4):
            song = music(SECONDS, pitch=110 * (g + 1), bpm=90 + 10 * i, seed=10 * g + i)
            tags = {"title": f"Song {i}", "artist": f"{genre} band"} if i else None
            write_song(
                folder / genre / f"{i}.{'flac' if i else 'wav'}", song, rate=22_050, tags=tags
            )
    return folder


@pytest.fixture
def songs(recorded: Path, tmp_path: Path) -> Path:
    """Return a copy of the recorded songs that a test may change."""
    return Path(shutil.copytree(recorded, tmp_path / "songs"))


@pytest.fixture(scope="session")
def heard_once(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the recorded songs and, in ``set``, their tables; not to be changed."""
    folder = tmp_path_factory.mktemp("heard_once")
    shutil.copytree(recorded, folder / "songs")
    preprocess(folder / "songs", folder / "set", workers=2)
    return folder


@pytest.fixture
def made(heard_once: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return copies of the recorded songs and their tables that a test may change."""
    shutil.copytree(heard_once, tmp_path, dirs_exist_ok=True)
    preprocess(tmp_path / "songs", tmp_path / "set")  # hears nothing, but writes the new place
    return tmp_path / "songs", tmp_path / "set"


@pytest.fixture
def touch(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a folder of empty files."""

    def make(*names: str) -> Path:
        for name in names:
            path = tmp_path / "songs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path / "songs"

    return make


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a folder with the tables of three songs, one of which has two windows."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "tables"
    folder.mkdir()
    tracks = [
        ["track", "genre", "artist", "title", "split", "tempo_true", "audio"],
        ["a", "blues", "NA", "None", "train", "120.5", "audio/a.wav"],
        ["b", "jazz", "nan", "", "valid", "", ""],
        ["c", "jazz", "", "null", "", "", "https://example.org/c"],
    ]
    features = [["track", *FEATURE_NAMES]]
    features += [[t, *(f"{v:.7g}" for v in rng.normal(size=85))] for t in ("a", "b", "b", "c")]
    for name, rows in (("tracks.csv", tracks), ("features.csv", features)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return folder


def table_bytes(folder: Path) -> dict[str, bytes]:
    """Return the tables of a data set as they lie on disk."""
    return {n: (folder / n).read_bytes() for n in NAMES}


def age(path: Path) -> None:
    """Give a file another time of change, as an editor would."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))
