"""Tagged songs of every format whose tags can be written, encoded once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mutagen.aiff import AIFF
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, COMM, ID3, TCON, TDRC, TIT2, TPE1, TXXX, TYER
from mutagen.mp4 import MP4, MP4Cover

from lib.tagging import Answer, Journal, open_journal
from tests.sound import music, write_song
from tests.tagging.songs import FORMATS, PICTURE


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a song of each format, with a title, an artist, and mostly a picture."""
    folder = tmp_path_factory.mktemp("originals")
    songs = {
        suffix: write_song(
            folder / f"song{suffix}",
            music(4, rate=48_000 if suffix == ".opus" else 44_100),
            tags={"title": "A song", "artist": "A band", "genre": "Polka"},
        )
        for suffix in FORMATS
    }
    mp3 = ID3()
    mp3.add(TCON(encoding=0, text=["(29)"]))  # the number of Jazz+Funk in version 1
    mp3.add(TIT2(encoding=1, text=["Ein Stück"]))
    mp3.add(TPE1(encoding=1, text=["A band", "Another"]))
    mp3.add(TYER(encoding=0, text=["1999"]))
    mp3.add(TXXX(encoding=1, desc="MusicBrainz Album Id", text=["0af1"]))
    mp3.add(COMM(encoding=1, lang="eng", desc="", text=["Remember"]))
    mp3.add(APIC(encoding=0, mime="image/png", type=3, desc="", data=PICTURE))
    mp3.save(songs[".mp3"], v2_version=3, v23_sep=None, v1=0)
    flac = FLAC(songs[".flac"])
    picture = Picture()
    picture.data, picture.type, picture.mime = PICTURE, 3, "image/png"
    flac.add_picture(picture)
    flac.save()
    m4a = MP4(songs[".m4a"])
    m4a["covr"] = [MP4Cover(PICTURE, MP4Cover.FORMAT_PNG)]
    m4a["trkn"] = [(3, 12)]
    m4a.save()
    aiff = AIFF(songs[".aiff"])
    aiff.add_tags()
    aiff.tags.add(TDRC(encoding=3, text=["2001-02-03"]))
    aiff.tags.add(TCON(encoding=3, text=["Polka"]))
    aiff.save()
    return songs


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "journal") as journal:
        yield journal


@pytest.fixture
def song(originals: dict[str, Path], tmp_path: Path) -> Callable[..., Path]:
    """Return a function that gives a fresh copy of the song of a format, an hour old."""

    def copy(suffix: str, name: str = "") -> Path:
        path = tmp_path / "music" / (name or f"song{suffix}")
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(originals[suffix], path)
        os.utime(path, ns=(1_600_000_000_123_456_789, 1_500_000_000_987_654_321))
        return path

    return copy


@pytest.fixture
def answer() -> Callable[..., Answer]:
    """Return a function that makes what was heard in a file."""

    def make(path: Path, genre: str = "rock", confidence: float = 0.7, **doubts: bool) -> Answer:
        others = {"rock", "hiphop", "jazz"} - {genre}
        rest = dict.fromkeys(sorted(others), (1 - confidence) / 2)
        return Answer(path, genre, confidence, {genre: confidence, **rest}, **doubts)

    return make
