from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from lib.audio import AUDIO_SUFFIXES, HOP_SECONDS, SAMPLE_RATE, open_audio, read_audio
from lib.errors import AudioError
from tests.audio.conftest import Heard
from tests.audio.likeness import likeness
from tests.sound import CODECS, music, write_song

Hear = Callable[[Path], Heard]
LOSSLESS = {".wav", ".au", ".aiff", ".flac"}
# What FFmpeg's own encoders put before a sound or leave off behind it, s.
PADDED = {".aac": 0.05, ".m4a": 0.05, ".mp4": 0.05, ".wma": 0.05}


def at_our_rate(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    if rate == SAMPLE_RATE:
        return samples
    resampled: NDArray[np.float32] = soxr.resample(samples, rate, SAMPLE_RATE, quality="HQ")
    return resampled


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("suffix", CODECS)
def test_every_format(tmp_path: Path, suffix: str, channels: int) -> None:
    rate = CODECS[suffix][1]
    written = [music(4, pitch=220 + 110 * c, seed=c, rate=rate) for c in range(channels)]
    heard = read_audio(write_song(tmp_path / f"song{suffix}", np.stack(written)))
    expected = at_our_rate(np.mean(written, axis=0), rate)
    assert heard.dtype == np.float32
    assert len(heard) == pytest.approx(len(expected), abs=PADDED.get(suffix, 0) * SAMPLE_RATE)
    if suffix in LOSSLESS:
        np.testing.assert_allclose(heard, expected, atol=1e-4)
    else:
        assert likeness(heard, expected) > 0.995


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000, 96_000])
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".m4a"])
def test_every_rate(tmp_path: Path, suffix: str, rate: int) -> None:
    written = music(4, rate=rate)
    with open_audio(write_song(tmp_path / f"song{suffix}", written, rate=rate)) as song:
        assert song.info.rate == rate
        heard = np.concatenate(list(song.blocks()))
    assert likeness(heard, at_our_rate(written, rate)) > 0.995


SURROUND = [(suffix, 6) for suffix in (".wav", ".flac", ".ogg", ".opus", ".m4a", ".mkv")]
# PyAV crashes on eight channels apart from each other, in writing (so no m4a) as in reading.
SURROUND += [(suffix, 8) for suffix in (".wav", ".flac", ".opus", ".mkv")]


@pytest.mark.parametrize(("suffix", "channels"), SURROUND)
def test_surround(tmp_path: Path, suffix: str, channels: int) -> None:
    rate = CODECS[suffix][1]
    song = write_song(tmp_path / f"song{suffix}", np.stack([music(4, rate=rate)] * channels))
    with open_audio(song) as stream:
        assert stream.info.channels == channels
        heard = np.concatenate(list(stream.blocks()))
    assert (
        likeness(heard, at_our_rate(music(4, rate=rate), rate)) > 0.97
    )  # their sixth channel has no treble


@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE", "PCM_U8", "PCM_24", "ULAW", "IMA_ADPCM"])
def test_the_kinds_of_samples_a_wav_may_hold(wav: Callable[..., Path], subtype: str) -> None:
    heard = read_audio(wav(music(4), subtype=subtype))
    assert likeness(heard, music(4)) > (0.99 if subtype == "PCM_U8" else 0.995)


def test_our_own_rate_passes_through_untouched(wav: Callable[..., Path]) -> None:
    np.testing.assert_array_equal(read_audio(wav(music(10))), music(10))


def test_windows_hold_the_samples_of_their_place(wav: Callable[..., Path], hear: Hear) -> None:
    written = music(70)
    windows, warnings = hear(wav(written))
    assert warnings == ()
    assert [window.start for window in windows] == [0, HOP_SECONDS, 2 * HOP_SECONDS, 40]
    for window in windows:
        first = round(window.start * SAMPLE_RATE)
        assert len(window.samples) == 661_500
        np.testing.assert_array_equal(window.samples, written[first : first + 661_500])


def test_a_song_of_up_to_45_seconds_is_one_window(wav: Callable[..., Path], hear: Hear) -> None:
    ((window,), _) = hear(wav(music(40)))
    assert (window.start, window.end) == (0, 40)
    np.testing.assert_array_equal(window.samples, music(40))


