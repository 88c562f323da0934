"""One song of each genre, heard whole for a picture."""

from __future__ import annotations

from pathlib import Path

from lib.audio import open_audio
from lib.dataset.dataset import Dataset
from lib.errors import AudioError
from lib.features import Overview, analyse_windows
from lib.progress import Progress, silent

# Longer pieces are taken only where a genre has nothing else: they take minutes to hear.
_LONG_SECONDS = 600.0


def examples(dataset: Dataset, *, progress: Progress = silent) -> list[tuple[str, str, Overview]]:
    """Hear one song of each genre whose audio is still there.

    Parameters
    ----------
    dataset : Dataset
    progress : Progress
        ``"Hearing a song of each genre"``.

    Returns
    -------
    list of (genre, title, Overview)
        Sorted by genre; a genre without audio is left out.
    """
    found = []
    for i, genre in enumerate(dataset.labels):
        progress("Hearing a song of each genre", i / len(dataset.labels))
        songs = dataset.tracks[dataset.tracks["genre"] == genre]
        long = (songs["seconds"] > _LONG_SECONDS).sort_values(kind="stable")
        for track in map(str, long.index):
            overview = _overview(dataset.audio(track))
            if overview is not None:
                found.append((genre, str(songs.at[track, "title"]) or track, overview))
                break
    return found


def _overview(path: Path | None) -> Overview | None:
    """Hear a file from its start to its end; None where that can't be done any more."""
    if path is None or not path.is_file():
        return None
    overview = Overview()
    try:
        with open_audio(path) as stream:
            for window, analysis in analyse_windows(stream.windows()):
                overview.add(window, analysis)
    except AudioError:
        return None
    return overview
