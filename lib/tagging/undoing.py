"""Undoing a run: every file that it changed gets its old bytes and its old dates."""

from __future__ import annotations

import hashlib
import mmap
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from lib.progress import Progress, silent
from lib.tagging.delta import digest, restored
from lib.tagging.entry import Entry, RunTold
from lib.tagging.errors import FileRefused, TaggingError
from lib.tagging.guard import check_unchanged, check_writable, held
from lib.tagging.journal import Journal, read_journal
from lib.tagging.planning import Change, Tell
from lib.tagging.replacement import new_file, put_in_place


def undo(
    journal: Journal,
    run: int | None = None,
    *,
    tell: Tell = lambda _change: None,
    progress: Progress = silent,
) -> int:
    """Restore the files of a run.  Stopped or killed, the same call goes on where it was.

    Parameters
    ----------
    journal : Journal
    run : int or None
        None for the last one of which anything can be undone.
    tell : callable
        Given a `Change` for each file: `written` where it is as it was before the run, else its
        `trouble`.
    progress : Progress

    Returns
    -------
    int
        The run's number.

    Raises
    ------
    TaggingError
        Where there is no such run, or nothing to undo.
    """
    journal.tidy()
    run = _chosen(journal, run)
    entries = journal.entries(run)
    for number, entry in enumerate(entries):
        progress("Restoring", number / len(entries))
        tell(_undone(entry, journal))
    return run


def runs_to_undo(folder: Path | None = None) -> list[RunTold]:
    """Return the runs of which a file can still be restored, the last one first.

    Parameters
    ----------
    folder : Path or None
        Where the journal lies; None for the platform's place.

    Raises
    ------
    TaggingError
        Where it can't be read.
    """
    with read_journal(folder) as journal:
        if journal is None:
            return []
        return [run for run in journal.runs() if run.left and _some_restorable(journal, run)]


def _some_restorable(journal: Journal, run: RunTold) -> bool:
    return any(map(_is_restorable, journal.entries(run.number)))


def _is_restorable(entry: Entry) -> bool:
    """Tell whether a file is there as the run left it, or as it was before."""
    try:
        # A run keeps a file's dates: where they are the same, it need not be read.
        same = entry.path.stat().st_mtime_ns == entry.times[1]
        return same or digest(entry.path) in {entry.old, entry.new}
    except OSError:
        return False


def _chosen(journal: Journal, run: int | None) -> int:
    """Return the run that is meant."""
    runs = journal.runs()
    if run is None:
        left = [told for told in runs if told.left]
        for told in left:
            if _some_restorable(journal, told):
                return told.number
        if left:  # undoing it says of each file why it can't be
            return left[0].number
        if any(told.changed for told in runs):
            raise TaggingError("There is nothing left to undo: all runs are undone.")
        raise TaggingError("There is nothing to undo: the journal knows of no tag that it wrote.")
    if run not in {told.number for told in runs}:
        known = ", ".join(str(told.number) for told in runs[:10]) or "none"
        raise TaggingError(f"The journal knows no run {run}; the last ones are: {known}.")
    return run


def _undone(entry: Entry, journal: Journal) -> Change:
    change = Change(entry.path, written=True)
    try:
        replaced = _restore(entry, journal)
    except (FileRefused, TaggingError) as refused:
        return change.failed(str(refused))
    except OSError as error:
        return change.failed(f"The system says: {error.strerror or error}.")
    return replace(change, replaced=replaced)


def _restore(entry: Entry, journal: Journal) -> tuple[int, int] | None:
    """Restore one file; return size and time of change of the one that was there, if one was."""
    path, temporary = entry.path, entry.temporary
    if not path.exists():
        raise FileRefused("It is not there any more.")
    with ExitStack() as stack:
        present = stack.enter_context(held(path))
        now = digest(path)
        if now == entry.old:
            journal.undo(entry)  # the run was killed before it changed it, or the undoing after
            return None
        if now != entry.new:
            raise FileRefused(_by_whom(entry, journal, now))
        before = check_writable(path)
        stack.callback(lambda: temporary.unlink(missing_ok=True))
        temporary.unlink(missing_ok=True)
        with mmap.mmap(present.fileno(), 0, access=mmap.ACCESS_READ) as new:
            new_file(temporary, restored(entry.delta, new))
        _check(temporary, entry)
        check_unchanged(path, before)
        put_in_place(temporary, path, times=entry.times)
    journal.undo(entry)
    return before.st_size, before.st_mtime_ns


def _check(temporary: Path, entry: Entry) -> None:
    with temporary.open("rb") as file:
        if hashlib.file_digest(file, "sha256").digest() != entry.old:
            raise FileRefused("The journal's note does not give its old bytes; it is left alone.")


def _by_whom(entry: Entry, journal: Journal, now: bytes) -> str:
    """Say who has changed a file since."""
    later = journal.later(entry, now)
    if later is not None:
        return f"Run {later} has changed it since; undo that one first."
    return "Another program has changed it since; it is left alone."
