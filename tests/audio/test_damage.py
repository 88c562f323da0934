"""Files that are cut off, damaged, or made of joined pieces: what can be heard of them is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from lib.audio import open_audio, read_audio
from lib.errors import AudioError
from tests.audio.conftest import Heard
from tests.audio.likeness import likeness
from tests.sound import CODECS, music, write_song

Encoded = Callable[[str], Path]
Hear = Callable[[Path], Heard]


def damaged(source: Path, target: Path, *, at: float, count: int = 3_000) -> Path:
    """Copy a file with some bytes overwritten, at a share of its length."""
    content = bytearray(source.read_bytes())
    start = int(at * len(content))
    content[start : start + count] = np.random.default_rng(0).bytes(count)
    target.write_bytes(content)
    return target


def cut(source: Path, target: Path, *, to: float) -> Path:
    content = source.read_bytes()
    target.write_bytes(content[: int(to * len(content))])
    return target


# Cut off or damaged


@pytest.mark.parametrize("suffix", sorted(set(CODECS) - {".m4a", ".mp4"}))
def test_cut_off_half_way(tmp_path: Path, encoded: Encoded, hear: Hear, suffix: str) -> None:
    ((window,), warnings) = hear(cut(encoded(suffix), tmp_path / f"a{suffix}", to=0.5))
    assert window.end == pytest.approx(4, abs=0.4)
    # Raw aac has no header and no end: that its last piece is a stump is all there is to see.
    fault = "It is damaged: 1 of its" if suffix == ".aac" else "It is cut off or damaged: "
    assert any(warning.startswith(fault) for warning in warnings)
    half = read_audio(encoded(suffix))[: len(window.samples) - 2_000]
    assert np.corrcoef(window.samples[: len(half)], half)[0, 1] > 0.99


@pytest.mark.parametrize("suffix", sorted(set(CODECS) - {".m4a", ".mp4"}))
def test_cut_off_too_soon(tmp_path: Path, encoded: Encoded, suffix: str) -> None:
    with pytest.raises(AudioError, match=r"It lasts [12]\.\d\d s, and a genre takes at least 3 s"):
        read_audio(cut(encoded(suffix), tmp_path / f"a{suffix}", to=0.25))


def test_a_film_cut_off_half_way(tmp_path: Path, hear: Hear) -> None:
    path = tmp_path / "film.mkv"
    with av.open(str(path), "w") as container:
        film = container.add_stream("mpeg4", rate=10)
        film.width = film.height = 64
        film.pix_fmt = "yuv420p"
        track = container.add_stream("pcm_s16le", rate=22_050)
        track.layout = "mono"
        sound = np.round(music(10) * 32_767).astype(np.int16)[None]
        rng = np.random.default_rng(0)
        for turn in range(100):  # a tenth of a second each
            picture = rng.integers(0, 255, (64, 64, 3), np.uint8)
            container.mux(film.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            piece = np.ascontiguousarray(sound[:, turn * 2_205 : (turn + 1) * 2_205])
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
            frame.rate, frame.pts = 22_050, turn * 2_205
            container.mux(track.encode(frame))
        container.mux(film.encode(None))
        container.mux(track.encode(None))
    assert hear(path)[1] == ()
    ((window,), (warning,)) = hear(cut(path, path, to=0.5))
    assert window.end == pytest.approx(5, abs=0.5)
    np.testing.assert_allclose(window.samples[:88_200], music(10)[:88_200], atol=1e-4)
    assert warning.startswith("It is cut off or damaged: it breaks off after 4.")


def test_a_flac_cut_off_is_not_told_to_be_heard_further(
    tmp_path: Path, encoded: Encoded, hear: Hear
) -> None:
    """Where it ends both libraries fail, and PyAV hears a bit more of the last second."""
    warnings = hear(cut(encoded(".flac"), tmp_path / "a.flac", to=0.5))[1]
    assert len(warnings) == 1
    assert warnings[0].startswith("It is cut off or damaged: ")
    assert "of the 8.0 s that its header tells" in warnings[0]


@pytest.mark.parametrize("suffix", [".m4a", ".mp4"])
def test_an_mp4_cut_off_has_lost_its_index(tmp_path: Path, encoded: Encoded, suffix: str) -> None:
    with pytest.raises(AudioError, match="It is an mp4 file without its index, as a broken"):
        open_audio(cut(encoded(suffix), tmp_path / f"a{suffix}", to=0.5))


@pytest.mark.parametrize("suffix", CODECS)
def test_whole_files_give_no_warning(encoded: Encoded, hear: Hear, suffix: str) -> None:
    assert hear(encoded(suffix))[1] == ()


@pytest.mark.parametrize("size", [0, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_length_that_was_never_filled_in(
    tmp_path: Path, encoded: Encoded, hear: Hear, size: int
) -> None:
    """Programs that write into a pipe can't go back to tell how much they wrote."""
    content = bytearray(encoded(".wav").read_bytes())
    place = content.index(b"data") + 4
    content[place : place + 4] = size.to_bytes(4, "little")
    (tmp_path / "a.wav").write_bytes(content)
    ((window,), warnings) = hear(tmp_path / "a.wav")
    assert (window.end, warnings) == (8, ())


