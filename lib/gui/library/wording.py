"""The Library page's sentences, and a song as a row of its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.library.state import LibraryState, Line, Pace
from lib.gui.table import FAILED, WAITING, Row
from lib.gui.tree import Column
from lib.gui.wording import genre_name
from lib.wording import clean, count, grouped, percent

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.library import Song

COLUMNS = (
    Column("Title", 104, stretch=True),
    Column("Artist", 86, stretch=True),
    Column("Tag", 86, stretch=True),
    Column("Heard", 90),
    Column("Sure", 76, "e"),
    Column("Note", 116),
    Column("Path", 104, stretch=True),
)
ALL, DISAGREEING, DOUBTFUL, ASIDE = "All songs", "Tag disagrees", "Unsure or outlier", "Set aside"
OTHERS = "other model"  # what is noted of its answers
VIEWS = (ALL, DISAGREEING, DOUBTFUL, ASIDE)
FIRST = "Disagreeing first"
ORDERS = (FIRST, *(column.heading for column in COLUMNS))


def line_of(
    kept: Song, folder: Path, unsure_below: float | None = None, *, former: bool = False
) -> Line:
    """Return a song of a folder as the table has it.

    Parameters
    ----------
    kept : Song
        As the library keeps it.
    folder : Path
    unsure_below : float or None
        A person's own threshold for doubt; None for that of the model, as it is kept.
    former : bool
        Whether another model than the present one heard it.
    """
    song = kept if unsure_below is None else kept.doubted_below(unsure_below)
    disagrees = song.disagrees and not former
    path = song.path.relative_to(folder) if song.path.is_relative_to(folder) else song.path
    note = "set aside" if song.reason else "disagrees" if disagrees else song.doubt
    note = OTHERS if former else note or ("warning" if song.warnings else "")
    cells = (
        clean(song.title),
        clean(song.artist),
        clean(song.tag),
        genre_name(song.genre) if song.genre else "",
        percent(song.confidence) if song.genre else "",
        note,
        clean(str(path), longest=4096),
    )
    tag = FAILED if disagrees else WAITING if song.reason or former else ""
    row = Row(str(song.path), cells, tag)
    return Line(song, row, "\n".join(cells).casefold(), disagrees, kept, former)


def key_of(order: str) -> Callable[[Line], tuple[object, ...]]:
    """Return what lines are sorted by: those without a value come last."""
    if order == FIRST:
        return lambda line: (
            not line.disagrees,
            -line.song.confidence if line.disagrees else 0.0,
            line.row.cells[-1],
        )
    if order == "Sure":
        return lambda line: (not line.song.genre, -line.song.confidence, line.row.cells[-1])
    place = ORDERS.index(order) - 1
    return lambda line: (
        not line.row.cells[place],
        line.row.cells[place].casefold(),
        line.row.cells[-1],
    )


def is_shown(line: Line, view: str, words: list[str]) -> bool:
    """Tell whether a line belongs to a view, or to the genre of that name, and has all words."""
    match view:
        case "All songs":
            belongs = True
        case "Tag disagrees":
            belongs = line.disagrees
        case "Unsure or outlier":
            belongs = bool(line.song.doubt) and not line.former
        case "Set aside":
            belongs = bool(line.song.reason)
        case _:
            belongs = line.row.cells[3] == view
    return belongs and all(word in line.words for word in words)


def headline(state: LibraryState) -> str:
    """Return what the page is about."""
    if state.folder is None:
        return "Put a library in order"
    name = clean(state.folder.name) or clean(str(state.folder))
    known = len(state.lines) + state.waiting
    if state.pace is Pace.LOOKING and not known:
        return f"Looking into “{name}” …"
    return f"{count(known, 'song')} in “{name}”"


def standing(state: LibraryState) -> str:
    """Return how far the library is."""
    aside = sum(bool(line.song.reason) for line in state.lines)
    strange = sum(line.disagrees for line in state.lines)
    parts = [
        f"{grouped(len(state.lines) - aside)} heard",
        f"{grouped(state.waiting)} to be heard" if state.waiting else "",
        f"{grouped(strange)} whose tag disagrees" if strange else "",
        f"{grouped(aside)} set aside" if aside else "",
    ]
    match state.pace:
        case _ if state.folder is None:
            return (
                "Choose a folder: every song below it is heard, kept, and set beside its tag. "
                "No file is changed until you write tags."
            )
        case Pace.LOOKING:
            return "Looking for songs …"
        case Pace.STOPPING:
            parts.insert(0, "Stopping …")
        case Pace.PAUSED:
            parts.insert(0, "Paused")
        case Pace.HEARING if state.waiting:
            parts.insert(0, "Listening")
            parts.append(time_left(state.left))
        case Pace.HEARING:
            parts.insert(0, "Watching for songs")
        case _ if state.former:
            others = grouped(len(state.former))
            parts.append(f"{others} heard by another model: Start hears them anew")
    return "   ·   ".join(filter(None, parts))


def time_left(seconds: float | None) -> str:
    """Return how long something still takes, as exactly as anybody can know.

    Examples
    --------
    >>> time_left(42.0), time_left(130.0), time_left(8000.0), time_left(None)
    ('under a minute left', 'about 2 min left', 'about 2 h 13 min left', '')
    """
    if seconds is None:
        return ""
    if seconds < 60:
        return "under a minute left"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"about {minutes} min left"
    return f"about {minutes // 60} h {minutes % 60} min left"


def gone_line(paths: Sequence[Path]) -> str:
    """Return what is told of files that were watched and are not there any more.

    Examples
    --------
    >>> gone_line([Path("music/late.mp3")]), gone_line([Path("a.mp3"), Path("b.mp3")])
    ('late.mp3 has gone from the folder.', '2 songs have gone from the folder.')
    """
    if len(paths) == 1:
        return f"{clean(paths[0].name)} has gone from the folder."
    return f"{count(len(paths), 'song')} have gone from the folder."


def song_line(line: Line) -> str:
    """Return what the table has no room for."""
    song = line.song
    if song.reason:
        return f"{clean(song.path.name)}: {song.reason}"
    told = [line.row.cells[-1]]
    if line.former:
        told.insert(0, "Heard by another model: Start hears it anew by the one that answers now")
    if line.disagrees:
        told.insert(0, f"Its tag says “{line.row.cells[2]}”, and {line.row.cells[3]} was heard")
    return "   ·   ".join((*told, *song.warnings))
