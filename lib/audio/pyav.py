"""Decoding by PyAV: all that libsndfile doesn't hear, or not to its end.

PyAV carries FFmpeg's libraries within it, so no program needs to be installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lib.audio.container import choose_stream, declared_seconds, likely_seconds, open_container
from lib.audio.content import Content
from lib.audio.decoder import (
    UNDECODABLE,
    Block,
    block_length,
    check_format,
    is_sensible,
    readable,
)
from lib.audio.frames import FrameReader
from lib.audio.sound import AudioInfo, Samples, title_and_artist
from lib.errors import AudioError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

RUN_UP_SECONDS = 1
"""How much earlier than asked decoding begins, s: an mp3's frame borrows from those before it, and
Opus takes 80 ms to find its way (RFC 7845, section 4.6)."""

Piece = tuple[float | None, Samples, int]
"""Where a frame begins in the file, s, its samples [shape=(n, channels)], and their rate, Hz."""


class PyAVDecoder:
    """A file that PyAV decodes.

    Parameters
    ----------
    path : Path
    content : Content
        What its bytes told.

    Raises
    ------
    AudioError
        Where there is no sound in it that FFmpeg knows, or the system doesn't give the file.
    """

    def __init__(self, path: Path, content: Content) -> None:
        self._path = path
        self._content = content
        self._damaged = self._packets = 0
        self._position: int | None = None
        self._first: float | None = None
        with readable(path), ExitStack() as stack:
            self._file = stack.enter_context(path.open("rb"))
            self._size = self._file.seek(0, os.SEEK_END)
            self._container = open_container(path, self._file)
            stack.pop_all()
        try:
            self._stream = choose_stream(path, self._container)
            self.info = self._describe()
            self.likely_seconds = likely_seconds(self._container, self.info.seconds)
        except BaseException:
            self.close()
            raise

    def _describe(self) -> AudioInfo:
        context = self._stream.codec_context
        # None where FFmpeg has no decoder for it; nothing where it could not make sense of it.
        if context is None or not context.sample_rate or not context.channels:
            raise AudioError(self._path, UNDECODABLE)
        check_format(self._path, context.sample_rate, context.channels)
        tags = {**self._stream.metadata, **self._container.metadata}
        title, artist = title_and_artist(self._path, tags)
        return AudioInfo(
            path=self._path,
            title=title,
            artist=artist,
            rate=context.sample_rate,
            channels=context.channels,
            seconds=declared_seconds(self._container, self._stream, self._content),
            decoder="PyAV",
        )

    @property
    def fraction(self) -> float | None:
        """How much of the file has been decoded, 0 to 1; None before anybody can know."""
        return None if self._position is None else min(1.0, self._position / max(1, self._size))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found wrong so far, as sentences for a person."""
        if not self._damaged:
            return ()
        pieces = f"{self._damaged:,} of its {self._packets:,} pieces of sound"
        return (f"It is damaged: {pieces} could not be decoded.",)

    def blocks(self, start: int = 0) -> Iterator[Block]:
        """Decode (see `lib.audio.decoder.Decoder.blocks`)."""
        pieces = _from_second(start, self._pieces(start)) if start else self._pieces()
        waiting: list[Samples] = []
        rate, length = self.info.rate, 0
        broken: AudioError | None = None
        try:
            for _, piece, its_rate in pieces:
                channels = piece.shape[1]
                same = its_rate == rate and (not waiting or channels == waiting[0].shape[1])
                if waiting and not (same and length < block_length(rate, channels)):
                    yield Block(np.concatenate(waiting), rate)
                    waiting, length = [], 0
                rate = its_rate
                waiting.append(piece)
                length += len(piece)
        except AudioError as error:
            broken = error  # what was decoded before it stands
        if waiting:
            yield Block(np.concatenate(waiting), rate)
        if broken is not None:
            raise broken

    def _pieces(self, start: int = 0) -> Iterator[Piece]:
        """Decode frame by frame, from a place not after `start`, s, on."""
        import av  # imported long since

        reader = FrameReader()
        try:
            if start:
                self._seek(start)
            for packet in self._container.demux(self._stream):
                self._packets += packet.size > 0
                if packet.pos is not None and packet.pos >= 0:
                    self._position = packet.pos
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    self._damaged += 1
                    continue
                for frame in frames:
                    if is_sensible(frame.rate, frame.layout.nb_channels):
                        yield self._when(frame), reader.read(frame), frame.rate
                    else:  # a damaged piece may claim anything
                        self._damaged += 1
        except (av.FFmpegError, OSError, ValueError) as error:  # ValueError: no such samples
            reason = "It is damaged, and nothing more of it can be decoded. Get another copy."
            raise AudioError(self._path, reason) from error

    def _seek(self, start: int) -> None:
        """Go to a packet before a second, or to the first where it is not known how to."""
        import av

        unit = self._stream.time_base or Fraction(1, av.time_base)
        begin = self._stream.start_time or 0
        early = max(0, start - RUN_UP_SECONDS)
        try:
            self._container.seek(begin + round(early / unit), stream=self._stream)
        except av.FFmpegError:
            self._container.seek(begin, stream=self._stream)

    def _when(self, frame: AudioFrame) -> float | None:
        """Return when a frame begins, s after the first that was decoded; None if nobody knows."""
        if frame.pts is None or self._stream.time_base is None:
            return None
        seconds = float(frame.pts * self._stream.time_base)
        if self._first is None:  # not always 0: some formats begin with what is not to be heard
            self._first = seconds
        return seconds - self._first

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()
        self._file.close()


def _from_second(start: int, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Leave out what lies before a second; a piece that doesn't tell its time is at once."""
    begun = False
    for time, samples, rate in pieces:
        late = 0 if begun or time is None else max(0, round((start - time) * rate))
        if late < len(samples):
            begun = True
            yield time, samples[late:], rate
