"""Writing genres into files: a copy is changed and proved, noted, and put in the file's place."""

from __future__ import annotations

import hashlib
import mmap
import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from lib.progress import Progress, silent
from lib.tagging.delta import digest, make_delta, restored
from lib.tagging.entry import Entry
from lib.tagging.errors import FileRefused
from lib.tagging.guard import check_unchanged, check_writable, held
from lib.tagging.journal import Journal
from lib.tagging.packets import sound_of
from lib.tagging.planning import Change, Tell
from lib.tagging.replacement import new_file, put_in_place
from lib.tagging.tagfile import change_genres, open_tags


def write(
    changes: Sequence[Change],
    journal: Journal,
    *,
    tell: Tell = lambda _change: None,
    progress: Progress = silent,
) -> int | None:
    """Make the changes that are to be made, one file after the other.

    Parameters
    ----------
    changes : sequence of Change
        Of `plan`.
    journal : Journal
    tell : callable
        Given each change in order, once it was made, failed, or was none.
    progress : Progress
        What it raises stops the run between two files; those that were written are in the journal.

    Returns
    -------
    int or None
        The run's number in the journal; None where there was nothing to write.

    Raises
    ------
    TaggingError
        Where the journal can't be written.
    """
    journal.tidy()
    files = [(change.path, _beside(change.path)) for change in changes if change.after]
    entries = journal.begin(files) if files else []
    waiting = iter(entries)
    for number, change in enumerate(changes):
        progress("Writing tags", number / len(changes))
        tell(_written(change, next(waiting), journal) if change.after else change)
    if not entries:
        return None
    journal.end(entries[0].run)
    return entries[0].run


def _beside(path: Path) -> Path:
    """Return a name for a copy, short whatever the file's own name is."""
    return path.with_name(f".earmark-{secrets.token_hex(8)}")


def _written(change: Change, entry: Entry, journal: Journal) -> Change:
    """Write one file; say so, or why not."""
    try:
        replaced = _write(change, entry, journal)
    except FileRefused as refused:
        return change.failed(refused.reason)
    except OSError as error:
        return change.failed(f"The system says: {error.strerror or error}.")
    return replace(change, written=True, replaced=replaced)


def _write(change: Change, entry: Entry, journal: Journal) -> tuple[int, int]:
    """Write one file; return size and time of change of the one that was there."""
    path, temporary = change.path, entry.temporary
    with ExitStack() as stack:
        before = check_writable(path)
        original = stack.enter_context(held(path))
        stack.callback(lambda: temporary.unlink(missing_ok=True))
        _make_copy(original, temporary, path.suffix, change)
        delta, old, new = _proved(original, temporary)
        entry = replace(
            entry, old=old, new=new, delta=delta, times=(before.st_atime_ns, before.st_mtime_ns)
        )
        journal.note(entry)
        try:
            check_unchanged(path, before)
        except FileRefused:
            journal.forget(entry)
            raise
        put_in_place(temporary, path, times=entry.times)
    return before.st_size, before.st_mtime_ns


def _make_copy(original: BinaryIO, copy: Path, suffix: str, change: Change) -> None:
    """Make a copy with the new genres; all else in it must read as before."""
    tags = open_tags(original, suffix)
    if tags.genres != change.before:
        raise FileRefused("Another program changed its genre meanwhile.")
    original.seek(0)
    new_file(copy, iter(lambda: original.read(1 << 20), b""))
    with copy.open("r+b") as file:
        change_genres(tags, change.after, file, suffix)
    if sound_of(copy) != sound_of(change.path):
        raise FileRefused("Its sound would not stay as it is.")


def _proved(original: BinaryIO, copy: Path) -> tuple[bytes, bytes, bytes]:
    """Return what makes the old bytes of the new ones, which was tried, and both hashes."""
    with (
        copy.open("rb") as file,
        mmap.mmap(original.fileno(), 0, access=mmap.ACCESS_READ) as old,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as new,
    ):
        delta = make_delta(old, new)
        back = hashlib.sha256()
        for piece in restored(delta, new):
            back.update(piece)
        before = hashlib.sha256(old).digest()
    if back.digest() != before:
        raise FileRefused("It could not be restored afterwards, so it is left alone.")
    return delta, before, digest(copy)
