"""One sound at a time, on the device that the system has set, stopped by whoever watches it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from ctypes import CDLL, CFUNCTYPE, c_char_p, c_int
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.errors import PlaybackError
from lib.playback.feed import Feed, Sound
from lib.progress import Progress, silent

if TYPE_CHECKING:  # it takes a third of a second to load, which only who listens waits for
    from miniaudio import PlaybackDevice

POLL_SECONDS = 0.05
BUFFER_MILLISECONDS = 100
"""Sound that the device holds ready: as long as a busy machine may be late."""

NO_DEVICE = (
    "No sound can be played: plug in a device for it, or close the program that keeps it busy."
)


class Player:
    """Plays sounds, one after the other.

    Parameters
    ----------
    mute : bool
        Play into nothing, in the time that it takes: for machines without a device.
    """

    def __init__(self, *, mute: bool = False) -> None:
        self._mute = mute
        self._one_at_a_time = threading.Lock()

    def play(self, samples: NDArray[np.float32], *, rate: int, progress: Progress = silent) -> None:
        """Play a sound to its end.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,)]
            Mono, full scale ±1; the device resamples it as it needs.
        rate : int
            Samples a second, Hz.
        progress : Progress
            ``"Playing"``, twenty times a second; the sound ends at once where it raises.

        Raises
        ------
        PlaybackError
            Where there is no device, or it refuses.
        """
        with self._one_at_a_time:
            progress("Playing", 0.0)
            reel = Reel(samples)
            device = _open(rate, mute=self._mute)
            try:
                _start(device, reel.pull())
                while not reel.ended.wait(POLL_SECONDS):
                    progress("Playing", reel.fraction)
                # What the device holds ready is still to be heard.
                threading.Event().wait(BUFFER_MILLISECONDS / 1000)
            finally:
                device.close()

    def listen(
        self,
        sound: Sound,
        *,
        start: float = 0.0,
        on_position: Callable[[float], None] = lambda _seconds: None,
        progress: Progress = silent,
    ) -> None:
        """Play a sound of any length from a moment on to its end, decoded while it plays.

        Whoever pauses or seeks lets `progress` raise, and begins anew where the last position was,
        or elsewhere: no device is held that plays nothing.

        Parameters
        ----------
        sound : Sound
        start : float
            In seconds.
        on_position : callable
            Called with the second that is heard, about twenty times a second.
        progress : Progress
            ``"Playing"``, as often; the sound ends at once where it raises.

        Raises
        ------
        PlaybackError
            Where there is no device, or it refuses.
        EarmarkError
            What the sound raises, once all before it has been heard.
        """
        with self._one_at_a_time:
            progress("Playing", None)
            device = _open(sound.rate, mute=self._mute, channels=2)
            feed = Feed(sound, start)
            try:
                _start(device, feed.pull())
                while not feed.ended.wait(POLL_SECONDS):
                    on_position(max(start, feed.position - BUFFER_MILLISECONDS / 1000))
                    progress("Playing", None)
                threading.Event().wait(BUFFER_MILLISECONDS / 1000)
            finally:
                device.close()
                feed.close()
            on_position(feed.position)
            if feed.error is not None:
                raise feed.error


class Reel:
    """A sound that a device pulls through, in a thread of the device's own.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
    """

    def __init__(self, samples: NDArray[np.float32]) -> None:
        self.ended = threading.Event()
        self._samples = np.ascontiguousarray(samples, dtype=np.float32)
        self._place = 0

    @property
    def fraction(self) -> float:
        """How much has been pulled, between 0 and 1."""
        return self._place / max(len(self._samples), 1)

    def pull(self) -> Generator[bytes, int, None]:
        """Give as many samples as are sent for, until there are none left."""
        wanted = yield b""
        while self._place < len(self._samples):
            part = self._samples[self._place : self._place + wanted]
            self._place += len(part)
            wanted = yield part.tobytes()
        self.ended.set()


def _open(rate: int, *, mute: bool, channels: int = 1) -> PlaybackDevice:
    """Open the system's device."""
    from miniaudio import (
        Backend,
        MiniaudioError,
        PlaybackDevice,
        SampleFormat,
        get_enabled_backends,
    )

    _hush_alsa()
    # Without a list of its own, miniaudio plays into nothing where a system has no sound at all.
    real = [b for b in Backend if b in get_enabled_backends() - {Backend.NULL, Backend.CUSTOM}]
    try:
        return PlaybackDevice(
            output_format=SampleFormat.FLOAT32,
            nchannels=channels,
            sample_rate=rate,
            buffersize_msec=BUFFER_MILLISECONDS,
            backends=[Backend.NULL] if mute else real,
            app_name="Earmark",
        )
    except MiniaudioError as error:
        raise PlaybackError(NO_DEVICE) from error


def _start(device: PlaybackDevice, pull: Generator[bytes, int, None]) -> None:
    from miniaudio import MiniaudioError

    next(pull)
    try:
        device.start(pull)
    except MiniaudioError as error:
        raise PlaybackError(NO_DEVICE) from error


_ALSA_HANDLER = CFUNCTYPE(None, c_char_p, c_int, c_char_p, c_int, c_char_p)
# Kept here for as long as the program lives, because ALSA keeps only its address.
_SAY_NOTHING = _ALSA_HANDLER(lambda *_: None)


def _hush_alsa() -> None:
    """Keep ALSA from writing its troubles to the terminal: they are told in a sentence."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # there is no ALSA
            CDLL("libasound.so.2").snd_lib_error_set_handler(_SAY_NOTHING)
