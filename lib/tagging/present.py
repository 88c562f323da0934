"""What a file says of itself now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lib.tagging.errors import FileRefused
from lib.tagging.tagfile import TagFile, open_tags
from lib.tagging.wording import genre_line
from lib.wording import clean


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
        Of a format whose tags can be written (`lib.tagging.content.SUFFIXES`).

    Raises
    ------
    FileRefused
        Where the file or its tags can't be read, or are of another format.
    """
    tags = open_present(path)
    return Tags(clean(tags.title), clean(tags.artist), tags.genres)


def open_present(path: Path) -> TagFile:
    """Read the tags of a file whole; raises as `read_tags` does."""
    try:
        with path.open("rb") as file:
            return open_tags(file, path.suffix)
    except FileNotFoundError as error:
        raise FileRefused("It is not there any more.") from error
    except OSError as error:
        raise FileRefused(f"It can't be read ({error.strerror or error}).") from error
