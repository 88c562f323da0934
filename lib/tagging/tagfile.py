"""A file's tags: its genres to read and change, and all else, to see that it stays.

Whatever mutagen reads beside the genre is compared before and after a change, and files in which
that would not be enough are refused: what mutagen can't read it could lose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, Protocol

from mutagen import MutagenError
from mutagen.flac import FLAC
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from lib.tagging.content import Kind, kind_of
from lib.tagging.errors import FileRefused
from lib.tagging.id3 import Id3Tags

MP4_GENRE = "\xa9gen"
VORBIS_GENRE = "genre"
NO_TEXT = "\ufffd"
"""What stands for bytes that are no UTF-8 once they were read."""


class Readable(Protocol):
    """What is read of a file's tags."""

    @property
    def genres(self) -> tuple[str, ...]:
        """The genres that it names, in their order."""

    @property
    def title(self) -> str:
        """The song's title, or ``""``."""

    @property
    def artist(self) -> str:
        """Its artist, or ``""``."""


class TagFile(Readable, Protocol):
    """The tags of one file, read whole."""

    note: str
    """What else changes when the genre is written; ``""`` mostly."""

    def others(self) -> object:
        """Return all tags but the genre, as a value to compare."""

    def write(self, genres: Sequence[str], file: BinaryIO) -> None:
        """Write them with other genres into a file of the same bytes."""


def open_tags(file: BinaryIO, suffix: str) -> TagFile:
    """Read the tags of an open file.

    Parameters
    ----------
    file : binary file
    suffix : str
        Of its name, such as ``".mp3"``.

    Raises
    ------
    FileRefused
        Where Earmark can't write tags of this format, the name says another format than the
        content, or the tags are damaged.
    """
    kind = kind_of(file, suffix)
    file.seek(0)
    try:
        match kind:
            case Kind.FLAC:
                return CommentTags(FLAC(file))
            case Kind.VORBIS:
                return CommentTags(OggVorbis(file))
            case Kind.OPUS:
                return CommentTags(OggOpus(file))
            case Kind.MP4:
                return Mp4Tags(MP4(file))
            case _:
                return Id3Tags(file, kind)
    except (MutagenError, ValueError, EOFError) as error:
        raise FileRefused(f"Its tags can't be read ({error or type(error).__name__}).") from error


def change_genres(tags: TagFile, genres: Sequence[str], copy: BinaryIO, suffix: str) -> None:
    """Write other genres into a copy of a file, and see that all else in it reads as before.

    Parameters
    ----------
    tags : TagFile
        Of the file; they are changed with the copy.
    genres : sequence of str
    copy : binary file
        With the bytes of the file.
    suffix : str
        Of its name.

    Raises
    ------
    FileRefused
        Where the tags can't hold the genres, or lose something by them.
    """
    others = tags.others()
    try:
        tags.write(genres, copy)
    except MutagenError as error:
        raise FileRefused(f"Its tags can't be written ({error}).") from error
    copy.flush()
    now = open_tags(copy, suffix)
    if now.genres != tuple(genres):
        raise FileRefused(f"Its tags can't hold {'; '.join(genres)}.")
    if now.others() != others:
        raise FileRefused("Its other tags would not stay as they are.")


class CommentTags:
    """Vorbis comments: FLAC, and Vorbis and Opus in ogg.

    Parameters
    ----------
    file : FLAC or OggVorbis or OggOpus
    """

    note = ""

    def __init__(self, file: FLAC | OggVorbis | OggOpus) -> None:
        self._file = file
        if file.tags is None:  # a FLAC may have no block of comments: it gets an empty one
            file.add_tags()

    @property
    def genres(self) -> tuple[str, ...]:
        """The genres that it names."""
        return self._named(VORBIS_GENRE)

    @property
    def title(self) -> str:
        """The song's title."""
        return " ".join(self._named("title"))

    @property
    def artist(self) -> str:
        """Its artist."""
        return ", ".join(self._named("artist") or self._named("albumartist"))

    def others(self) -> object:
        """Return all comments but the genre, in their order, and FLAC's other blocks."""
        tags = self._file.tags
        comments = [pair for pair in tags if pair[0].lower() != VORBIS_GENRE]
        blocks = [
            (block.code, block.write())
            for block in getattr(self._file, "metadata_blocks", [])
            if block.code not in {1, 4}  # padding, and these comments themselves
        ]
        # A block without a comment names its vendor as well, and is false for mutagen.
        return comments, tags.vendor, blocks

    def write(self, genres: Sequence[str], file: BinaryIO) -> None:
        """Put the genres where the first of them stood, written as it was, or at the end."""
        tags = self._file.tags
        if any(NO_TEXT in text for _, text in tags):
            raise FileRefused("Its tags hold bytes that are no UTF-8, which would be lost.")
        pairs = list(tags)
        where = [i for i, pair in enumerate(pairs) if pair[0].lower() == VORBIS_GENRE]
        key, place = (pairs[where[0]][0], where[0]) if where else ("GENRE", len(pairs))
        others = [pair for pair in pairs if pair[0].lower() != VORBIS_GENRE]
        tags[:] = [*others[:place], *((key, genre) for genre in genres), *others[place:]]
        file.seek(0)
        self._file.save(file)

    def _named(self, key: str) -> tuple[str, ...]:
        return tuple(text for name, text in self._file.tags if name.lower() == key and text)


class Mp4Tags:
    """The tags of an m4a file.

    Parameters
    ----------
    file : MP4
    """

    note = ""

    def __init__(self, file: MP4) -> None:
        self._file = file

    @property
    def genres(self) -> tuple[str, ...]:
        """The genres that it names."""
        return tuple(filter(None, self._texts(MP4_GENRE)))

    @property
    def title(self) -> str:
        """The song's title."""
        return " ".join(self._texts("\xa9nam"))

    @property
    def artist(self) -> str:
        """Its artist."""
        return ", ".join(self._texts("\xa9ART") or self._texts("aART"))

    def others(self) -> object:
        """Return all other atoms, and how long the sound is."""
        tags: dict[str, Any] = dict(self._file.tags or {})
        tags.pop(MP4_GENRE, None)
        return tags, self._file.info.length

    def write(self, genres: Sequence[str], file: BinaryIO) -> None:
        """Put the genres beside the other atoms."""
        if self._file.tags is None:
            self._file.add_tags()
        self._file.tags[MP4_GENRE] = list(genres)
        file.seek(0)
        self._file.save(file)

    def _texts(self, key: str) -> list[str]:
        return list((self._file.tags or {}).get(key, ()))
