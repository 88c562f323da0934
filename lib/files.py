"""Files that are whole or not there at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
