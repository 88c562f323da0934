"""Finding the decoder of a file, and another when it fails."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from lib.audio.content import Content, look_at
from lib.audio.decoder import Block, Decoder
from lib.audio.libsndfile import LibsndfileDecoder
from lib.audio.pyav import PyAVDecoder
from lib.audio.sound import AudioInfo, in_words
from lib.errors import AudioError


def open_decoder(path: Path) -> tuple[Decoder, Content]:
    """Open a file with the decoder that its content asks for.

    Raises
    ------
    AudioError
        Where there is no such file, it can't be read, or no decoder knows it.
    """
    try:
        check_file(path)
        content = look_at(path)
        if content.by_libsndfile:
            try:
                return FallingBack(LibsndfileDecoder(path), content), content
            except AudioError:
                pass  # PyAV may know better; where it doesn't, its message is the fuller one
        return PyAVDecoder(path, content), content
    except OSError as error:
        raise AudioError(path, _unreadable(error)) from error


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
        raise AudioError(path, "It is a folder. Choose one of the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise AudioError(path, "It is a device or a pipe, not a file. Choose a sound file.")
    if not status.st_size:
        raise AudioError(path, "It is empty (0 bytes). Copy or download it again.")


MISSING = "There is no such file. Check its name, or choose another."


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MISSING
    if isinstance(error, PermissionError):
        return "You are not allowed to read it. Change its permissions, or choose another file."
    reason = error.strerror or "the system doesn't say why"
    return f"It can't be read ({reason}). Check the disk or copy it again, or choose another file."


class FallingBack:
    """libsndfile as far as it comes, and PyAV from there on.

    Parameters
    ----------
    first : LibsndfileDecoder
    content : Content
        What PyAV needs to know of the file.
    """

    def __init__(self, first: LibsndfileDecoder, content: Content) -> None:
        self._now: LibsndfileDecoder | PyAVDecoder = first
        self._content = content
        self._found: tuple[str, ...] = ()
        self.info: AudioInfo = first.info

    @property
    def fraction(self) -> float | None:
        """How much of the file has been decoded, 0 to 1; None before anybody can know."""
        return self._now.fraction

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found wrong so far, as sentences for a person."""
        return self._found + self._now.warnings

    def blocks(self) -> Iterator[Block]:
        """Decode (see `lib.audio.decoder.Decoder.blocks`)."""
        heard = 0
        try:
            for block in self._now.blocks():
                yield block
                heard += len(block.samples)
        except AudioError:
            self._now.close()
            self._now = PyAVDecoder(self.info.path, self._content)
            if heard:
                where = in_words(heard / self.info.rate)
                self._found = (
                    f"It is damaged at {where}; what follows was heard as well as it could be.",
                )
            else:
                self.info = self._now.info
            yield from _after(heard, self._now.blocks())

    def close(self) -> None:
        """Let go of the file."""
        self._now.close()


def _after(count: int, blocks: Iterator[Block]) -> Iterator[Block]:
    """Leave out the first `count` samples."""
    for block in blocks:
        if count < len(block.samples):
            yield Block(block.samples[count:], block.rate)
        count = max(0, count - len(block.samples))
