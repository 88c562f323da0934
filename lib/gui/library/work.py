"""What a thread does to a library: hear its songs, and go on with what arrives and what goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.hearing import Ear
from lib.gui.library.state import Line
from lib.gui.library.wording import line_of
from lib.progress import Progress

if TYPE_CHECKING:
    from lib.library import Gone


def hear_folder(
    folder: Path,
    waiting: Sequence[Path],
    seen: Sequence[Path] | None,
    ear: Ear,
    paused: threading.Event,
    progress: Progress,
) -> Iterator[Line | Gone]:
    """Hear the songs of a folder.

    Parameters
    ----------
    folder : Path
    waiting : sequence of Path
        What is to be heard.
    seen : sequence of Path or None
        The files in the table, where the folder is then watched; else None.
    ear : Ear
        Knows the model that answers.
    paused : threading.Event
        No song is begun while it is set.
    progress : Progress
    """
    progress("Opening", None)
    from lib.library import Crew, Gone, Judge, hear_gently, hear_library, usual_file, watch
    from lib.workers import usable_cores

    crew = Crew(Judge(ear.folder), usable_cores(), hear=hear_gently)
    for song in hear_library(waiting, usual_file(), crew, paused=paused.is_set, progress=progress):
        yield line_of(song, folder, ear.own_threshold())
    if seen is None:
        return
    told = (*seen, *waiting)
    for found in watch([folder], usual_file(), crew, seen=told, progress=progress):
        if isinstance(found, Gone):
            yield found
        elif found is not None:
            yield line_of(found, folder, ear.own_threshold())
