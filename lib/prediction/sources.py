"""From what a person gives, typed, pasted or dropped, to the songs that it means."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from lib.errors import AudioError
from lib.youtube import Playlist, Video, Words, read_entry


@dataclass(frozen=True)
class File:
    """Something on the disk that is no folder; whoever opens it learns whether it is a song."""

    path: Path


@dataclass(frozen=True)
class Folder:
    """A folder, which means the songs below it."""

    path: Path


Source = File | Folder | Video | Playlist | Words
"""All that a person may give."""

QUOTES = frozenset({'""', "''", "“”", "‘’", "«»", "<>"})
SCHEME = re.compile(r"(?:^|[\s<(\"'])[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# "//www.youtube.com/…" is how pages write links, and is left to the reader of links.
PATH = re.compile(
    r"^(?:/(?!/)|\\|~$|~\S*[/\\]|\.{1,2}(?:[/\\]|$)|[a-z]:[/\\])|\S\\\S", re.IGNORECASE
)
# What has a slash in it and is nevertheless spoken: "AC/DC", "50/50", "24/7".
SPOKEN = re.compile(r"[A-Z0-9]{1,4}/[A-Z0-9]{1,4}")
MISSING = (
    "There is no such file or folder. Check its name. To search YouTube, type words without "
    "slashes and without a suffix."
)


def read_source(text: str) -> Source:
    """Tell what a person means by one line of text.

    What is there on the disk wins over everything else.  What looks like a path and is not there
    is an error, never a search: a wrong name must not fetch a stranger's song.  A path is what
    begins like one, ends like a sound file, lies below a folder that is there, or holds a slash
    and no space; ``AC/DC Thunderstruck`` is words.

    Parameters
    ----------
    text : str
        A path, with or without quotation marks or ``~``; a ``file:`` link, as file managers copy
        it; any form of a link to a YouTube video or playlist; or words to search for.

    Returns
    -------
    File or Folder or Video or Playlist or Words
        Nothing but the disk was asked.

    Raises
    ------
    AudioError
        If a path names nothing.
    Refusal
        If the text is empty or holds a link that is none of a YouTube video or playlist.

    Examples
    --------
    >>> read_source("https://youtu.be/dQw4w9WgXcQ?t=43")
    Video(id='dQw4w9WgXcQ')
    >>> read_source("Purple Rain")
    Words(text='Purple Rain')
    >>> read_source("song.mp3")
    Traceback (most recent call last):
    ...
    lib.errors.AudioError: song.mp3: There is no such file or folder. ...
    """
    line = _unquoted(text.strip())
    if not line:  # as a path it would mean the folder where the program runs
        return read_entry(line)
    linked = _linked_path(line)
    for path in (Path(text), _expanded(line)) if linked is None else (linked,):
        found = _on_disk(path)
        if found is not None:
            return found
    if linked is not None or _is_path(line):
        raise AudioError(linked or Path(line), MISSING)
    source = read_entry(line)
    if isinstance(source, Words) and "/" in line and _is_path_by_slash(line):
        raise AudioError(Path(line), MISSING)
    return source


def find_songs(source: Path) -> list[Path]:
    """Return the songs that a path means: a file is itself, a folder all songs below it.

    Parameters
    ----------
    source : Path
        A file, whatever its name, or a folder.  In a folder only files with a known suffix count,
        and hidden ones don't.

    Returns
    -------
    list of Path
        In the order of their names, the same on every machine.  A folder below that may not be
        looked into stands among them: whoever opens it says what is wrong.

    Raises
    ------
    AudioError
        If a folder holds no song.
    """
    if not source.is_dir():
        return [source]
    suffixes = _audio_suffixes()
    shut: list[Path] = []
    # os.walk does not follow links to folders, so a loop of links can't hang it.
    songs = [
        Path(folder, name)
        for folder, _, names in os.walk(source, onerror=lambda e: shut.append(Path(e.filename)))
        for name in names
        if Path(name).suffix.lower() in suffixes and not name.startswith(".")
    ]
    songs = sorted(songs + shut)
    if not songs:
        told = f"This folder holds no song. Earmark opens {', '.join(sorted(suffixes))}."
        raise AudioError(source, told)
    return songs


def _unquoted(line: str) -> str:
    """Return a line without the quotation marks around it."""
    return line[1:-1].strip() if line[:1] + line[-1:] in QUOTES and len(line) > 1 else line


def _linked_path(line: str) -> Path | None:
    """Return the path in a ``file:`` link, or None where a line is no such link."""
    if not line.lower().startswith("file:"):
        return None
    try:
        path = urlsplit(line).path
    except ValueError:  # a host that is none
        path = ""
    if os.name == "nt":
        from urllib.request import url2pathname  # an HTTP client, which no answer may wait for

        return Path(url2pathname(path) or line)
    # A name on the disk may hold bytes that are no text.
    with suppress(UnicodeEncodeError):  # a lone surrogate, which stands for no byte
        path = os.fsdecode(unquote_to_bytes(os.fsencode(path)))
    return Path(path or line)


def _expanded(line: str) -> Path:
    """Return a line as a path, with a person's home in place of ``~``."""
    path = Path(line)
    try:
        return path.expanduser()
    except (RuntimeError, ValueError):  # "~nobody" has no home here; a NUL is in no one's name
        return path


def _on_disk(path: Path) -> File | Folder | None:
    """Return what is at a path, or None where there is nothing."""
    try:
        return Folder(path) if stat.S_ISDIR(path.stat().st_mode) else File(path)
    except PermissionError:  # something is there, and whoever opens it says what is wrong
        return File(path)
    except (OSError, ValueError):  # also a name that no disk takes: too long, a NUL in it
        return File(path) if os.path.islink(path) else None  # noqa: PTH114 (Path's may raise)


def _is_path(line: str) -> bool:
    """Tell whether a line can be nothing but a path."""
    if SCHEME.search(line):
        return False
    if PATH.search(line):
        return True
    # Only a suffix of a usual length is worth waiting for the audio code.
    suffix = Path(line).suffix.lower()
    return len(suffix) in range(3, 6) and suffix in _audio_suffixes()


def _is_path_by_slash(line: str) -> bool:
    """Tell whether a line with a slash in it, which is no link, is rather a path than words."""
    first, _, _ = line.partition("/")
    if line.endswith("/") or os.path.isdir(first):  # noqa: PTH112 (Path's may raise)
        return True
    return " " not in line and SPOKEN.fullmatch(line) is None


def _audio_suffixes() -> frozenset[str]:
    """Return the suffixes of sound files."""
    # Late: numpy comes with it, and a window that reads a link as it opens can't wait for that.
    from lib.audio import AUDIO_SUFFIXES

    return AUDIO_SUFFIXES
