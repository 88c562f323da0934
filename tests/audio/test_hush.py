"""What mpg123 has to say of odd mp3 files, kept from the terminal without what Earmark says."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from lib.audio import open_audio
from lib.audio.hush import hushed
from tests.sound import music, write_song


def test_nothing_comes_out_and_all_is_as_before(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(2, b"before ")
    with hushed():
        os.write(2, b"inside ")
        with hushed():
            os.write(2, b"deeper ")
        os.write(2, b"inside ")
    with pytest.raises(ValueError, match="odd"), hushed():
        raise ValueError("odd")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"


def test_several_threads(capfd: pytest.CaptureFixture[str]) -> None:
    def chatter() -> None:
        for _ in range(200):
            with hushed():
                os.write(2, b"x")

    threads = [threading.Thread(target=chatter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_where_there_is_no_standard_error(root: Path) -> None:
    program = "import os; os.close(2)\nfrom lib.audio.hush import hushed\nwith hushed(): print(1)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "1\n")


def test_an_odd_mp3(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = write_song(tmp_path / "song.mp3", music(8.0, rate=44_100), rate=44_100)
    content = bytearray(path.read_bytes())
    content[40_000:60_000] = bytes(20_000)
    content += np.random.default_rng(0).bytes(20_000)
    path.write_bytes(content)
    song = open_audio(path)
    list(song.blocks())
    assert song.warnings
    assert capfd.readouterr().err == ""
