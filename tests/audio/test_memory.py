"""What only a process of its own can show: how much memory it took and what it imported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.sound import music

MARGIN = 12  # MB.  The long file is 106 MB, and so is its decoded sound.

HEAR = """
import resource, sys
from pathlib import Path
from lib.audio import open_audio
for name in sys.argv[1:]:
    with open_audio(Path(name)) as song:
        windows = sum(1 for window in song.windows())
print(windows, song.info.decoder, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
print(*sys.modules)
"""


def child(root: Path, *paths: Path) -> list[list[str]]:
    """Hear files in a process of its own; the words of the lines it prints."""
    done = subprocess.run(
        [sys.executable, "-c", HEAR, *paths], cwd=root, capture_output=True, text=True, check=True
    )
    return [line.split() for line in done.stdout.splitlines()]


def write_long(path: Path, minutes: int, *, decoder: str) -> Path:
    minute = np.repeat(music(60)[:, None], 2, axis=1)
    with soundfile.SoundFile(path, "w", 22_050, 2, "PCM_16") as file:
        for _ in range(minutes):
            file.write(minute)
    if decoder == "PyAV":  # it reads on where the header leaves the length at 0
        with path.open("r+b") as file:
            file.seek(40)
            file.write(bytes(4))
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
@pytest.mark.parametrize("decoder", ["libsndfile", "PyAV"])
def test_a_long_song_takes_no_more_memory_than_a_short_one(
    tmp_path: Path, root: Path, decoder: str
) -> None:
    short = write_long(tmp_path / "short.wav", 2, decoder=decoder)
    long = write_long(tmp_path / "long.wav", 20, decoder=decoder)
    (windows, by, least), (many, _, most) = child(root, short)[0], child(root, long)[0]
    assert (int(windows), int(many), by) == (7, 79, decoder)
    assert float(most) < float(least) + MARGIN


def test_what_libsndfile_hears_does_not_wait_for_pyav(
    root: Path, encoded: Callable[[str], Path]
) -> None:
    paths = [encoded(suffix) for suffix in (".wav", ".au", ".aiff", ".flac", ".mp3", ".ogg")]
    modules = set(child(root, *paths)[1])
    assert not modules & {"av", "scipy", "pandas", "matplotlib", "librosa", "numba"}
    assert "av" in child(root, encoded(".m4a"))[1]
