"""What the tests of tags share."""

from __future__ import annotations

from pathlib import Path

FORMATS = (".mp3", ".m4a", ".flac", ".ogg", ".opus", ".wav", ".aiff")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def names_in(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())
