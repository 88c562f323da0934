"""The tab's sentences, and a file as a row of its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.library.state import LibraryState
from lib.gui.library.tags.state import Doing, TagLine, TagState, Told
from lib.gui.table import FAILED, WAITING, Row
from lib.gui.tree import Column
from lib.gui.wording import step_line
from lib.wording import clean, count, grouped

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.tagging import Change, RunTold

COLUMNS = (
    Column("Path", 250, stretch=True),
    Column("Before", 100, stretch=True),
    Column("After", 100, stretch=True),
    Column("Note", 150, stretch=True),
)
ALL, CHANGED, FAILING, STAYING = "All files", "New genre", "Can't be written", "As before"
VIEWS = (ALL, CHANGED, FAILING, STAYING)
_STEPS = {
    Doing.READING: "Reading tags",
    Doing.WRITING: "Writing tags",
    Doing.RESTORING: "Restoring files",
}


def tag_line(change: Change, folder: Path | None, *, done: str = "written") -> TagLine:
    """Return what becomes of a file as the table has it.

    Parameters
    ----------
    change : Change
    folder : Path or None
        Within which its path is told; without symbolic links.
    done : str
        What to say of it where the change was made.
    """
    # Whoever plans changes has imported it already.
    from lib.tagging import genre_line

    path = change.path
    if folder is not None and path.is_relative_to(folder):
        path = path.relative_to(folder)
    told = done if change.written else f"stays: {change.stays}" if change.stays else ""
    parts = [told, change.note if change.after else ""]
    note = change.trouble or "; ".join(filter(None, parts))
    cells = (
        clean(str(path), longest=4096),
        genre_line(change.before),
        genre_line(change.after),
        note,
    )
    tag = FAILED if change.trouble else WAITING if change.stays else ""
    return TagLine(change, Row(str(change.path), cells, tag))


def view_of(line: TagLine) -> str:
    """Return to which of `VIEWS`, but for the first, a line belongs."""
    return STAYING if line.change.stays else FAILING if line.change.trouble else CHANGED


def order(told: Told) -> Callable[[TagLine], tuple[object, ...]]:
    """Return what lines are sorted by.

    What changes comes first, and of that what replaces a genre; afterwards, what did not work.
    """
    views = (CHANGED, FAILING, STAYING) if told is Told.PREVIEW else (FAILING, CHANGED, STAYING)
    return lambda line: (
        views.index(view_of(line)),
        not line.change.before,
        line.row.cells[0],
    )


def standing(tags: TagState, library: LibraryState) -> str:
    """Return in a sentence how far it is, or what has come of it."""
    if tags.stopping:
        return "Stopping after this file …"
    if tags.doing is not Doing.NOTHING:
        return step_line(_STEPS[tags.doing], tags.fraction)
    if tags.told is Told.PREVIEW and library.busy:
        return "The preview comes when no song is being heard any more."
    if tags.stopped and not tags.lines:
        return "Stopped before the first file. Preview looks anew."
    if tags.told is Told.PREVIEW and not tags.lines:
        return "There is a preview as soon as songs are heard. It changes no file."
    # The lines came from a thread that has imported it.
    from lib.tagging import restored, summary

    changes = [line.change for line in tags.lines]
    if tags.told is Told.RESTORED:
        return " ".join(filter(None, (restored(tags.run, changes), _why_not(changes))))
    told = summary(changes, applied=tags.told is Told.WRITTEN)
    if tags.stopped:
        return f"Stopped. Of those that were looked at: {told}"
    left = sum(change.due for change in changes) if tags.told is Told.WRITTEN else 0
    return f"{told} {left:,} not written." if left else told


def _why_not(changes: Sequence[Change]) -> str:
    """Return of the first file that could not be restored why, and how many more there are."""
    failed = sorted((x for x in changes if x.trouble), key=lambda change: change.path)
    if not failed:
        return ""
    first, more = failed[0], len(failed) - 1
    rest = f" The table says why {grouped(more)} more can't be restored." if more else ""
    return f"{clean(first.path.name, longest=40)}: {first.trouble}{rest}"


def question(due: Sequence[Change]) -> str:
    """Return what is asked before changes are made: a genre that is replaced was a person's."""
    replaced = sum(bool(change.before) for change in due)
    empty = len(due) - replaced
    parts = (
        f"{grouped(empty)} that {'has' if empty == 1 else 'have'} no genre" if empty else "",
        f"{grouped(replaced)} whose genre is replaced" if replaced else "",
    )
    what = ", ".join(filter(None, parts))
    return f"{count(len(due), 'file')}: {what}. Undo gives back every byte."


def run_line(run: RunTold) -> str:
    """Return which run it is, when it began, and what is left of it to undo."""
    began = datetime.fromisoformat(run.started).astimezone()
    return f"Run {run.number} of {began:%Y-%m-%d %H:%M}, {count(run.left, 'file')}"


def line_told(line: TagLine) -> str:
    """Return of a file that is chosen what the table has no room for."""
    path, *rest = line.row.cells
    before, after, note = rest
    genres = f"{before or 'no genre'} → {after}" if after else before
    return "   ·   ".join(filter(None, (note, genres, path)))
