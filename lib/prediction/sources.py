"""From what a person names to the songs that it means."""

from __future__ import annotations

import os
from pathlib import Path

from lib.audio import AUDIO_SUFFIXES
from lib.errors import AudioError


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
        In the order of their names, the same on every machine.

    Raises
    ------
    AudioError
        If a folder holds no song.
    """
    if not source.is_dir():
        return [source]
    # os.walk does not follow links to folders, so a loop of links can't hang it.
    songs = sorted(
        Path(folder, name)
        for folder, _, names in os.walk(source)
        for name in names
        if Path(name).suffix.lower() in AUDIO_SUFFIXES and not name.startswith(".")
    )
    if not songs:
        suffixes = ", ".join(sorted(AUDIO_SUFFIXES))
        raise AudioError(source, f"This folder holds no song. Earmark opens {suffixes}.")
    return songs
