"""What the threads do to a library: look into its folder, hear what waits, word its lines anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lib.errors import Cancelled
from lib.gui.hearing import Ear
from lib.gui.library.state import Line
from lib.gui.library.wording import line_of
from lib.progress import Progress

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.library import Gone


@dataclass(frozen=True)
class Found:
    """What a look into a folder has shown."""

    lines: tuple[Line, ...]
    waiting: tuple[Path, ...]
    former: tuple[Line, ...]


def look_into(folder: Path, ear: Ear, progress: Progress) -> Found:
    """Look which songs a folder has, and what is known of them."""
    progress("Looking for songs", None)
    from lib.library import Judge, plan, usual_file

    found = plan([folder], usual_file(), Judge(ear.folder), progress=progress)
    share = ear.own_threshold()
    lines = tuple(line_of(song, folder, share) for song in found.kept)
    former = tuple(line_of(song, folder, share, former=True) for song in found.former)
    return Found(lines, found.waiting, former)


def hear_songs(
    folder: Path,
    waiting: tuple[Path, ...],
    seen: Sequence[Path],
    ear: Ear,
    progress: Progress,
    *,
    paused: Callable[[], bool],
    watching: Callable[[], bool],
) -> Iterator[Line | Gone]:
    """Hear what waits, then, if the folder is watched, what arrives, and tell what goes.

    Parameters
    ----------
    folder : Path
    waiting : tuple of Path
        What is to be heard.
    seen : sequence of Path
        The files in the table.
    ear : Ear
        Knows the model that answers.
    progress : Progress
    paused : callable
        No song is begun while it says so.
    watching : callable
        The folder is watched as long as it says so, once all is heard.
    """
    progress("Opening", None)
    from lib.library import Crew, Gone, Judge, hear_gently, hear_library, usual_file, watch
    from lib.workers import usable_cores

    crew = Crew(Judge(ear.folder), usable_cores(), hear=hear_gently)
    for song in hear_library(waiting, usual_file(), crew, paused=paused, progress=progress):
        yield line_of(song, folder, ear.own_threshold())

    def attentive(step: str, fraction: float | None, /) -> None:
        progress(step, fraction)
        if not watching():
            raise Cancelled

    if not watching():
        return
    told = (*seen, *waiting)
    # Whoever watches no longer has all that was heard; it is no run that was broken off.
    with suppress(Cancelled):
        for found in watch([folder], usual_file(), crew, seen=told, progress=attentive):
            if isinstance(found, Gone):
                yield found
            elif found is not None:
                yield line_of(found, folder, ear.own_threshold())


def reword(lines: tuple[Line, ...], folder: Path, ear: Ear) -> list[tuple[Line, Line]]:
    """Return lines with what they have become."""
    share = ear.own_threshold()
    return [(line, line_of(line.kept, folder, share, former=line.former)) for line in lines]
