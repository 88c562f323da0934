"""Playing, into nothing and where there is no device."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lib.errors import Cancelled
from lib.playback import Player
from lib.playback.player import Reel

RATE = 22_050


def test_a_sound_takes_its_time_and_tells_how_far_it_is() -> None:
    told: list[float] = []
    start = time.monotonic()
    Player(mute=True).play(
        np.zeros(RATE // 2, dtype=np.float32),
        rate=RATE,
        progress=lambda _step, fraction: told.append(fraction or 0.0),
    )
    assert time.monotonic() - start >= 0.3
    assert told == sorted(told)
    assert told[0] == 0.0
    assert 0.0 < told[-1] <= 1.0


def test_it_stops_when_nobody_wants_it_any_more() -> None:
    player, calls = Player(mute=True), 0

    def stop(_step: str, _fraction: float | None) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        player.play(np.zeros(60 * RATE, dtype=np.float32), rate=RATE, progress=stop)
    player.play(np.zeros(10, dtype=np.float32), rate=RATE)  # and is there for the next


def test_one_waits_for_the_other() -> None:
    player, begun = Player(mute=True), dict[int, float]()
    sound = np.zeros(RATE // 5, dtype=np.float32)

    def watch(_step: str, _fraction: float | None) -> None:
        begun.setdefault(threading.get_ident(), time.monotonic())

    def play() -> None:
        player.play(sound, rate=RATE, progress=watch)

    threads = [threading.Thread(target=play) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(sorted(begun.values())))


def test_every_sample_is_given_once_and_in_order() -> None:
    samples = np.arange(1000, dtype=np.float32)
    reel = Reel(samples)
    pull = reel.pull()
    next(pull)
    given = [np.frombuffer(pull.send(300), dtype=np.float32) for _ in range(4)]
    with pytest.raises(StopIteration):
        pull.send(300)
    assert [len(part) for part in given] == [300, 300, 300, 100]
    assert np.array_equal(np.concatenate(given), samples)
    assert reel.ended.is_set()
    assert reel.fraction == 1.0


NO_SOUND = """
import numpy as np
from lib.errors import PlaybackError
from lib.playback import Player
try:
    Player().play(np.zeros(10, dtype=np.float32), rate=22050)
except PlaybackError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA reads its cards from a file")
def test_without_a_device_the_reason_is_a_sentence(root: Path, tmp_path: Path) -> None:
    (tmp_path / "asound.conf").write_text("")  # not even a default card
    environment = {
        **os.environ,
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": f"unix:{tmp_path}/nobody",
        "JACK_NO_START_SERVER": "1",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", NO_SOUND],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("No sound can be played: plug in a device for it")
    assert done.stderr == ""
