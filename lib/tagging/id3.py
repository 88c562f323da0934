"""ID3 tags, of which a file may have two: version 2 before the sound, version 1 at its end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, BinaryIO

from mutagen.aiff import AIFF
from mutagen.id3 import ID3, TCON, Encoding, Frame, ID3NoHeaderError
from mutagen.mp3 import MPEGInfo
from mutagen.wave import WAVE

from lib.tagging.content import Kind
from lib.tagging.errors import FileRefused
from lib.tagging.riff import read_info

V1_BYTES = 128
UNKNOWN_GENRE = 255


class Id3Tags:
    """The ID3 tags of an mp3, wav or aiff file.

    Parameters
    ----------
    file : binary file
    kind : Kind
        Which of the three it is.

    Raises
    ------
    FileRefused
        Where an mp3 holds no sound.
    MutagenError
        Where the tags are damaged.
    """

    def __init__(self, file: BinaryIO, kind: Kind) -> None:
        self._info: dict[str, str] = {}
        self._v1 = b""
        self.note = ""
        if kind is Kind.MP3:
            self._v1 = _read_v1(file)
            self._tags = _read_mp3(file)
        else:
            # Version 2.3 stays 2.3, and its frames as they are: hence no translation.
            opened = (WAVE if kind is Kind.WAV else AIFF)(file, translate=False, load_v1=False)
            if opened.tags is None:
                opened.add_tags()
            self._tags = opened.tags
            self._info = read_info(file) if kind is Kind.WAV else {}
        self._version = 3 if self._tags.version[:2] == (2, 3) else 4
        if self._tags.version[:2] == (2, 2):
            self._version = 3
            self._tags.update_to_v23()
            self.note = "its tags become ID3v2.3, as nothing writes ID3v2.2"
        if self._info.get("genre"):
            self.note = "the genre in its LIST INFO stays"

    @property
    def genres(self) -> tuple[str, ...]:
        """The genres that it names; the numbers of ID3v1 as the names that they stand for."""
        frames = self._tags.getall("TCON")
        named = tuple(genre for frame in frames for genre in frame.genres if genre)
        return named or tuple(filter(None, [self._info.get("genre", "")]))

    @property
    def title(self) -> str:
        """The song's title."""
        return self._text("TIT2") or self._info.get("title", "")

    @property
    def artist(self) -> str:
        """Its artist."""
        return self._text("TPE1") or self._text("TPE2") or self._info.get("artist", "")

    def others(self) -> object:
        """Return all frames but the genre, what mutagen doesn't know, ID3v1 and LIST INFO."""
        frames = [
            (frame.HashKey, _content(frame))
            for frame in self._tags.values()
            if frame.FrameID != "TCON"
        ]
        kept = self._tags.unknown_frames
        return sorted(frames, key=lambda pair: pair[0]), kept, self._v1[:-1], self._info

    def write(self, genres: Sequence[str], file: BinaryIO) -> None:
        """Write the tags, of the version they have, with other genres."""
        plain = all(genre.isascii() for genre in genres)
        unicode = Encoding.UTF16 if self._version == 3 else Encoding.UTF8
        encoding = Encoding.LATIN1 if plain else unicode
        self._tags.setall("TCON", [TCON(encoding=encoding, text=list(genres))])
        file.seek(0)
        # Without a separator several values stay several, of whatever frame.
        self._tags.save(file, v2_version=self._version, v23_sep=None)
        if self._v1:
            # mutagen makes it anew of the other frames, which need not say the same.
            file.seek(-V1_BYTES, os.SEEK_END)
            file.write(self._v1[:-1] + bytes([_v1_genre(genres)]))

    def _text(self, frame: str) -> str:
        return ", ".join(str(text) for found in self._tags.getall(frame) for text in found.text)


def _read_mp3(file: BinaryIO) -> ID3:
    """Return the frames of version 2, or where there are none those that version 1 makes."""
    file.seek(0)
    if MPEGInfo(file).sketchy:
        raise FileRefused("Its content is hardly mp3; listen to it before it is changed.")
    file.seek(0)
    try:
        tags = ID3(file, translate=False, load_v1=False)
    except ID3NoHeaderError:
        file.seek(0)
        try:
            tags = ID3(file, load_v1=True)
        except ID3NoHeaderError:
            tags = ID3()
    return tags


def _read_v1(file: BinaryIO) -> bytes:
    """Return the tag of version 1, or nothing."""
    if file.seek(0, os.SEEK_END) < V1_BYTES:
        return b""
    file.seek(-V1_BYTES, os.SEEK_END)
    block = file.read(V1_BYTES)
    return block if block.startswith(b"TAG") else b""


def _v1_genre(genres: Sequence[str]) -> int:
    """Return the number of the first genre in version 1."""
    known = {name.casefold(): number for number, name in enumerate(TCON.GENRES)}
    return known.get(genres[0].casefold(), UNKNOWN_GENRE) if genres else UNKNOWN_GENRE


def _content(frame: Frame) -> list[tuple[str, Any]]:
    """Return what a frame says, however its text is encoded."""
    plain = (bytes, str, int, list)
    return [
        (name, value if isinstance(value, plain) else repr(value))
        for name, value in sorted(vars(frame).items())
        if name != "encoding"
    ]
