"""Reports of songs, written as they are heard.

`lib.report` is imported late: matplotlib comes with it, which nobody else on the console waits for.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lib.audio import Window
from lib.errors import CallError, EarmarkError
from lib.features import Analysis, Overview
from lib.model import Model
from lib.prediction import Event, Folder, Outcome, Prediction, Source, find_songs, read_source
from lib.progress import Progress
from lib.wording import clean, count
from lib.youtube import Playlist


class Reports:
    """Writes a report of each song that is heard.

    Parameters
    ----------
    target : Path
        A file that ends in .html, for one song; else a folder, which is made where it is missing.
    model : Model
        That answers.
    progress : Progress
    """

    def __init__(self, target: Path, model: Model, progress: Progress) -> None:
        self._target, self._model, self._progress = target, model, progress
        self._overview = Overview()
        self._written: set[Path] = set()
        self._count = 0

    def add(self, window: Window, analysis: Analysis) -> None:
        """Take in a window of the song that is being heard."""
        self._overview.add(window, analysis)

    def of(self, events: Iterable[Event]) -> Iterator[Event]:
        """Pass on what a `~lib.prediction.Listener` tells, and write a report for every song.

        Yields
        ------
        Event
            As they come; a song whose report can't be written is told with the reason as well.
        """
        for event in events:
            yield event
            if isinstance(event, Outcome):
                overview, self._overview = self._overview, Overview()
                if isinstance(event.result, Prediction):
                    try:
                        self._write(event.result, overview)
                    except EarmarkError as error:
                        yield replace(event, result=error)

    def _write(self, prediction: Prediction, overview: Overview) -> None:
        from lib.report import Material, write_report

        material = Material(prediction, overview, self._model)
        write_report(self._place(prediction), material, progress=self._progress)
        self._count += 1

    def told(self) -> str:
        """Say how many were written, and where; ``""`` where none was."""
        place = clean(str(self._target), longest=4096)
        return f"{count(self._count, 'report')} written to {place}" if self._count else ""

    def _place(self, prediction: Prediction) -> Path:
        """Return where a song's report goes: beside another of that name with a number."""
        if _is_page(self._target):
            return self._target
        from lib.report import report_name

        name = self._target / report_name(prediction)
        number, path = 2, name
        while path in self._written:
            path = name.with_stem(f"{name.stem} ({number})")
            number += 1
        self._written.add(path)
        return path


def add_report_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--report`` to a command line."""
    parser.add_argument(
        "--report",
        type=Path,
        metavar="PLACE",
        help="write a page about each song: a FILE.html for one, a folder for several; with --why "
        "it says why as well",
    )


def open_reports(
    target: Path | None, sources: Iterable[str], model: Model, progress: Progress
) -> Reports | None:
    """Return what writes the reports that a command line asks for; None where it asks for none.

    Raises
    ------
    CallError
        Before any is heard: where one file is to take the reports of several songs, its name ends
        as no page's does, or the folder that it is to lie in isn't there.
    """
    if target is None:
        return None
    if target.suffix and not _is_page(target) and not target.is_dir():
        raise CallError(
            f"{target}: a report is a web page. Name a file that ends in .html, or for several "
            f"songs a folder, without a dot in its name (--report {target.with_suffix('')})."
        )
    if _is_page(target) and _are_several([read_source(text) for text in sources]):
        raise CallError(
            f"{target}: one page tells of one song, and these are several. Give a folder's name "
            f"instead (--report {target.with_suffix('')})."
        )
    if not (parent := target.absolute().parent).is_dir():
        raise CallError(
            f"{target}: there is no folder {clean(str(parent), longest=4096)}. Make it, or name "
            f"another place."
        )
    return Reports(target, model, progress)


def _are_several(sources: Sequence[Source]) -> bool:
    """Tell whether there is more than one song in what was given, as far as the disk knows."""
    return len(sources) > 1 or any(
        isinstance(source, Playlist)
        or (isinstance(source, Folder) and len(find_songs(source.path)) > 1)
        for source in sources
    )


def _is_page(target: Path) -> bool:
    return target.suffix.lower() in {".html", ".htm"} and not target.is_dir()
