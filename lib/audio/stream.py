"""A song that is decoded as it is listened to, from any file, in little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np

from lib.audio.content import Content
from lib.audio.decoder import UNDECODABLE, Block, Decoder
from lib.audio.health import Health
from lib.audio.opening import open_decoder
from lib.audio.resampling import Resampler
from lib.audio.sound import SAMPLE_RATE, AudioInfo, Samples, Window
from lib.audio.windows import windows
from lib.errors import AudioError

SETTLING_SECONDS = 1
"""How much earlier than a stretch decoding begins, s; the resampler's filter spans far less."""


class AudioStream:
    """An open song, mono at `SAMPLE_RATE`, that can be heard once: all of it, or a stretch alone.

    Made by `open_audio`.  A context manager; it also closes itself at its end.

    Parameters
    ----------
    decoder : Decoder
    content : Content
        What the file's bytes told about it.
    """

    def __init__(self, decoder: Decoder, content: Content) -> None:
        self._decoder = decoder
        self._content = content
        self._health = Health(decoder.info.path)
        self._verdict: tuple[str, ...] = ()
        self._samples = 0
        self._begun = self._ended = self._closed = False
        self._others: list[tuple[Resampler, Callable[[Samples], None]]] = []
        blocks = decoder.blocks()
        # The first block is decoded here, so that a file which can't be decoded is known at once.
        try:
            first = next(blocks, None)
            if first is None:
                raise AudioError(self.info.path, UNDECODABLE)
        except BaseException:
            self.close()
            raise
        self._blocks: Iterator[Block] = chain((first,), blocks)

    @property
    def info(self) -> AudioInfo:
        """What the file says of itself."""
        return self._decoder.info

    @property
    def likely_seconds(self) -> float | None:
        """The true length, s, once all was heard; before, what the file declares, or a guess.

        None where nobody can guess.
        """
        return self.seconds if self._ended else self._decoder.likely_seconds

    @property
    def seconds(self) -> float:
        """How much has been heard, s; the true length once all has been."""
        return self._samples / SAMPLE_RATE

    @property
    def fraction(self) -> float | None:
        """How much of the file has been decoded, 0 to 1; None before anybody can know."""
        return 1.0 if self._ended else self._decoder.fraction

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the sound, as sentences for a person; complete at its end."""
        return self._decoder.warnings + self._verdict

    def also(self, rate: int, take: Callable[[Samples], None]) -> None:
        """Give the same sound at another rate to somebody else as well, decoded only once.

        It is resampled from the file's own rate.  While `blocks` and `windows` are heard it may lag
        behind them by some milliseconds; at their end all of it was given.

        Parameters
        ----------
        rate : int
            Samples a second, Hz.
        take : callable
            Called with mono float32 samples [shape=(n,)], piece after piece.
        """
        self._others.append((Resampler(rate), take))

    def blocks(self) -> Iterator[Samples]:
        """Hear the song in pieces as they are decoded.

        Yields
        ------
        np.ndarray [shape=(n,)]
            Mono float32 at `SAMPLE_RATE`, about a second each.

        Raises
        ------
        AudioError
            At the end of a song that is silent, shorter than `SHORTEST_SECONDS`, or mostly not
            numbers.
        ValueError
            When it is heard a second time, or further after `close`.
        """
        if self._begun or self._closed:
            raise ValueError(f"{self.info.path} was heard or closed: open it again")
        self._begun = True
        return self._hear()

    def _hear(self) -> Iterator[Samples]:
        try:
            for samples in self._resampled():
                if len(samples):  # a resampler gives nothing until it has enough
                    self._samples += len(samples)
                    yield samples
            self._ended = True
        finally:
            self.close()

    def _resampled(self) -> Iterator[Samples]:
        resampler = Resampler(SAMPLE_RATE)
        cut_off = self._content.cut_off
        try:
            for block in self._blocks:
                mono = self._health.mix(block)
                for other, take in self._others:
                    take(other.add(mono, block.rate))
                yield resampler.add(mono, block.rate)
                if self._closed:  # a decoder would crash on a file that is gone
                    raise ValueError(f"{self.info.path} was closed before it was heard")
        except AudioError:
            cut_off = True  # what was heard up to here may do
        self._verdict = self._health.verdict(self.info.seconds, cut_off=cut_off)
        for other, take in self._others:
            take(other.rest())
        yield resampler.rest()

    def windows(self) -> Iterator[Window]:
        """Hear the song in windows (see `lib.audio.windows.windows`).

        Raises
        ------
        AudioError, ValueError
            As `blocks` does.
        """
        return windows(self.blocks())

    def excerpt(self, start: float, seconds: float) -> Window:
        """Hear a stretch of the song alone; the rest isn't decoded where the decoder can seek.

        Parameters
        ----------
        start, seconds : float
            Where it begins and how long it is, s.

        Returns
        -------
        Window
            Shorter than asked for where the song ends before it.

        Raises
        ------
        AudioError, ValueError
            As `blocks` does, for this stretch.
        """
        first, count = round(start * SAMPLE_RATE), round(seconds * SAMPLE_RATE)
        # The resampler needs a while to settle; from a whole second on, it meets the very samples
        # that it would give had it begun at the first.
        whole = max(0, int(start) - SETTLING_SECONDS)
        if whole:
            self._blocks = self._decoder.blocks(whole)
        early = first - whole * SAMPLE_RATE
        parts, length = [np.zeros(0, np.float32)], 0
        for block in self.blocks():
            parts.append(block)
            length += len(block)
            if length >= early + count:
                break
        self.close()
        self._verdict = self._health.verdict(None, cut_off=False)
        samples = np.concatenate(parts)[early : early + count]
        return Window(first / SAMPLE_RATE, (first + len(samples)) / SAMPLE_RATE, samples)

    def close(self) -> None:
        """Let go of the file.  May be called twice."""
        self._closed = True
        self._decoder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_audio(path: Path) -> AudioStream:
    """Open the sound of a file, whatever its suffix.

    Parameters
    ----------
    path : Path

    Raises
    ------
    AudioError
        Where there is no such file, it can't be read, or holds no sound that can be decoded.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import numpy, soundfile
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "hiss.wav")
    ...     hiss = numpy.random.default_rng(0).normal(scale=0.1, size=(50 * 44_100, 2))
    ...     soundfile.write(path, hiss, 44_100)
    ...     with open_audio(path) as song:
    ...         [(round(window.start, 3), round(window.end, 3)) for window in song.windows()]
    [(0.0, 30.0), (15.0, 45.0), (20.0, 50.0)]
    """
    path = Path(path)
    decoder, content = open_decoder(path)
    return AudioStream(decoder, content)


def read_audio(path: Path) -> Samples:
    """Decode the sound of a file at once; `open_audio` is for those that may be long.

    Returns
    -------
    np.ndarray [shape=(n,)]
        Mono float32 at `SAMPLE_RATE`.

    Raises
    ------
    AudioError
        As `open_audio` and `AudioStream.blocks` do.
    """
    with open_audio(path) as song:
        return np.concatenate(list(song.blocks()))
