"""Finding the decoder of a file, and another when it fails."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from lib.audio.content import Content, look_at
from lib.audio.decoder import BLOCK_SECONDS, MISSING, Block, Decoder, readable
from lib.audio.health import MISSING_SECONDS
from lib.audio.libsndfile import LibsndfileDecoder
from lib.audio.pyav import PyAVDecoder
from lib.audio.sound import AudioInfo, in_words, title_and_artist
from lib.errors import AudioError


def open_decoder(path: Path) -> tuple[Decoder, Content]:
    """Open a file with the decoder that its content asks for.

    Raises
    ------
    AudioError
        Where there is no such file, it can't be read, or no decoder knows it.
    """
    with readable(path):
        check_file(path)
        content = look_at(path)
    if content.by_libsndfile:
        try:
            return FallingBack(LibsndfileDecoder(path), content), content
        except AudioError:
            pass  # PyAV may know better; where it doesn't, its message is the fuller one
    return PyAVDecoder(path, content), content


def check_file(path: Path) -> None:
    """Refuse what is no file with something in it.

    Raises
    ------
    AudioError
        For a folder, a device, an empty file.
    OSError
        Where the system doesn't give it.
    """
    try:
        status = path.stat()
    except ValueError as error:  # a NUL in its name
        raise AudioError(path, MISSING) from error
    if stat.S_ISDIR(status.st_mode):
        os.scandir(path).close()  # raises where nobody may look into it
        raise AudioError(path, "It is a folder. Choose one of the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise AudioError(path, "It is a device or a pipe, not a file. Choose a sound file.")
    if not status.st_size:
        raise AudioError(path, "It is empty (0 bytes). Copy or download it again.")


class FallingBack:
    """libsndfile as far as it comes, and PyAV from there on.

    PyAV decodes what was heard already once more and leaves it out: the two agree to the sample
    on how long it is, which seeking in a damaged file would not give.

    Parameters
    ----------
    first : LibsndfileDecoder
    content : Content
        What PyAV needs to know of the file.
    """

    def __init__(self, first: LibsndfileDecoder, content: Content) -> None:
        self._now: LibsndfileDecoder | PyAVDecoder = first
        self._content = content
        self.info: AudioInfo = _named(first.info, content)
        self.warnings: tuple[str, ...] = ()

    @property
    def fraction(self) -> float | None:
        """How much of the file has been decoded, 0 to 1; None before anybody can know."""
        return self._now.fraction

    @property
    def likely_seconds(self) -> float | None:
        """The length that the header declares, s."""
        return self._now.likely_seconds

    def blocks(self, start: int = 0) -> Iterator[Block]:
        """Decode (see `lib.audio.decoder.Decoder.blocks`)."""
        heard = start * self.info.rate
        try:
            for block in self._now.blocks(start):
                heard += len(block.samples)
                yield block
        except AudioError:
            self._now.close()
            self._now = PyAVDecoder(self.info.path, self._content)
            if heard:
                where = in_words(heard / self.info.rate)
                told = "what comes after was heard as well as it could be."
                self.warnings = (f"It is damaged at {where}; {told}",)
            else:
                self.info = self._now.info
            yield from self._rest(heard)

    def _rest(self, heard: int) -> Iterator[Block]:
        """Decode what comes after so many samples."""
        seconds = 0.0
        try:
            for block in _after(heard, self._now.blocks()):
                seconds += len(block.samples) / block.rate
                yield block
        except AudioError:
            self._end(heard / self.info.rate, seconds)
            raise
        self._end(heard / self.info.rate, seconds)

    def _end(self, before: float, after: float) -> None:
        """Tell of no damage where a file was only cut off, which its missing length tells of."""
        declared = self.info.seconds
        missing = declared is not None and declared - before - after > MISSING_SECONDS
        # libsndfile gives up a whole block where it fails: a bit comes after it even so.
        if missing and after < BLOCK_SECONDS:
            self.warnings = ()

    def close(self) -> None:
        """Let go of the file."""
        self._now.close()


def _named(info: AudioInfo, content: Content) -> AudioInfo:
    """Take from ID3 tags what libsndfile missed; PyAV is imported only where there are some."""
    nameless, _ = title_and_artist(info.path, {})
    if not content.has_id3 or (info.artist and info.title != nameless):
        return info
    try:
        with closing(PyAVDecoder(info.path, content)) as other:
            told = other.info
    except AudioError:
        return info
    title = told.title if info.title == nameless else info.title
    return replace(info, title=title, artist=info.artist or told.artist)


def _after(count: int, blocks: Iterator[Block]) -> Iterator[Block]:
    """Leave out the first `count` samples."""
    for block in blocks:
        if count < len(block.samples):
            yield Block(block.samples[count:], block.rate)
        count = max(0, count - len(block.samples))