@pytest.mark.parametrize("suffix", [".flac", ".mp3"])
def test_where_libsndfile_fails_pyav_goes_on(
    tmp_path: Path, encoded: Encoded, hear: Hear, suffix: str
) -> None:
    path = damaged(encoded(suffix), tmp_path / f"a{suffix}", at=0.5)
    with pytest.raises(soundfile.LibsndfileError):
        soundfile.read(path)
    ((window,), warnings) = hear(path)
    assert window.end == pytest.approx(8, abs=0.5)
    assert warnings[0].startswith("It is damaged at ")
    whole = read_audio(encoded(suffix))
    before, after = 66_000, 66_000  # 3 s that libsndfile heard, 3 s that PyAV did
    np.testing.assert_allclose(window.samples[:before], whole[:before], atol=1e-3)
    assert likeness(window.samples[-after:], whole[-after:]) > 0.99


def test_where_libsndfile_fails_at_once_pyav_hears_it_all(tmp_path: Path, encoded: Encoded) -> None:
    content = encoded(".flac").read_bytes()
    path = damaged(encoded(".flac"), tmp_path / "a.flac", at=9_000 / len(content), count=500)
    with open_audio(path) as song:
        assert song.info.decoder == "PyAV"
        heard = np.concatenate(list(song.blocks()))
    assert len(heard) / 22_050 == pytest.approx(8, abs=0.3)


@pytest.mark.parametrize("suffix", [".m4a", ".mkv", ".wma", ".opus", ".aac"])
def test_damage_in_the_middle_is_skipped_in_silence_on_the_terminal(
    tmp_path: Path, encoded: Encoded, hear: Hear, suffix: str, capfd: pytest.CaptureFixture[str]
) -> None:
    ((window,), _) = hear(damaged(encoded(suffix), tmp_path / f"a{suffix}", at=0.4))
    assert window.end > 4
    assert np.isfinite(window.samples).all()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", CODECS)
def test_bytes_at_random_raise_nothing_else(tmp_path: Path, encoded: Encoded, suffix: str) -> None:
    whole = encoded(suffix).read_bytes()
    for seed in range(8):
        rng = np.random.default_rng(seed)
        content = np.frombuffer(whole, np.uint8).copy()
        places = rng.integers(0, 600 if seed % 2 else len(content), rng.integers(1, 100))
        content[places] = rng.integers(0, 256, len(places))
        (tmp_path / "a").write_bytes(content[: rng.integers(1, len(content))].tobytes())
        try:
            heard = read_audio(tmp_path / "a")
        except AudioError as error:
            assert error.reason.count(".") >= 2  # noqa: PT017 (it may or may not be raised)
        else:
            assert np.isfinite(heard).all()


# Joined pieces


def test_mp3s_joined_into_one_are_all_heard(tmp_path: Path) -> None:
    one = write_song(tmp_path / "1.mp3", music(5, rate=44_100)).read_bytes()
    two = write_song(tmp_path / "2.mp3", music(5, rate=22_050), rate=22_050).read_bytes()
    (tmp_path / "a.mp3").write_bytes(one + two)
    assert len(read_audio(tmp_path / "a.mp3")) / 22_050 == pytest.approx(10, abs=0.2)


@pytest.mark.parametrize("suffix", [".ogg", ".opus"])
def test_oggs_joined_into_one_are_all_heard(tmp_path: Path, suffix: str) -> None:
    rate = CODECS[suffix][1]
    one = write_song(tmp_path / f"1{suffix}", music(5, rate=rate)).read_bytes()
    two = write_song(tmp_path / f"2{suffix}", music(5, rate=rate, seed=1)).read_bytes()
    (tmp_path / f"a{suffix}").write_bytes(one + two)
    assert len(read_audio(tmp_path / f"a{suffix}")) / 22_050 == pytest.approx(10, abs=0.1)
