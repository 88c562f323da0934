"""What the threads do to a library: look into its folder, hear what waits, word its lines anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lib.gui.hearing import Ear
from lib.gui.library.state import Line
from lib.gui.library.wording import line_of
from lib.progress import Progress


@dataclass(frozen=True)
class Found:
    """What a look into a folder has shown."""

    lines: tuple[Line, ...]
    waiting: tuple[Path, ...]
    others: int


def look_into(folder: Path, ear: Ear, progress: Progress) -> Found:
    """Look which songs a folder has, and what is known of them."""
    progress("Looking for songs", None)
    from lib.library import Judge, plan, usual_file

    found = plan([folder], usual_file(), Judge(ear.folder), progress=progress)
    share = ear.own_threshold()
    lines = tuple(line_of(song, folder, share) for song in found.kept)
    return Found(lines, found.waiting, found.others)


def hear_songs(
    folder: Path,
    waiting: tuple[Path, ...],
    ear: Ear,
    paused: Callable[[], bool],
    progress: Progress,
    *,
    watching: bool,
) -> Iterator[Line]:
    """Hear what waits, then, if it is watched, what arrives."""
    progress("Opening", None)
    from lib.library import Crew, Judge, hear_gently, hear_library, usual_file, watch
    from lib.workers import usable_cores

    crew = Crew(Judge(ear.folder), usable_cores(), hear=hear_gently)
    for song in hear_library(waiting, usual_file(), crew, paused=paused, progress=progress):
        yield line_of(song, folder, ear.own_threshold())
    for arrived in watch([folder], usual_file(), crew, progress=progress) if watching else ():
        if arrived is not None:
            yield line_of(arrived, folder, ear.own_threshold())


def reword(lines: tuple[Line, ...], folder: Path, ear: Ear) -> list[tuple[Line, Line]]:
    """Return lines with what they have become."""
    share = ear.own_threshold()
    return [(line, line_of(line.kept, folder, share)) for line in lines]
