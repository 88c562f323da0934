"""Songs that lie elsewhere: any address that fsspec reads, such as s3, http or another disk.

A song is fetched whole into a temporary file while it is heard: decoders go back and forth in it,
which over a network would cost more than its few megabytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from lib.errors import DatasetError

_WEB = {"http", "https"}  # whose addresses are quoted
_SECOND = 1_000_000_000  # ns


@dataclass(frozen=True)
class Address:
    """A file or folder that fsspec reads.

    Parameters
    ----------
    url : str
        ``s3://bucket/blues/song.mp3``
    size, mtime_ns : int
        A file's length in bytes and time of change, ns since 1970, where its listing tells them;
        else 0.
    """

    url: str
    size: int = 0
    mtime_ns: int = 0

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of the address."""
        scheme, _, rest = self.url.partition("://")
        if scheme in _WEB:  # elsewhere a name holds what it likes
            parts = urlsplit(self.url)
            rest = unquote(parts.path).strip("/") or parts.netloc
        return PurePosixPath(rest).name

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """What the name ends in, with its dot."""
        return PurePosixPath(self.name).suffix


Place = Path | Address
"""Where a file lies: on a disk of this machine, or elsewhere."""


def read_place(text: str) -> Place:
    """Tell whether a person means a path or an address.

    Examples
    --------
    >>> read_place("s3://bucket/songs/").name, read_place("songs").name
    ('songs', 'songs')
    """
    return Address(text.rstrip("/")) if "://" in text else Path(text)


def signature(place: Place) -> tuple[int, int]:
    """Return size, bytes, and time of change, ns, by which a file is known to be the same.

    Raises
    ------
    OSError
        Where a path can't be read.
    """
    if isinstance(place, Address):
        return place.size, place.mtime_ns
    status = place.stat()
    return status.st_size, status.st_mtime_ns


@contextmanager
def on_disk(place: Place) -> Iterator[Path]:
    """Give a path where a file can be read for as long as the block lasts.

    Raises
    ------
    OSError
        Where it can't be fetched, with a sentence that says why.
    """
    if not isinstance(place, Address):
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="earmark-") as folder:
        path = Path(folder, f"song{place.suffix}")
        try:
            files, name = _open(place)
            files.get_file(name, str(path))
        except Exception as error:  # each kind of storage has errors of its own
            why = str(error) or type(error).__name__
            raise OSError(f"fetching it failed: {why}") from error
        yield path


def find_files(folder: Address) -> Iterator[tuple[str, Address]]:
    """Find all files below an address.

    Yields
    ------
    (str, Address)
        The path below it, with ``/``, and the file; hidden ones are passed over.

    Raises
    ------
    DatasetError
        Where it can't be listed.
    """
    try:
        files, root = _open(folder)
        files.ls(root, detail=False)  # which fails where `find` would find nothing
        found: dict[str, dict[str, Any]] = files.find(root, detail=True)
    except FileNotFoundError as error:
        raise DatasetError(f"{folder}: there is nothing at this address; check it.") from error
    except Exception as error:
        why = str(error) or type(error).__name__
        raise DatasetError(f"{folder}: it can't be listed ({why}); check the address.") from error
    for name, told in found.items():
        relative = name.removeprefix(root).strip("/")
        if "://" in name:
            relative = unquote(relative)
        if not any(part.startswith(".") for part in PurePosixPath(relative).parts):
            url = str(files.unstrip_protocol(name))
            yield relative, Address(url, int(told.get("size") or 0), _changed(told))


def _open(place: Address) -> tuple[Any, str]:
    """Return the file system of an address and the name that it has there."""
    # Whoever hears songs of this machine needs neither fsspec nor what it brings.
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise DatasetError(f"{place}: addresses need fsspec, which `make dev` installs.") from error
    found: tuple[Any, str] = url_to_fs(place.url)
    return found


def _changed(told: dict[str, Any]) -> int:
    """Return a time of change as listings tell it, ns since 1970; 0 where they don't."""
    changed = told.get("mtime") or told.get("LastModified") or 0
    seconds = changed.timestamp() if isinstance(changed, datetime) else changed
    return round(seconds * _SECOND) if isinstance(seconds, int | float) else 0
