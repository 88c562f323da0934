"""A sound that is decoded just ahead of the device that plays it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lib.errors import EarmarkError

AHEAD_SECONDS = 2.0
"""How much is kept decoded, s: enough for a busy machine, and nothing beside a long song."""


class Sound(Protocol):
    """What can be played from any moment on."""

    @property
    def rate(self) -> int:
        """Samples a second, Hz."""

    def blocks(self, start: float) -> Iterator[NDArray[np.float32]]:
        """Yield left and right [shape=(n, 2)], full scale ±1, from a second on."""


class Feed:
    """A sound from one moment on, decoded in a thread of its own; the device never waits for it.

    Parameters
    ----------
    sound : Sound
    start : float
        In seconds.
    """

    def __init__(self, sound: Sound, start: float) -> None:
        self.ended = threading.Event()
        self.error: EarmarkError | None = None
        self._sound, self._start = sound, start
        self._waiting: deque[NDArray[np.float32]] = deque()
        self._frames = self._given = 0
        self._complete = self._stopped = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._decode, name="earmark-feed", daemon=True)
        self._thread.start()

    @property
    def position(self) -> float:
        """Up to where the device has taken it, in seconds of the song."""
        return self._start + self._given / self._sound.rate

    def pull(self) -> Generator[bytes, int, None]:
        """Give as many frames as are sent for: silence where decoding is late, until the end."""
        wanted = yield b""
        while not self.ended.is_set():
            wanted = yield self._take(wanted).tobytes()

    def close(self) -> None:
        """Stop decoding, and wait until nobody reads the sound any more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._thread.join()

    def _take(self, wanted: int) -> NDArray[np.float32]:
        given = np.zeros((wanted, 2), np.float32)
        filled = 0
        with self._changed:
            while filled < wanted and self._waiting:
                block = self._waiting.popleft()
                part = block[: wanted - filled]
                given[filled : filled + len(part)] = part
                filled += len(part)
                if len(part) < len(block):
                    self._waiting.appendleft(block[len(part) :])
            self._frames -= filled
            self._given += filled
            if self._complete and not self._waiting:
                self.ended.set()
            self._changed.notify_all()
        return given

    def _decode(self) -> None:
        try:
            for block in self._sound.blocks(self._start):
                if not self._put(block):
                    return
        except EarmarkError as error:  # told once what was decoded before it has been heard
            self.error = error
        finally:
            with self._changed:
                self._complete = True
                self._changed.notify_all()

    def _put(self, block: NDArray[np.float32]) -> bool:
        """Put a block behind the others once there is room; say whether it is still wanted."""
        most = AHEAD_SECONDS * self._sound.rate
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._frames < most)
            if self._stopped:
                return False
            if len(block):
                self._waiting.append(block)
                self._frames += len(block)
                self._changed.notify_all()
            return True