def test_the_true_length_decides_not_the_declared_one(tmp_path: Path, hear: Hear) -> None:
    path = write_song(tmp_path / "a.wav", music(100, rate=44_100))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 4 // 10])
    with open_audio(path) as song:
        assert song.info.seconds == pytest.approx(100, abs=0.01)
        windows = list(song.windows())
        assert song.seconds == pytest.approx(40, abs=0.01)
    assert [(window.start, round(window.end)) for window in windows] == [(0, 40)]
    (warning,) = song.warnings
    assert warning.startswith("It is cut off or damaged: 40.0 s could be heard of the 1 min 40 s")


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a", ".opus"])
def test_how_far_it_has_come(encoded: Callable[[str], Path], suffix: str) -> None:
    with open_audio(encoded(suffix)) as song:
        told = [(song.seconds, song.fraction or 0.0, len(block)) for block in song.blocks()]
        seconds, fractions, lengths = zip(*told, strict=True)
        assert song.seconds == pytest.approx(8, abs=0.1)
        assert song.fraction == 1.0
    np.testing.assert_allclose(np.array(seconds) * SAMPLE_RATE, np.cumsum(lengths))
    assert list(fractions) == sorted(fractions)
    # A decoder is about a block ahead of what was heard.
    assert np.abs(np.array(fractions) - np.array(seconds) / 8).max() < 0.3
    assert min(lengths) > 0
    assert max(lengths) < 2 * SAMPLE_RATE


def test_a_song_is_heard_once(encoded: Callable[[str], Path]) -> None:
    with open_audio(encoded(".wav")) as song:
        list(song.blocks())
        with pytest.raises(ValueError, match="open it again"):
            song.windows()


@pytest.mark.parametrize("suffix", [".wav", ".m4a"])
def test_a_closed_song_gives_no_more(encoded: Callable[[str], Path], suffix: str) -> None:
    song = open_audio(encoded(suffix))
    blocks = song.blocks()
    next(blocks)
    song.close()
    song.close()
    with pytest.raises(ValueError, match="was closed before it was heard"):
        next(blocks)
    with pytest.raises(ValueError, match="open it again"):
        song.blocks()


@pytest.mark.parametrize("suffix", [".wav", ".m4a"])
def test_leaving_in_the_middle_leaves_nothing_open(
    encoded: Callable[[str], Path], suffix: str
) -> None:
    with open_audio(encoded(suffix)) as song:
        next(song.blocks())
    blocks = open_audio(encoded(suffix)).blocks()  # no context manager, heard to its end
    for _ in blocks:
        pass
    del song, blocks
    gc.collect()  # a file left open would fail the test here


def test_a_path_that_is_a_mere_string(encoded: Callable[[str], Path]) -> None:
    with open_audio(str(encoded(".wav"))) as song:  # type: ignore[arg-type]
        assert song.info.path == encoded(".wav")


def test_the_suffixes_of_all_formats_are_searched_for() -> None:
    assert set(CODECS) <= AUDIO_SUFFIXES


def test_titles_from_tags(encoded: Callable[[str], Path]) -> None:
    told = {}
    for suffix in CODECS:
        with open_audio(encoded(suffix)) as song:
            told[suffix] = (song.info.title, song.info.artist)
    tagged = ("A söng", "The Band")
    # Neither decoder finds tags in au and raw aac; FFmpeg writes an aiff's title alone.
    assert told == dict.fromkeys(CODECS, tagged) | {
        ".au": ("encoded", ""),
        ".aac": ("encoded", ""),
        ".aiff": ("A söng", ""),
    }


def test_whole_songs(shared: Path) -> None:
    songs = sorted((shared / "songs").glob("*.ogg"))
    assert songs
    for path in songs:
        with open_audio(path) as song:
            peak = max(float(np.abs(window.samples).max()) for window in song.windows())
            assert song.warnings == ()
            assert song.seconds == pytest.approx(song.info.seconds, abs=1e-3)
            assert 0.05 < peak < 2


def test_clips_of_gtzan_are_one_window_bit_by_bit(gtzan: Path, hear: Hear) -> None:
    for genre in sorted((gtzan / "audio").iterdir()):
        clip = min(genre.glob("*.flac"))
        ((window,), warnings) = hear(clip)
        np.testing.assert_array_equal(window.samples, soundfile.read(clip, dtype="float32")[0])
        assert warnings == ()


def test_an_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "nothing here.mp3"
    with pytest.raises(AudioError) as caught:
        read_audio(path)
    assert caught.value.path == path
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_gives_the_same_sound_at_another_rate_decoded_once(tmp_path: Path, rate: int) -> None:
    sound = music(5.0, rate=44_100)
    path = write_song(tmp_path / "song.wav", sound, rate=44_100)
    pieces: list[NDArray[np.float32]] = []
    with open_audio(path) as song:
        song.also(rate, pieces.append)
        usual = np.concatenate(list(song.blocks()))
    np.testing.assert_array_equal(usual, read_audio(path))
    whole = soxr.resample(np.round(sound * 32_767) / 32_768, 44_100, rate, quality="HQ")
    other = np.concatenate(pieces)
    assert len(other) == len(whole)
    np.testing.assert_allclose(other, whole, atol=1e-4)
