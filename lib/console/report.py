"""What comes of each song, printed at once, so that no reader need wait for the last."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from lib.console.bar import Bar
from lib.console.modes import readable
from lib.console.table import Table
from lib.console.verdict import verdict_lines
from lib.errors import EarmarkError
from lib.prediction import Event, Folder, Found, Outcome
from lib.wording import clock
from lib.youtube import Listing


def report(
    events: Iterable[Event],
    bar: Bar,
    *,
    genres: Sequence[str],
    as_json: bool,
    sources: Sequence[str] = (),
) -> int:
    """Print what a `~lib.prediction.Listener` tells.

    Parameters
    ----------
    events : iterable of Found or Listing or Outcome
        What it yields.
    bar : Bar
        Hidden for every line.
    genres : sequence of str
        All that the model can name.
    as_json : bool
        One object a line for every song, on standard output alone.  Otherwise text: a verdict for
        each song, a table for a playlist, and on standard error what went wrong.
    sources : sequence of str
        What a person gave.  Unless it is one file, each answer names its file.

    Returns
    -------
    int
        The exit status: 1 where something could not be heard, else 0.
    """
    text = Text(genres, named=_are_many(sources))
    failed = False
    for event in events:
        bar.hide()
        if isinstance(event, Outcome):
            failed = failed or isinstance(event.result, EarmarkError)
        if not as_json:
            text.tell(event)
        elif isinstance(event, Outcome):
            print(json.dumps(event.to_dict(), ensure_ascii=False), flush=True)
    return int(failed)


class Text:
    """Tells events to a person.

    Parameters
    ----------
    genres : sequence of str
        All that the model can name.
    named : bool
        Whether each verdict on a file names it.
    """

    def __init__(self, genres: Sequence[str], *, named: bool) -> None:
        self._genres, self._named = genres, named
        self._table: Table | None = None

    def tell(self, event: Event) -> None:
        """Print what an event has to say."""
        match event:
            case Found():
                _aside(found_line(event))
            case Listing():
                self._table = Table(event, self._genres)
                count = len(event.entries)
                print(f"{event.title} ({count} {'song' if count == 1 else 'songs'})  {event.link}")
                print(self._table.head, flush=True)
            case Outcome():
                self._outcome(event)

    def _outcome(self, outcome: Outcome) -> None:
        """Print what came of a song."""
        if outcome.place is not None and self._table is not None:
            print(self._table.row(outcome), flush=True)
        elif not isinstance(outcome.result, EarmarkError):
            print("\n".join(verdict_lines(outcome.result, named=self._named)), flush=True)
        if isinstance(outcome.result, EarmarkError):
            _aside(f"Earmark: {outcome.result}")
        if outcome.place is not None and outcome.stops_a_run and outcome.place.left:
            count = outcome.place.left
            _aside(
                f"Earmark: the playlist stops here; {count} more "
                f"{'song was' if count == 1 else 'songs were'} not asked for. The same call goes "
                "on later: songs that were fetched are not fetched again."
            )


def _are_many(sources: Sequence[str]) -> bool:
    """Tell whether a person can't know which file an answer is of."""
    return len(sources) > 1 or any(isinstance(source, Folder) for source in readable(sources))


def found_line(found: Found) -> str:
    """Say what words were taken for: title, channel, length and link."""
    video = found.video
    by = f" by {video.channel}" if video.channel else ""
    length = f" ({clock(video.seconds)})" if video.seconds else ""
    return f"Found for “{found.words}”: {video.title}{by}{length}, {video.link}"


def _aside(line: str) -> None:
    """Print a line beside the results, after those that were printed before it."""
    print(line, file=sys.stderr, flush=True)
