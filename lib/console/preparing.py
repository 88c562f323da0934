"""What the making of a data set tells: sentences to a person, or one object to a program."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lib.collecting import Event
from lib.console.bar import Bar
from lib.dataset import Layout, Summary, doubts, found_line
from lib.errors import EarmarkError
from lib.wording import count


class Teller:
    """Tells how a data set is made.

    Parameters
    ----------
    bar : Bar
        Of the making, hidden for every line.
    as_json : bool
        Print nothing but the object of `end`; what is doubtful goes to standard error all the same.
    """

    def __init__(self, bar: Bar, *, as_json: bool) -> None:
        self._bar, self._as_json = bar, as_json
        self._final: list[Event] = []

    def found(self, layout: Layout) -> None:
        """Say which genres there are before the night is spent on hearing them."""
        self._bar.hide()
        self._say(f"Found {found_line(layout)}", flush=True)
        for doubt in doubts(layout):
            print(f"Earmark: {doubt}", file=sys.stderr, flush=True)

    def song(self, event: Event) -> None:
        """Say what became of a playlist's song, once that is known."""
        if event.state.final:
            if not self._as_json:
                self._bar.hide()
            self._say(song_line(event), flush=True)
            self._final.append(event)

    def refused(self) -> None:
        """Say how far a playlist came that YouTube refuses to go on with."""
        if self._final and not self._as_json:
            self._bar.hide()
            done, songs = len(self._final), self._final[0].count
            print(f"Stopped after {done} of {songs}; the same command goes on from there.")

    def made(self, summary: Summary) -> None:
        """Tell what the tables hold and where they are."""
        heard = f"\n{count(summary.heard, 'song')} heard now, {summary.kept} known from before."
        lines = (summary.table(), heard, *summary.notes, f"Tables: {summary.folder}")
        self._say("\n".join(lines), flush=True)

    def activations(self, songs: int) -> None:
        """Tell of how many songs what the backbone hears is kept."""
        self._say(f"Activations: of {count(songs, 'song')}")

    def no_activations(self, error: EarmarkError) -> None:
        """Tell why the backbone hears nothing."""
        print(f"Earmark: no activations for the network ear. {error}", file=sys.stderr)

    def plots(self, folder: Path) -> None:
        """Tell where the pictures are."""
        self._say(f"Plots:  {folder}")

    def end(self, summary: Summary) -> None:
        """Tell a program what the tables hold; a person knows by now."""
        if self._as_json:
            print(json.dumps(summary.to_dict(), ensure_ascii=False))

    def _say(self, text: str, *, flush: bool = False) -> None:
        if not self._as_json:
            print(text, flush=flush)


def song_line(event: Event) -> str:
    """Return a line about what became of a song."""
    title = " – ".join(filter(None, (event.artist, event.title))) or event.link
    width = len(str(event.count))
    line = f"{event.place:{width}}/{event.count}  {event.state:10} {title}"
    return f"{line}  ({event.reason})" if event.reason else line
