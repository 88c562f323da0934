"""Genres and changes in words, the same on the console and in the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lib.wording import clean, count

if TYPE_CHECKING:
    from lib.tagging.planning import Change


def genre_line(genres: Sequence[str]) -> str:
    """Return genres on one line, harmless to show; ``""`` where there is none.

    Examples
    --------
    >>> genre_line(("Rock", "Pop"))
    'Rock; Pop'
    """
    return clean("; ".join(genres))


def summary(changes: Sequence[Change], *, applied: bool) -> str:
    """Tell in a sentence what became of files, or would become of them.

    Parameters
    ----------
    changes : sequence of Change
    applied : bool
        Whether they were to be written; else it was a dry run.
    """
    written = sum(change.written for change in changes)
    would = sum(change.due for change in changes)
    stays = Counter(change.stays for change in changes if change.stays)
    troubles = sum(bool(change.trouble) for change in changes)
    parts = [
        f"{count(written, 'file')} written" if applied else f"{count(would, 'file')} would change"
    ]
    if stays:
        why = ", ".join(f"{number:,} {reason}" for reason, number in stays.most_common())
        parts.append(f"{stays.total():,} as before ({why})")
    if troubles:
        parts.append(f"{troubles:,} can't be written")
    return f"{'; '.join(parts)}."


def restored(run: int, changes: Sequence[Change]) -> str:
    """Tell in a sentence what came of undoing a run.

    Parameters
    ----------
    run : int
        Its number.
    changes : sequence of Change
        Those that `~lib.tagging.undo` has told.
    """
    done = sum(change.written for change in changes)
    left = f"; {len(changes) - done:,} left" if done < len(changes) else ""
    return f"Run {run}: {count(done, 'file')} as before{left}."
