"""Files that are whole or not there at all, and the chunks that some are made of."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

MOST_CHUNKS = 10_000
"""More than a sound file has; so a damaged one does not have its zeros counted as chunks."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` and, when the block ends well, put it in its place.

    A reader sees the old file or the new one, never a part of either; after a failure the old one
    stands and nothing is left behind.  The temporary name keeps the suffix, because writers choose
    their format by it.

    Parameters
    ----------
    path : Path
        The file to write.  Its folder is made where it is missing.

    Yields
    ------
    Path
        Where to write instead.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder, "tracks.csv")
    ...     with replacing(table) as temporary:
    ...         _ = temporary.write_text("track,genre")
    ...     table.read_text()
    'track,genre'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(6)}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 to `path`, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def chunks(file: BinaryIO, order: Literal["<", ">"] = "<") -> Iterator[tuple[bytes, int]]:
    """Yield name and length of every chunk of a wav or aiff file, with the file at its content.

    Parameters
    ----------
    file : file
    order : str
        Of the bytes of a length: ``"<"`` in a wav (RIFF), ``">"`` in an aiff (IFF).
    """
    start = 12
    file.seek(start)
    for _ in range(MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        name, size = struct.unpack(f"{order}4sI", head)
        yield name, size
        start += 8 + size + size % 2
        file.seek(start)
