"""Playing the song that is shown: play, pause, seek, and where it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from lib.gui.failures import explain
from lib.gui.hearing import Ear
from lib.gui.messages import Done, Failed, Message
from lib.gui.told import Heard
from lib.gui.worker import Lane, Workers
from lib.progress import Progress

if TYPE_CHECKING:  # at run time it is imported in a thread, after the window stands
    from lib.playback import Player

LATEST = 0.1  # seconds that a playhead runs on before it is told anew where the song is


class Turntable:
    """Plays one song at a time.

    To pause is to end playing and to keep the place: no device is held that plays nothing.

    Parameters
    ----------
    workers : Workers
        Run the playing.
    ear : Ear
        Knows where a song's sound lies.
    player : callable
        Returns what plays; called in a thread.
    """

    def __init__(self, workers: Workers, ear: Ear, player: Callable[[], Player]) -> None:
        self._ear, self._player = ear, player
        self._on_change: Callable[[], None] = lambda: None
        self._lane = Lane(workers, self._on_message)
        self._told = (0.0, 0.0)  # where the song was, s, and when that was told
        self._turn = 0  # how often playing has begun; older turns tell nothing more
        self.song: Heard | None = None
        self.playing = False
        self.trouble = ""

    @property
    def seconds(self) -> float:
        """The length of the song; 0 without one."""
        return self.song.prediction.seconds if self.song is not None else 0.0

    @property
    def position(self) -> float:
        """Which second is heard, or where playing will go on."""
        at, when = self._told
        if self.playing and when:
            at += min(time.monotonic() - when, LATEST)
        return min(at, self.seconds)

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` now, and whenever playing begins, ends, fails or jumps."""
        self._on_change = watcher
        watcher()

    def put(self, song: Heard | None) -> None:
        """Put another song on; the one before stops."""
        if song is not self.song:
            self._stop(0.0)
            self.song, self.trouble = song, ""
            self._on_change()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self.pause()
        elif self.song is not None:
            at = self.position
            self.play(0.0 if at >= self.seconds - LATEST else at)

    def play(self, at: float) -> None:
        """Play from a second on."""
        song = self.song
        if song is None:
            return
        at = min(max(at, 0.0), self.seconds)
        self._stop(at)
        self.playing, self.trouble = True, ""
        self._turn += 1
        turn = self._turn

        def tell(seconds: float) -> None:
            if turn == self._turn:
                self._told = (seconds, time.monotonic())

        self._lane.start(lambda progress: self._play(song, at, tell, progress))
        self._on_change()

    def pause(self) -> None:
        """Stop where it is."""
        if self.playing:
            self._stop(self.position)
            self._on_change()

    def seek(self, at: float) -> None:
        """Go to a second: on with playing, or only there."""
        if self.playing:
            self.play(at)
        elif self.song is not None:
            self._told = (min(max(at, 0.0), self.seconds), 0.0)
            self._on_change()

    def skip(self, by: float) -> None:
        """Go so many seconds on, or back."""
        self.seek(self.position + by)

    def _stop(self, at: float) -> None:
        self._lane.cancel()
        self._turn += 1
        self._told = (at, 0.0)
        self.playing = False

    def _play(
        self, song: Heard, at: float, tell: Callable[[float], None], progress: Progress
    ) -> None:
        """Play; what the thread does."""
        progress("Opening", None)
        from lib.audio import Tape

        with self._ear.sound_of(song.prediction, progress) as path, Tape(path) as tape:
            self._player().listen(tape, start=at, on_position=tell, progress=progress)

    def _on_message(self, message: Message) -> None:
        if isinstance(message, Done):
            self._stop(self.seconds)
        elif isinstance(message, Failed):
            self._stop(self.position)
            failure = explain(message.error)
            self.trouble = failure.advice
        else:
            return
        self._on_change()
