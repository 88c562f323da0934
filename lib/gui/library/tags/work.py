"""What the threads do to files: look, write, undo.  They tell each file as a line of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.library.state import Line
from lib.gui.library.tags.options import TagOptions
from lib.gui.library.tags.state import TagLine
from lib.gui.library.tags.wording import tag_line
from lib.progress import Progress

if TYPE_CHECKING:  # mutagen comes with it: imported here, after the window stands
    from lib.tagging import Change, Journal

Tell = Callable[[TagLine], None]


def plan_tags(
    lines: tuple[Line, ...],
    options: TagOptions,
    genres: tuple[str, ...],
    corrections: Path,
    tried: Mapping[Path, Change],
    folder: Path | None,
    tell: Tell,
    progress: Progress,
) -> None:
    """Look what would become of the files."""
    progress("Opening", None)
    from lib.collecting import said_of
    from lib.library import answer_of
    from lib.tagging import plan

    answers = [answer_of(line.song) for line in lines if line.song.genre]
    answers.sort(key=lambda answer: answer.path)
    plan(
        answers, options.rules(genres), said=said_of(corrections), tried=tried,
        tell=lambda change: tell(tag_line(change, folder)), progress=progress,
    )  # fmt: skip


def write_tags(
    due: tuple[Change, ...], folder: Path | None, tell: Tell, progress: Progress
) -> None:
    """Write tags."""
    from lib.tagging import write

    with _journal(folder, tell, "written") as (journal, told):
        write(due, journal, tell=told, progress=progress)


def undo_tags(run: int, folder: Path | None, tell: Tell, progress: Progress) -> None:
    """Undo a run."""
    from lib.tagging import undo

    with _journal(folder, tell, "as before") as (journal, told):
        undo(journal, run, tell=told, progress=progress)


@contextmanager
def _journal(
    folder: Path | None, tell: Tell, done: str
) -> Iterator[tuple[Journal, Callable[[Change], None]]]:
    """Open the journal; give what tells of each change: the library, and the table."""
    from lib.library import following, usual_file
    from lib.tagging import open_journal

    with following(usual_file()) as follow, open_journal() as journal:

        def told(change: Change) -> None:
            follow(change)
            tell(tag_line(change, folder, done=done))

        yield journal, told
