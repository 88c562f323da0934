"""Keeping what is shown: a plot as a picture, a song's report as a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.drawing import PLOTS, Span
from lib.gui.failures import explain
from lib.gui.hearing import Ear
from lib.gui.messages import Done, Failed, Message, Step
from lib.gui.told import Heard
from lib.gui.wording import step_line
from lib.gui.worker import Lane, Workers
from lib.progress import Progress
from lib.wording import clean, file_name

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.explanation import Explanation

PICTURES = (".png", ".svg")
PAGES = (".html",)


class Saving:
    """Asks where, writes in a thread, and tells how it went.

    Parameters
    ----------
    workers : Workers
        Do the writing.
    ear : Ear
        Knows the model that answered.
    ask : callable
        Given a file's name and the suffixes that it may have, returns a path, or ``""``.
    notify : callable
        Called with a sentence.
    """

    def __init__(
        self,
        workers: Workers,
        ear: Ear,
        *,
        ask: Callable[[str, tuple[str, ...]], str],
        notify: Callable[[str], None],
    ) -> None:
        self._ear, self._ask, self._notify = ear, ask, notify
        self._path = Path()
        self._lane = Lane(workers, self._on_message)

    def plot(
        self,
        heard: Heard | None,
        name: str,
        theme: str,
        span: Span | None,
        why: Explanation | None = None,
    ) -> None:
        """Save a plot as a picture.

        Parameters
        ----------
        heard : Heard or None
            The song that is shown.
        name : str
            Of the tab.
        theme : str
            ``"light"`` or ``"dark"``.
        span : (float, float) or None
            The stretch that is shown, in seconds; None for the whole song.
        why : Explanation or None
            Of the song, for the tab “Why”.
        """
        if heard is not None and name == "why" and why is not None:
            self._save_why(heard, why, theme)
            return
        if heard is None or name not in PLOTS:
            self._notify("Turn to a plot first: what it shows is saved as a picture.")
            return
        path = self._place(f"{_name(heard)} - {PLOTS[name]}", PICTURES)
        if path is not None:
            self._lane.start(lambda progress: save_plot(heard, name, theme, span, path, progress))

    def _save_why(self, heard: Heard, why: Explanation, theme: str) -> None:
        path = self._place(f"{_name(heard)} - Why", PICTURES)
        if path is not None:
            self._lane.start(lambda progress: save_why(heard, why, theme, path, progress))

    def report(self, heard: Heard | None) -> None:
        """Write a report of a song."""
        if heard is None:
            self._notify("Let Earmark hear a song first: a report tells of one.")
            return
        path = self._place(_name(heard), PAGES)
        if path is not None:
            self._lane.start(lambda progress: self._write(heard, path, progress))

    def _place(self, name: str, kinds: tuple[str, ...]) -> Path | None:
        """Ask for a file; one without a suffix gets the usual one."""
        answer = self._ask(name + kinds[0], kinds)
        if not answer:
            return None
        path = Path(answer)
        self._path = path if path.suffix else path.with_name(path.name + kinds[0])
        return self._path

    def _write(self, heard: Heard, path: Path, progress: Progress) -> Path:
        progress("Writing the report", None)
        from lib.report import Material, write_report

        material = Material(heard.prediction, heard.overview, self._ear.model())
        return write_report(path, material, progress=progress)

    def _on_message(self, message: Message) -> None:
        if isinstance(message, Step):
            self._notify(step_line(message.name, message.fraction))
        elif isinstance(message, Done):
            self._notify(f"Saved as {clean(str(message.result))}")
        elif isinstance(message, Failed):
            # The reason before the place: a line has no room for both.
            reason = explain(message.error).advice.removeprefix(f"{self._path}: ")
            self._notify(f"Not saved: {reason}")


def save_plot(
    heard: Heard, name: str, theme: str, span: Span | None, path: Path, progress: Progress
) -> Path:
    """Write a plot to a file, in the format that its suffix names.

    Raises
    ------
    PlotError
        If no picture can be written there.
    """
    progress("Saving the plot", None)
    from lib import plots

    look = {"light": plots.LIGHT, "dark": plots.DARK}[theme]
    with plots.DRAWING:
        figure = plots.song_plot(name, heard.overview, look, prediction=heard.prediction, span=span)
        return plots.save(figure, path)


def save_why(heard: Heard, why: Explanation, theme: str, path: Path, progress: Progress) -> Path:
    """Write the picture of why a song was given its genre to a file, as `save_plot` does."""
    progress("Saving the plot", None)
    from lib import plots
    from lib.plots.why import why as plot

    look = {"light": plots.LIGHT, "dark": plots.DARK}[theme]
    with plots.DRAWING:
        return plots.save(plot(heard.prediction, why, look), path)


def _name(heard: Heard) -> str:
    song = heard.prediction
    return file_name(f"{song.artist} - {song.title}" if song.artist else song.title)
