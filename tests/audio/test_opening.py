from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import av
import mutagen
import numpy as np
import pytest
import soundfile
from mutagen.id3 import TIT2, TPE1

from lib.audio import open_audio, read_audio
from lib.errors import AudioError
from tests.rights import rights_of_a_person
from tests.sound import CODECS, music, write_song

Encoded = Callable[[str], Path]


# What is no file, or nothing in it


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"song\.mp3: There is no such file\. Check its name"):
        open_audio(tmp_path / "song.mp3")
    with pytest.raises(AudioError, match="There is no such file"):
        open_audio(tmp_path / "no\0name.mp3")


def test_a_file_taken_for_a_folder(encoded: Encoded) -> None:
    with pytest.raises(AudioError, match="There is no such file"):
        open_audio(encoded(".wav") / "song.mp3")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"It is a folder\. Choose one of the files in it"):
        open_audio(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes among its files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "song.wav")
    with pytest.raises(AudioError, match="It is a device or a pipe"):
        open_audio(tmp_path / "song.wav")


def test_a_name_the_system_refuses(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"It can't be read \(.+\)\. Check the disk"):
        open_audio(tmp_path / ("la" * 500))


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a", ""])
def test_empty(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"song{suffix}"
    path.touch()
    with pytest.raises(AudioError, match=r"It is empty \(0 bytes\)\. Copy or download it again"):
        open_audio(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions")
def test_not_allowed(tmp_path: Path) -> None:
    path, folder = write_song(tmp_path / "song.wav", music(4, rate=44_100)), tmp_path / "shut"
    folder.mkdir()
    path.chmod(0)
    folder.chmod(0)
    with rights_of_a_person():
        for shut in (path, folder, folder / "song.wav"):
            with pytest.raises(AudioError, match="You are not allowed to read it"):
                open_audio(shut)


# What is no sound


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("song.mp3", b"To be or not to be\n" * 100, "It is text, whatever its name says"),
        ("song.wav", b"To be or not to be\n" * 100, "It is text"),
        ("song.raw", b"To be or not to be\n" * 100, "It is text"),
        ("song.vox", b"To be or not to be\n" * 100, "It is text"),
        ("notes.txt", b"To be or not to be\n" * 100, "It is text"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:9,\nhttp://example.org/a.aac\n", "It is text"),
        ("song.mp3", b"<!doctype html>\n<html></html>" * 50, "It is a web page"),
        ("song.mp3", np.random.default_rng(0).bytes(100_000), "No sound was found in it"),
        ("song.wav", np.random.default_rng(1).bytes(100_000), "No sound was found in it"),
        ("cover", b"\x89PNG\r\n\x1a\n" + bytes(1_000), "It is a picture"),
        ("song.flac", bytes(10_000), "nothing but zeros"),
    ],
)
def test_no_sound(
    tmp_path: Path, name: str, content: bytes, fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError, match=fault):
        open_audio(tmp_path / name)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_pictures_without_sound(tmp_path: Path, suffix: str) -> None:
    with av.open(str(tmp_path / f"film{suffix}"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(40):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(AudioError, match=r"It has no sound track\. Choose a file with sound"):
        open_audio(tmp_path / f"film{suffix}")


def test_a_kind_of_sound_that_nobody_decodes(tmp_path: Path, encoded: Encoded) -> None:
    mkv = encoded(".mkv").read_bytes()
    (tmp_path / "a.mkv").write_bytes(mkv.replace(b"A_OPUS", b"A_NONE"))
    with pytest.raises(AudioError, match="No sound in it can be decoded: it is damaged, protected"):
        open_audio(tmp_path / "a.mkv")


def test_a_header_and_nothing_else(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(0), 44_100)
    with pytest.raises(AudioError, match="No sound in it can be decoded"):
        open_audio(tmp_path / "a.wav")


# Content against name


@pytest.mark.parametrize("suffix", CODECS)
@pytest.mark.parametrize("name", ["song", "song.xyz", "song.txt", "song.raw", "song.mp3"])
def test_the_content_decides_not_the_name(
    tmp_path: Path, encoded: Encoded, suffix: str, name: str
) -> None:
    shutil.copy(encoded(suffix), tmp_path / name)
    # Not to the bit: soundfile takes no .raw, so PyAV hears it.
    expected = read_audio(encoded(suffix))
    np.testing.assert_allclose(read_audio(tmp_path / name), expected, atol=1e-5)


@pytest.mark.parametrize("suffix", [".wav", ".m4a"])
@pytest.mark.parametrize(
    "name", ["a b", "http:x", "50 %d #1?", "Ä–椿", "line\nbreak", os.fsdecode(b"na\xffme"), "-i"]
)
def test_names_of_all_sorts(tmp_path: Path, encoded: Encoded, suffix: str, name: str) -> None:
    try:
        path = Path(shutil.copy(encoded(suffix), tmp_path / f"{name}{suffix}"))
    except OSError:
        pytest.skip("the file system takes no such name")
    assert len(read_audio(path)) == len(read_audio(encoded(suffix)))


@pytest.mark.parametrize("suffix", [".wav", ".aiff"])
def test_title_and_artist_come_from_id3_where_libsndfile_finds_none(
    tmp_path: Path, suffix: str
) -> None:
    path = write_song(tmp_path / f"a{suffix}", music(3, rate=44_100))
    tagged = mutagen.File(path)
    tagged.add_tags()
    tagged.tags.add(TIT2(encoding=3, text="Blau"))
    tagged.tags.add(TPE1(encoding=3, text="Die Füchse"))
    tagged.save()
    with open_audio(path) as song:
        told = song.info
    assert (told.title, told.artist, told.decoder) == ("Blau", "Die Füchse", "libsndfile")
