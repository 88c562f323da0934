"""Keeping what is shown: a plot as a picture, a song's report as a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lib.gui.failures import explain
from lib.gui.figures import Make, Shown
from lib.gui.hearing import Ear
from lib.gui.messages import Done, Failed, Message, Step
from lib.gui.told import Heard, song_file
from lib.gui.wording import step_line
from lib.gui.worker import Lane, Workers
from lib.progress import Progress
from lib.wording import clean

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

    def plot(self, shown: Shown | None, theme: str) -> None:
        """Save the plot that is shown as a picture.

        Parameters
        ----------
        shown : Shown or None
            None where there is none.
        theme : str
            ``"light"`` or ``"dark"``.
        """
        if shown is None:
            self._notify("Turn to a plot first: what it shows is saved as a picture.")
            return
        path = self._place(shown.name, PICTURES)
        if path is not None:
            self._lane.start(lambda progress: save_plot(shown.make, theme, path, progress))

    def report(self, heard: Heard | None) -> None:
        """Write a report of a song."""
        if heard is None:
            self._notify("Let Earmark hear a song first: a report tells of one.")
            return
        path = self._place(song_file(heard), PAGES)
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


def save_plot(make: Make, theme: str, path: Path, progress: Progress) -> Path:
    """Write a plot to a file, in the format that its suffix names.

    Raises
    ------
    PlotError
        If no picture can be written there.
    """
    progress("Saving the plot", None)
    from lib import plots

    with plots.DRAWING:
        return plots.save(make({"light": plots.LIGHT, "dark": plots.DARK}[theme]), path)
