"""What the window remembers from one day to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from lib.files import write_text
from lib.gui.library.tags.options import TagOptions, read_options
from lib.wording import NUMBER_STYLES

THEMES = ("light", "dark")
MOST_RECENT = 20
MOST_LIMIT = 100_000  # minutes or megabytes


@dataclass(frozen=True)
class Recent:
    """A song that was heard.

    Parameters
    ----------
    source : str
        Its path or link.
    title : str
        Its name.
    genre : str
        What it was called.
    """

    source: str
    title: str
    genre: str


@dataclass(frozen=True)
class Settings:
    """What the window remembers.

    Parameters
    ----------
    theme : str
        ``"light"`` or ``"dark"``.
    width, height : int
        Of the window in pixels; 0 for its usual size.
    x, y : int or None
        Of its upper left corner in pixels; None to let the desktop place it.
    maximised : bool
        Whether it filled the screen.
    folder : str
        Where the last song was chosen, and the next dialog opens.
    tab : str
        The plot that was shown last.
    data_set : str
        The folder of the data set that was worked on last.
    browser : str
        Whose cookies are sent to YouTube; "" for none.
    model : str
        The folder of the model that a person took; "" for the one that ships.
    sets : str
        The folder that data sets lie in; "" for the usual one.
    numbers : str
        How numbers are written: see `lib.wording.NUMBER_STYLES`.
    unsure_below : float or None
        The confidence below which an answer is called unsure; None for the model's own.
    longest : int
        Minutes of a song from YouTube; 0 for the usual.
    largest : int
        Megabytes of a download; 0 for the usual.
    recent : tuple of Recent
        What was heard lately, the latest first.
    library : str
        The folder whose songs were put in order last; "" for none.
    tagging : TagOptions
        How genre tags were written last.
    """

    theme: str = "light"
    width: int = 0
    height: int = 0
    x: int | None = None
    y: int | None = None
    maximised: bool = False
    folder: str = ""
    tab: str = ""
    data_set: str = ""
    browser: str = ""
    model: str = ""
    sets: str = ""
    numbers: str = "international"
    unsure_below: float | None = None
    longest: int = 0
    largest: int = 0
    recent: tuple[Recent, ...] = ()
    library: str = ""
    tagging: TagOptions = field(default_factory=TagOptions)


@dataclass(frozen=True)
class Area:
    """A rectangle of the desktop, in pixels."""

    x: int
    y: int
    width: int
    height: int


def read_settings(path: Path) -> Settings:
    """Return the settings of a file; whatever can't be read or makes no sense is left out.

    Settings are a convenience: a file that is missing, torn or edited by hand must not stand
    between a person and the window.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(values, Mapping):
        return Settings()
    names = {each.name for each in fields(Settings)}
    known = {name: value for name, value in values.items() if name in names}
    known["recent"] = _recent(known.get("recent"))
    known["tagging"] = read_options(known.get("tagging"))
    return Settings(**{name: value for name, value in known.items() if _sensible(name, value)})


def write_settings(path: Path, settings: Settings) -> bool:
    """Write the settings; say whether that worked, since a full disk is no reason to complain."""
    try:
        write_text(path, json.dumps(asdict(settings), indent=2) + "\n")
    except OSError:
        return False
    return True


def fit(
    settings: Settings, desktop: Area, *, usual: tuple[int, int], least: tuple[int, int]
) -> Area:
    """Return where the window belongs, wholly on the desktop.

    A screen that was there yesterday may be unplugged today, and a window beyond the edge can't be
    fetched back.

    Parameters
    ----------
    settings : Settings
        What was remembered.
    desktop : Area
        All screens together.
    usual, least : tuple of int
        Width and height in pixels where nothing was remembered, and the smallest that show all.

    Examples
    --------
    >>> far = Settings(width=800, height=600, x=5000, y=-40)
    >>> fit(far, Area(0, 0, 1280, 900), usual=(1000, 700), least=(700, 500))
    Area(x=480, y=0, width=800, height=600)
    """
    width = min(max(settings.width or usual[0], least[0]), desktop.width)
    height = min(max(settings.height or usual[1], least[1]), desktop.height)
    x = desktop.x + (desktop.width - width) // 2 if settings.x is None else settings.x
    y = desktop.y + (desktop.height - height) // 3 if settings.y is None else settings.y
    return Area(
        x=min(max(x, desktop.x), desktop.x + desktop.width - width),
        y=min(max(y, desktop.y), desktop.y + desktop.height - height),
        width=width,
        height=height,
    )


def add_recent(settings: Settings, song: Recent) -> Settings:
    """Put a song in front of those that were heard lately; the oldest make room.

    Examples
    --------
    >>> once = add_recent(Settings(), Recent("a.mp3", "A", "jazz"))
    >>> [song.genre for song in add_recent(once, Recent("a.mp3", "A", "rock")).recent]
    ['rock']
    """
    others = (other for other in settings.recent if other.source != song.source)
    return replace(settings, recent=(song, *others)[:MOST_RECENT])


def _recent(value: object) -> tuple[Recent, ...]:
    """Return those of the songs in the file that make sense."""
    names = {each.name for each in fields(Recent)}
    return tuple(
        Recent(**song)
        for song in (value if isinstance(value, list) else [])
        if isinstance(song, Mapping)
        and set(song) == names
        and all(isinstance(text, str) for text in song.values())
    )[:MOST_RECENT]


def _within(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and least <= value <= most


# What makes sense for each setting that isn't just a text.
_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "theme": lambda value: isinstance(value, str) and value in THEMES,
    "width": _within(0, 100_000),
    "height": _within(0, 100_000),
    "x": lambda value: value is None or _within(-100_000, 100_000)(value),
    "y": lambda value: value is None or _within(-100_000, 100_000)(value),
    "maximised": lambda value: type(value) is bool,
    "numbers": lambda value: isinstance(value, str) and value in NUMBER_STYLES,
    "unsure_below": lambda value: (
        value is None or (type(value) in {int, float} and 0 <= value <= 1)
    ),
    "longest": _within(0, MOST_LIMIT),
    "largest": _within(0, MOST_LIMIT),
    "recent": lambda value: isinstance(value, tuple),
    "tagging": lambda value: isinstance(value, TagOptions),
}


def _sensible(name: str, value: object) -> bool:
    """Say whether a value read from the file can stand for the setting of that name."""
    return _CHECKS.get(name, lambda value: isinstance(value, str))(value)
