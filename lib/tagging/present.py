"""What a file says of itself now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from mutagen import MutagenError
from mutagen.asf import ASF
from mutagen.mp4 import MP4

from lib.tagging.errors import FileRefused
from lib.tagging.tagfile import Mp4Tags, Readable, TagFile, open_tags
from lib.tagging.wording import genre_line
from lib.wording import clean

Read = TypeVar("Read")


class _AsfTags:
    """The tags of a wma file, of which none are written."""

    def __init__(self, file: BinaryIO) -> None:
        tags = ASF(file).tags
        self.genres = tuple(map(str, tags.get("WM/Genre", ())))
        self.title = " ".join(map(str, tags.get("Title", ())))
        self.artist = ", ".join(map(str, tags.get("Author", ())))


_ONLY_READ: Mapping[str, Callable[[BinaryIO], Readable]] = {
    ".mp4": lambda file: Mp4Tags(MP4(file)),
    ".wma": _AsfTags,
}


@dataclass(frozen=True)
class Tags:
    """What a file's tags say.

    Parameters
    ----------
    title, artist : str
        On one line and harmless to show; ``""`` where there is none.
    genres : tuple of str
        As they are written.
    """

    title: str = ""
    artist: str = ""
    genres: tuple[str, ...] = ()

    @property
    def genre(self) -> str:
        """The genres on one line, harmless to show; ``""`` where there is none."""
        return genre_line(self.genres)


def read_tags(path: Path) -> Tags:
    """Read title, artist and genres of a file.

    Parameters
    ----------
    path : Path
        Of a format whose tags can be written (`lib.tagging.content.SUFFIXES`), or an mp4 or wma.

    Raises
    ------
    FileRefused
        Where the file or its tags can't be read, or are of another format.
    """
    tags = _opened(path, _open_readable)
    return Tags(clean(tags.title), clean(tags.artist), tags.genres)


def open_present(path: Path) -> TagFile:
    """Read the tags of a file whole, to write them; raises as `read_tags` does."""
    return _opened(path, open_tags)


def _opened(path: Path, read: Callable[[BinaryIO, str], Read]) -> Read:
    try:
        with path.open("rb") as file:
            return read(file, path.suffix)
    except FileNotFoundError as error:
        raise FileRefused("It is not there any more.") from error
    except OSError as error:
        raise FileRefused(f"It can't be read ({error.strerror or error}).") from error


def _open_readable(file: BinaryIO, suffix: str) -> Readable:
    """Read the tags of an open file, of a format that none are written into as well."""
    if suffix.lower() not in _ONLY_READ:
        return open_tags(file, suffix)
    try:
        return _ONLY_READ[suffix.lower()](file)
    except (MutagenError, ValueError, EOFError) as error:
        raise FileRefused(f"Its tags can't be read ({error or type(error).__name__}).") from error
