"""Songs that no program has tagged yet, as different encoders write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from mutagen import File

from lib.tagging import Answer, Change, Journal, Rules, plan, read_tags, undo, write
from lib.tagging.content import SUFFIXES
from lib.tagging.errors import FileRefused
from lib.tagging.present import open_present
from tests.sound import music, write_song

Answering = Callable[..., Answer]

RATE = 48_000
SONG = music(2, rate=RATE)
# suffix: libsndfile's names of the format and of the encoding
SOUNDFILE = {
    ".mp3": ("MP3", "MPEG_LAYER_III"),
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".oga": ("OGG", "OPUS"),
    ".opus": ("OGG", "OPUS"),
    ".wav": ("WAV", "PCM_16"),
    ".aiff": ("AIFF", "PCM_16"),
    ".aif": ("AIFF", "PCM_16"),
}
# suffix: FFmpeg's names of the container, of the codec, and of the layout of samples
PYAV = {
    ".mp3": ("mp3", "libmp3lame", "fltp"),
    ".m4a": ("ipod", "aac", "fltp"),
    ".m4b": ("ipod", "aac", "fltp"),
    ".flac": ("flac", "flac", "s16"),
    ".opus": ("ogg", "libopus", "flt"),
    ".wav": ("wav", "pcm_s16le", "s16"),
    ".aiff": ("aiff", "pcm_s16be", "s16"),
}


def by_soundfile(path: Path) -> None:
    kind, encoding = SOUNDFILE[path.suffix]
    soundfile.write(path, SONG, RATE, format=kind, subtype=encoding)


def by_pyav(path: Path) -> None:
    """Write no tag at all: neither ID3, nor LIST INFO, nor the encoder's name."""
    container, codec, layout = PYAV[path.suffix]
    bare = {"fflags": "+bitexact"} | ({"id3v2_version": "0"} if container == "mp3" else {})
    with av.open(str(path), "w", format=container, options=bare) as file:
        stream = file.add_stream(codec, rate=RATE)
        stream.layout, stream.format = "mono", layout
        size = stream.codec_context.frame_size or 1024
        for start in range(0, SONG.size, size):
            block = SONG[None, start : start + size]
            if layout == "s16":
                block = np.round(block * 32_767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(block, format=layout, layout="mono")
            frame.rate, frame.pts = RATE, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def without_comment_block(path: Path) -> None:
    """Write a FLAC that holds nothing but what its sound is, and the sound."""
    by_soundfile(path)
    flac = File(path)
    flac.metadata_blocks = [flac.info]
    flac.save(padding=lambda _info: 0)
    assert File(path).tags is None


WRITERS = [
    *((by_soundfile, suffix) for suffix in SOUNDFILE),
    *((by_pyav, suffix) for suffix in PYAV),
    (without_comment_block, ".flac"),
]


def test_every_suffix_is_among_them() -> None:
    assert {suffix for _, suffix in WRITERS} == set(SUFFIXES)


@pytest.mark.parametrize(("encode", "suffix"), WRITERS)
def test_a_song_without_tags_gets_its_first_and_loses_it_again(
    encode: Callable[[Path], None],
    suffix: str,
    answer: Answering,
    journal: Journal,
    tmp_path: Path,
) -> None:
    path = tmp_path / f"song{suffix}"
    encode(path)
    before, others = path.read_bytes(), open_present(path).others()
    assert read_tags(path).genres == ()
    changes = plan([answer(path)], Rules(only_empty=True))
    assert changes == [Change(path, (), ("Rock",))]
    told: list[Change] = []
    was = path.stat().st_size, path.stat().st_mtime_ns
    write(changes, journal, tell=told.append)
    assert told == [Change(path, (), ("Rock",), written=True, replaced=was)]
    assert read_tags(path).genres == ("Rock",)
    assert open_present(path).others() == others
    undo(journal)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", [".flac", ".ogg", ".opus"])
def test_the_encoder_that_a_file_names_stays(
    suffix: str, answer: Answering, journal: Journal, tmp_path: Path
) -> None:
    path = tmp_path / f"song{suffix}"
    by_soundfile(path)
    vendor = File(path).tags.vendor
    write(plan([answer(path)], Rules()), journal)
    assert File(path).tags.vendor == vendor != ""


@pytest.mark.parametrize("suffix", [".mp4", ".wma"])
def test_formats_that_none_are_written_into_are_read(suffix: str, tmp_path: Path) -> None:
    path = write_song(tmp_path / f"song{suffix}", SONG, rate=RATE)
    assert read_tags(path).genres == ()
    tagged = File(path)
    names = {".mp4": ("\xa9nam", "\xa9ART", "\xa9gen"), ".wma": ("Title", "Author", "WM/Genre")}
    for name, texts in zip(names[suffix], (["A song"], ["A band"], ["Rock", "Polka"]), strict=True):
        tagged[name] = texts
    tagged.save()
    tags = read_tags(path)
    assert (tags.title, tags.artist, tags.genres) == ("A song", "A band", ("Rock", "Polka"))
    with pytest.raises(FileRefused, match="Tags are written into mp3, "):
        open_present(path)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(FileRefused, match="tags can't be read"):
        read_tags(path)
    path.write_text("no sound in here")
    with pytest.raises(FileRefused, match="tags can't be read"):
        read_tags(path)
