from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.audio.content import Content, look_at, why_not_sound
from lib.errors import AudioError
from tests.sound import CODECS

BY_LIBSNDFILE = {".wav", ".au", ".aiff", ".flac", ".mp3", ".ogg"}

ID3 = b"ID3\x04\x00\x00\x00\x00\x07\x68" + bytes(1_000)  # a thousand bytes of tags


Encoded = Callable[[str], Path]


def told(folder: Path, content: bytes) -> Content:
    path = folder / "unknown"
    path.write_bytes(content)
    return look_at(path)


@pytest.mark.parametrize("suffix", CODECS)
def test_who_decodes_what(tmp_path: Path, encoded: Encoded, suffix: str) -> None:
    content = told(tmp_path, encoded(suffix).read_bytes())
    assert content.by_libsndfile == (suffix in BY_LIBSNDFILE)
    assert not content.cut_off


@pytest.mark.parametrize("size", [0, 1, 3, 4, 9, 12, 27, 40, 200])
@pytest.mark.parametrize("suffix", CODECS)
def test_the_shortest_stumps_do_no_harm(
    tmp_path: Path, encoded: Encoded, suffix: str, size: int
) -> None:
    assert isinstance(told(tmp_path, encoded(suffix).read_bytes()[:size]), Content)


@pytest.mark.parametrize("suffix", [".ogg", ".opus"])
@pytest.mark.parametrize("missing", [1, 2_000, 20_000])
def test_an_ogg_without_its_last_page_is_cut_off(
    tmp_path: Path, encoded: Encoded, suffix: str, missing: int
) -> None:
    assert told(tmp_path, encoded(suffix).read_bytes()[:-missing]).cut_off


@pytest.mark.parametrize("suffix", [".mkv", ".webm", ".wma"])
def test_a_file_that_tells_its_size_is_cut_off_below_it(
    tmp_path: Path, encoded: Encoded, suffix: str
) -> None:
    whole = encoded(suffix).read_bytes()
    assert told(tmp_path, whole[:-1]).cut_off
    assert not told(tmp_path, whole + b"something behind it").cut_off


def test_a_live_recording_tells_no_size(tmp_path: Path, encoded: Encoded) -> None:
    webm = encoded(".webm").read_bytes()
    place = webm.index(b"\x18\x53\x80\x67") + 4
    live = webm[:place] + b"\x01" + b"\xff" * 7 + webm[place + 8 :]
    assert not told(tmp_path, live[:20_000]).cut_off


def test_two_oggs_in_one_file_are_not_for_libsndfile(tmp_path: Path, encoded: Encoded) -> None:
    ogg = encoded(".ogg").read_bytes()
    other = bytearray(ogg)
    place = -1
    while (place := other.find(b"OggS", place + 1)) >= 0:
        other[place + 14 : place + 18] = b"\x01\x02\x03\x04"  # another stream's number
    assert told(tmp_path, ogg + other) == Content()


def test_an_mp3_is_for_libsndfile_only_when_its_length_can_be_believed(
    tmp_path: Path, encoded: Encoded
) -> None:
    mp3 = encoded(".mp3").read_bytes()
    assert told(tmp_path, mp3) == Content(by_libsndfile=True, declares_length=True)
    assert told(tmp_path, ID3 + mp3) == Content(by_libsndfile=True, declares_length=True)
    assert told(tmp_path, mp3[: len(mp3) // 2]) == Content(declares_length=True)
    assert told(tmp_path, mp3 + mp3) == Content()
    assert told(tmp_path, mp3.replace(b"Info", bytes(4)).replace(b"Xing", bytes(4))) == Content()


def test_tags_before_a_flac_are_not_for_libsndfile(tmp_path: Path, encoded: Encoded) -> None:
    assert told(tmp_path, ID3 + encoded(".flac").read_bytes()) == Content()


def test_a_tag_that_claims_to_be_longer_than_the_file(tmp_path: Path) -> None:
    assert told(tmp_path, b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(100)) == Content()


@pytest.mark.parametrize(
    ("channels", "rate", "fault"),
    [
        (1, 0, "0 samples a second"),
        (1, 1, "1 samples a second"),
        (1, 3_999, "3,999 samples a second"),
        (2, 768_001, "768,001 samples a second"),
        (2, 4_000_000_000, "4,000,000,000 samples a second, and Earmark hears 4,000 to 768,000"),
        (0, 44_100, "0 channels"),
        (33, 44_100, "33 channels, and Earmark hears 1 to 32"),
        (200, 44_100, "200 channels"),
        (65_535, 44_100, "65535 channels"),
    ],
)
def test_absurd_headers(
    tmp_path: Path, encoded: Encoded, channels: int, rate: int, fault: str
) -> None:
    wav = bytearray(encoded(".wav").read_bytes())
    wav[22:24] = np.uint16(channels).tobytes()
    wav[24:28] = np.uint32(rate).tobytes()
    with pytest.raises(AudioError, match=fault):
        told(tmp_path, bytes(wav))


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (b"To be or not to be", "It is text"),
        ("Über den Wolken ".encode() * 40, "It is text"),
        ("ü".encode() * 256 + "ü".encode()[:1], "It is text"),
        (b"\xef\xbb\xbf#EXTM3U\nhttp://example.org/a.mp3\n", "It is text"),
        (b"\n <!DOCTYPE html><html>", "It is a web page"),
        (b"\x89PNG\r\n\x1a\n", "It is a picture"),
        (b"PK\x03\x04....", "an archive"),
        (bytes(512), "nothing but zeros"),
        (b"\0\0\0\x20ftypM4A ", "mp4 file without its index"),
        (np.random.default_rng(0).bytes(512), "No sound was found in it"),
        (b"\xff\xfb", "No sound was found in it"),
    ],
)
def test_why_it_is_no_sound(head: bytes, fault: str) -> None:
    reason = why_not_sound(head)
    assert fault in reason
    assert reason.count(".") >= 2  # what is wrong, and what to do next
