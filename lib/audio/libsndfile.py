"""Decoding by libsndfile: wav, au, aiff, flac, mp3 and Ogg Vorbis."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import soundfile

from lib.audio.decoder import Block, block_length, check_format
from lib.audio.hush import hushed
from lib.audio.sound import AudioInfo, in_words, title_and_artist
from lib.errors import AudioError

# libsndfile shortens a length that the file can't hold, and tells so in its log only:
# "data : 3528000 (should be 1763944)".
DECLARED_BYTES = re.compile(r"(?:data|SSND|Data Size)\s*: (\d+) \(should be (\d+)\)")

ENDLESS = 1 << 40
"""More samples than any file has: what libsndfile says where the header leaves the length open."""


class LibsndfileDecoder:
    """A file that libsndfile decodes.

    Parameters
    ----------
    path : Path

    Raises
    ------
    AudioError
        Where libsndfile can't open it, or doesn't know its length.
    """

    warnings: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        # On Windows libsndfile wants text; elsewhere bytes, for names that are no text.
        name = str(path) if sys.platform == "win32" else os.fsencode(path)
        try:
            with hushed():
                self._file = soundfile.SoundFile(name)
        except (soundfile.SoundFileError, OSError, TypeError, ValueError) as error:
            raise AudioError(path, "libsndfile can't open it.") from error
        self._heard, self._frames = 0, int(self._file.frames)
        try:
            self.info = self._describe(path)
        except AudioError:
            self.close()
            raise

    def _describe(self, path: Path) -> AudioInfo:
        file = self._file
        check_format(path, file.samplerate, file.channels)
        if not 0 < file.frames < ENDLESS:
            raise AudioError(path, "Its header doesn't tell its length.")
        title, artist = title_and_artist(path, {"title": file.title, "artist": file.artist})
        return AudioInfo(
            path=path,
            title=title,
            artist=artist,
            rate=file.samplerate,
            channels=file.channels,
            seconds=file.frames / file.samplerate * _shortened(file.extra_info),
            decoder="libsndfile",
        )

    @property
    def fraction(self) -> float:
        """How much of the file has been decoded, 0 to 1."""
        return self._heard / self._frames

    @property
    def likely_seconds(self) -> float | None:
        """The length that the header declares, s."""
        return self.info.seconds

    def blocks(self, start: int = 0) -> Iterator[Block]:
        """Decode (see `lib.audio.decoder.Decoder.blocks`)."""
        rate = self.info.rate
        length = block_length(rate, self.info.channels)
        if start:
            self._seek(start * rate)
        while True:
            try:
                with self._hushed():
                    samples = self._file.read(length, dtype="float32", always_2d=True)
            except (soundfile.SoundFileError, OSError) as error:
                where = in_words(self._heard / rate)
                raise AudioError(self.info.path, f"It is damaged at {where}.") from error
            if not len(samples):
                return
            self._heard += len(samples)
            yield Block(samples, rate)

    def _seek(self, place: int) -> None:
        """Go to a sample; each channel's are counted alone."""
        self._heard = min(place, self._frames)
        try:
            with self._hushed():
                self._file.seek(self._heard)
        except (soundfile.SoundFileError, OSError) as error:
            raise AudioError(self.info.path, "libsndfile can't seek in it.") from error

    def _hushed(self) -> AbstractContextManager[None]:
        """Keep quiet what decodes mp3; the others say nothing."""
        return hushed() if self._file.format == "MP3" else nullcontext()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _shortened(log: str) -> float:
    """Return how many times longer the header says the sound is than the file has room for."""
    found = DECLARED_BYTES.search(log)
    if not found:
        return 1.0
    declared, present = (int(number) for number in found.groups())
    # A program that writes to a pipe can't know the length, and puts the largest number there is.
    is_placeholder = 0x7FFF_F000 <= declared <= 0x8000_0000 or declared >= 0xFFFF_F000
    return 1.0 if is_placeholder or not 0 < present < declared else declared / present
