"""A song played while it is decoded, from anywhere, into nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.errors import AudioError, Cancelled
from lib.playback import Player
from lib.playback.feed import AHEAD_SECONDS, Feed

RATE = 22_050


class Counting:
    """A sound whose samples are their own numbers, in blocks of a second."""

    rate = RATE

    def __init__(self, seconds: int, *, breaks: bool = False) -> None:
        self.seconds, self.breaks = seconds, breaks
        self.decoded = 0

    def blocks(self, start: float) -> Iterator[NDArray[np.float32]]:
        first = round(start * RATE)
        while first < self.seconds * RATE:
            numbers = np.arange(first, min(first + RATE, self.seconds * RATE), dtype=np.float32)
            self.decoded += len(numbers)
            yield np.stack([numbers, -numbers], axis=1)
            first += len(numbers)
        if self.breaks:
            raise AudioError("song.mp3", "It is damaged.")  # type: ignore[arg-type]


def taken(feed: Feed, frames: int) -> NDArray[np.float32]:
    """Take frames as a device does, once they are there."""
    pull = feed.pull()
    next(pull)
    with feed._changed:
        feed._changed.wait_for(lambda: feed._frames >= frames or feed._complete, timeout=30)
    return np.frombuffer(pull.send(frames), dtype=np.float32).reshape(-1, 2)


class TestFeed:
    def test_every_frame_from_the_start_on_in_order(self) -> None:
        feed = Feed(Counting(5), 2.5)
        frames = taken(feed, 30_000)
        np.testing.assert_array_equal(frames[:, 0], round(2.5 * RATE) + np.arange(30_000))
        np.testing.assert_array_equal(frames[:, 1], -frames[:, 0])
        assert feed.position == pytest.approx(2.5 + 30_000 / RATE)
        feed.close()

    def test_a_long_song_is_decoded_only_as_it_is_heard(self) -> None:
        sound = Counting(3 * 3600)
        feed = Feed(sound, 0.0)
        taken(feed, RATE)
        feed.close()
        assert sound.decoded <= (AHEAD_SECONDS + 4) * RATE
        assert not feed._thread.is_alive()

    def test_late_decoding_is_silence_and_no_time_passes(self) -> None:
        gate = threading.Event()

        class Late(Counting):
            def blocks(self, start: float) -> Iterator[NDArray[np.float32]]:
                gate.wait(30)
                yield from super().blocks(start)

        feed = Feed(Late(2), 1.0)
        pull = feed.pull()
        next(pull)
        assert not np.frombuffer(pull.send(100), dtype=np.float32).any()
        assert feed.position == 1.0
        gate.set()
        assert taken(feed, 100)[0, 0] == RATE
        feed.close()


class TestPlayer:
    def test_it_tells_where_it_is_and_ends_by_itself(self) -> None:
        told: list[float] = []
        Player(mute=True).listen(Counting(5), start=4.5, on_position=told.append)
        assert told == sorted(told)
        assert told[0] >= 4.5
        assert told[-1] == pytest.approx(5.0)

    def test_pause_is_to_stop_and_to_begin_where_it_was(self) -> None:
        player, told = Player(mute=True), list[float]()

        def stop(_step: str, _fraction: float | None) -> None:
            if told and told[-1] > 0.2:
                raise Cancelled

        with pytest.raises(Cancelled):
            player.listen(Counting(60), on_position=told.append, progress=stop)
        assert 0.2 < told[-1] < 30
        again: list[float] = []
        player.listen(Counting(1), start=0.9, on_position=again.append)
        assert again[0] >= 0.9

    def test_one_that_is_cancelled_lets_the_next_begin(self) -> None:
        player, cancelled = Player(mute=True), threading.Event()

        def progress(_step: str, _fraction: float | None) -> None:
            if cancelled.is_set():
                raise Cancelled

        def play() -> None:
            with pytest.raises(Cancelled):
                player.listen(Counting(3600), progress=progress)

        first = threading.Thread(target=play)
        first.start()
        cancelled.set()
        began = time.monotonic()
        player.listen(Counting(1), start=0.95)
        first.join(30)
        assert not first.is_alive()
        assert time.monotonic() - began < 30

    def test_what_breaks_is_told_once_the_rest_was_heard(self) -> None:
        told: list[float] = []
        with pytest.raises(AudioError, match="damaged"):
            Player(mute=True).listen(Counting(1, breaks=True), start=0.7, on_position=told.append)
        assert told[-1] == pytest.approx(1.0)
