"""A small model, and short songs in every format."""

from __future__ import annotations

import shutil
from pathlib import Path

import mutagen
import pytest

from lib.library import Crew, Judge
from lib.model import save_model
from tests.library.jobs import hear_or_fail
from tests.models import small_model
from tests.sound import CODECS, music, write_song

# A name may hold whatever a file system takes.
ODD_NAMES = (
    "two  spaces.wav",
    "🎷 solo 🎶.flac",
    "two\nlines.ogg",
    "\u202eright to left.mp3",
    "Ünïcödé e\u0301.m4a",
    "no text \udcff\udc80.wav",
    "-rf.flac",
    "#1.mp3",
    '=1+1,"quoted".wav',
)


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder = tmp_path_factory.mktemp("judge") / "small"
    save_model(small_model(), folder)
    return Judge(folder)


@pytest.fixture
def crew(judge: Judge) -> Crew:
    return Crew(judge, 2, patience=60.0, hear=hear_or_fail)


@pytest.fixture(scope="session")
def formats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a short song of every format, named by its suffix and tagged."""
    folder = tmp_path_factory.mktemp("formats")
    tags = {"title": "A tune", "artist": "The Synthesisers"}
    for number, (suffix, (_, rate, _)) in enumerate(CODECS.items()):
        tune = music(3.5, pitch=150 + 40 * number, rate=rate)
        write_song(folder / f"song{suffix}", tune, tags=tags)
    for path in folder.iterdir():
        _tag(path, "Heavy Metal")
    return folder


@pytest.fixture
def folder(formats: Path, tmp_path: Path) -> Path:
    """Return a folder that a test may do with as it likes."""
    return Path(shutil.copytree(formats, tmp_path / "music"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "library.sqlite"


def _tag(path: Path, genre: str) -> None:
    """Give a file a genre, where its format has a place for it that mutagen writes."""
    easy = mutagen.File(path, easy=True)
    if easy is None or path.suffix in {".aac", ".au", ".mkv", ".webm"}:
        return
    if easy.tags is None:
        easy.add_tags()
    if path.suffix in {".wav", ".aiff"}:
        easy.tags.add(mutagen.id3.TCON(text=[genre]))
    else:
        easy["WM/Genre" if path.suffix == ".wma" else "genre"] = [genre]
    easy.save()
